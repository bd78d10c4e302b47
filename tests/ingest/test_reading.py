"""What is read from files, folders and standard input, and in which order."""

import io
import json
import os
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafilatura import load_html

from kg.ingest import read
from kg.ingest.page_facts import facts_of
from kg.ingest.tables import rows
from kg.ingest.text import LONGEST, decoded, head_of

BODY = "The bridge was hit, the mayor said."


def json_ld(described):
    return f'<script type="application/ld+json">{described}</script>'


def only(places, stdin=None):
    (article,) = read(places, stdin)
    return article


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_comes_back_from_json_lines_unchanged(text):
    article = only(["-"], io.BytesIO((json.dumps({"id": "a", "text": text}) + "\n").encode()))
    assert article.text == (text if text.strip() else "")
    assert all(span.end <= len(text) for span in article.furniture)
    assert all(a.end <= b.start for a, b in zip(article.furniture, article.furniture[1:], strict=False))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t"), max_size=300))
def test_any_text_comes_back_from_its_bytes_unchanged(text):
    assert decoded(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told(data):
    for article in read(["-"], io.BytesIO(data)):
        assert article.text or article.issues
        assert all(issue.span is None or issue.span.of(article.text) for issue in article.issues)


@given(st.text(st.sampled_from('ab:- \n\r-#*_()/,."“”title\u2028\x0b'), max_size=80))
def test_a_head_ends_within_its_text(text):
    assert 0 <= head_of(text).end <= len(text)


def test_a_folder_is_read_in_the_order_of_names_and_to_its_depth(tmp_path):
    for name in ("b.txt", "a/z.md", "a/c/x.html", "d.jsonl", "README.md", "a/readme.txt", ".hidden/a.txt", "e.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        is_lines = name.endswith("jsonl")
        path.write_text(
            json.dumps({"text": BODY}) if is_lines else f"<p>{BODY}</p>" if "html" in name else BODY, "utf-8"
        )
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert [article.id for article in read([tmp_path])] == ["x", "z", "b", "d-line1"]


def test_a_file_that_is_reached_twice_is_read_once(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(BODY, "utf-8")
    assert [article.id for article in read([tmp_path, path, tmp_path / "." / "a.txt"])] == ["a"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (BODY, ["stdin"]),
        (f'\n{{"id": "a", "text": "{BODY}"}}\n{{"id": "b", "text": "{BODY}"}}', ["a", "b"]),
        (f"\ufeff<!DOCTYPE html><html><body><p>{BODY}</p></body></html>", ["stdin"]),
        (f"[Editor's note: {BODY}]\n", ["stdin"]),
        ('{\n  "text": "a pretty-printed object"\n}\n', ["stdin"]),
    ],
    ids=["text", "json-lines", "page", "bracket", "pretty"],
)
def test_standard_input_is_read_as_what_it_looks_like(data, ids):
    found = list(read(["-"], io.BytesIO(data.encode())))
    assert [article.id for article in found] == ids
    if "pretty" in data:
        assert [issue.code for issue in found[0].issues] == ["not-json-lines"]
    else:
        assert all(BODY in article.text for article in found)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_with_a_name_is_read_once_and_whole(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(f'{{"id": "a", "text": "{BODY}"}}\n' * 3, "utf-8"))
    writer.start()
    assert [article.id for article in read([pipe])] == ["a", "a-2", "a-3"]
    writer.join()


def test_reading_streams(tmp_path):
    """The second article is not looked at before the first is handed on."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BODY, "utf-8")
    articles = read([tmp_path])
    assert next(articles).id == "a"
    (tmp_path / "b.txt").write_text("Written later: " + BODY, "utf-8")
    assert next(articles).text.startswith("Written later")


def test_the_longest_text_is_read_and_one_more_is_not(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("a" * LONGEST, "utf-8")
    assert len(only([path]).text) == LONGEST
    path.write_text("a" * LONGEST + "b", "utf-8")
    assert [issue.code for issue in only([path]).issues] == ["too-long"]


PAGE = """<!DOCTYPE html><html><head><title>Bridge hit | The Example Courier</title>
<meta property="og:site_name" content="The Example Courier"><meta property="og:title" content="Bridge hit">
{date}<link rel="canonical" href="https://courier.example/bridge">
<script type="application/ld+json">{"@type": "NewsArticle"}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Bridge hit</h1>
<p>The bridge over the river was hit on Monday night, the mayor of the city said on Tuesday.</p>
<p>“We will build it again,” she told reporters in front of the town hall on the square.</p>
</article><aside><a href="/x">Another</a> <time datetime="2031-09-01">1 September 2031</time></aside>
<footer>© 2031, <time datetime="2031-01-01">1 January</time></footer>
<script>document.write("evil")</script></body></html>"""


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ('<meta property="article:published_time" content="2031-10-07T23:50:00+03:00">', "2031-10-07"),
        ('<meta name="date" content="2999-01-31">', "2999-01-31"),  # whatever today is
        (json_ld('{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2031-10-07"}]}'), "2031-10-07"),
        ('<meta property="article:modified_time" content="2031-10-09">', None),
        ('<meta name="date" content="07/10/2031">', None),
        (json_ld('{"mentions": {"@type": "NewsArticle", "datePublished": "2031-10-01"}}'), None),
        (json_ld("{"), None),
        ("", None),
    ],
)
def test_a_page_tells_its_title_outlet_address_and_day(date, published, tmp_path):
    path = tmp_path / "bridge.html"
    path.write_text(PAGE.replace("{date}", date), "utf-8")
    article = only([path])
    assert (article.id, article.title, article.outlet) == ("bridge", "Bridge hit", "The Example Courier")
    assert (article.url, article.published) == ("https://courier.example/bridge", published)
    assert "the mayor of the city said" in article.text
    assert not any(word in article.text for word in ("Home", "evil", "script", "©"))
    assert any(issue.code == "no-date" for issue in article.issues) == (published is None)


def test_a_head_is_read_and_kept_in_the_text(tmp_path):
    path = tmp_path / "a.md"
    lines = ("---", 'title: "A: b"', "source: The Courier", "date: 7 October 2031", "link: https://c.example/a")
    text = "\n".join((*lines, "tags:", "  - x", "---", BODY))
    path.write_text(text, "utf-8")
    article = only([path])
    assert article.text == text
    assert (article.title, article.outlet, article.published) == ("A: b", "The Courier", "2031-10-07")
    assert article.url == "https://c.example/a"
    assert text[article.furniture[0].end :] == BODY


@pytest.mark.parametrize(
    "text",
    [
        "KYIV: The bridge was hit.\n\nThe mayor said so.",
        "Said the mayor: no.\n",
        "---\n\nThe bridge was hit.",
        "---\ntitle: never closed\n\nThe bridge was hit.",
        "---\nThe bridge was hit.\n---\nThe mayor said so.",
        "https://c.example/a\n",
    ],
)
def test_what_only_looks_like_a_head_is_none(text):
    assert head_of(text).end == 0


@pytest.mark.parametrize("row", rows("page_dates.tsv"), ids=lambda row: row[0])
def test_a_place_for_a_date_finds_its_example(row):
    assert facts_of(load_html(f"<html><body>{row[2]}</body></html>")) == ("2031-10-07", None)


def test_a_publisher_is_the_outlet():
    described = '{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "The Example Post"}}'
    page = (
        f'<html><head><script type="application/ld+json">{described}</script></head><body><p>{BODY}</p></body></html>'
    )
    assert only(["-"], io.BytesIO(page.encode())).outlet == "The Example Post"


def test_a_day_may_come_from_the_address():
    line = json.dumps({"id": "a", "text": BODY, "url": "https://c.example/2031/10/07/bridge"})
    article = only(["-"], io.BytesIO(line.encode()))
    assert (article.published, [issue.code for issue in article.issues]) == ("2031-10-07", ["date-from-address"])
