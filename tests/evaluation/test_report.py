"""The measuring of a large report, on a small one: it is made, written and told."""

from evaluation import report


def test_a_store_is_made_and_its_report_measured(tmp_path):
    report.make_store(tmp_path / "kg.db", articles=4)
    told = report.write(tmp_path / "kg.db", tmp_path / "page.html")
    assert told.seconds > 0
    assert told.memory > 10
    assert told.size * 1e6 == (tmp_path / "page.html").stat().st_size
    assert told.notice == ""
    page = (tmp_path / "page.html").read_text("utf-8")
    assert all(f'"{name}"' in page for name in report.CHANNELS)
