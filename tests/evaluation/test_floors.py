"""The gate of quality: it holds, it can be raised, it cannot be lowered unsaid, and it fails where a figure falls."""

import json

import pytest

from evaluation import run


@pytest.fixture
def floors(tmp_path, monkeypatch):
    path = tmp_path / "floors.json"
    monkeypatch.setattr(run, "FLOORS", path)
    monkeypatch.setattr(run, "PAGE", tmp_path / "quality.md")
    (tmp_path / "quality.md").write_text(f"Before {run.BEGIN}old{run.END} after", "utf-8")
    return path


def test_a_fall_is_told(capsys):
    assert run._print({"a F": 60.0, "b F": 70.0}, {"a F": 61.0, "b F": 70.1}) == ["a F"]
    assert "BELOW" in capsys.readouterr().out


def test_raising_is_free_and_lowering_needs_a_word(floors):
    assert run._pin({}, "full, m", {"a F": 60.0, "a relation P": 3.0}, allow_lower=False) == 0
    pinned = json.loads(floors.read_text())
    assert pinned == {"full, m": {"a F": 60.0}}
    assert run._pin(pinned, "full, m", {"a F": 59.0}, allow_lower=False) == 1
    assert json.loads(floors.read_text())["full, m"]["a F"] == 60.0
    assert run._pin(pinned, "full, m", {"a F": 59.0}, allow_lower=True) == 0
    assert json.loads(floors.read_text())["full, m"]["a F"] == 59.0


def test_the_page_tells_the_whole(floors):
    run._pin({}, "full, m", {"a_dev relation F": 60.0}, allow_lower=False)
    page = run.PAGE.read_text()
    assert page.startswith("Before")
    assert page.endswith(" after")
    assert "| a_dev | relation F | 60.0 |" in page
    assert "old" not in page
