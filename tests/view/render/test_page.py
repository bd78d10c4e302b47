"""The page in a real browser, with the network off: search, filter, choose, read the evidence; and hostile words do nothing."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from kg.view.report.render import render

spec = importlib.util.spec_from_file_location("worlds", Path(__file__).with_name("worlds.py"))
worlds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worlds)

pytestmark = pytest.mark.browser

HOSTILE = (
    """"><img src=x onerror="window.__ran.push('img')"></script><script>window.__ran.push('script')</script>"""
    """{{7*7}}<a href="javascript:1">'"""
)
SIZES = [(1440, 900), (390, 844)]
VIEWS = ["report", "graph", "claims"]


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    render(worlds.store_of(worlds.world(10)), path)
    return path


#: the box of each line of words that the view shows, once a text node
WORDS = """() => {
  const boxes = [], walker = document.createTreeWalker(document.querySelector('.view:not([hidden])'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest('title, .sr, details:not([open]) > :not(summary)')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { x, y, width: w, height: h } of range.getClientRects()) if (w > 1) boxes.push({ x, y, w, h, text: node.data });
  }
  return boxes;
}"""


def meets(one, other):
    """Whether two boxes share more than the edge that lines of text may."""
    across = min(one["x"] + one["w"], other["x"] + other["w"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["h"], other["y"] + other["h"]) - max(one["y"], other["y"])
    return across > 1 and down > 4


def panel(opened):
    return opened.page.locator("#panel")


def test_search_leads_to_a_node_and_its_words(html, open_page):
    opened = open_page(html, at="#view=graph")
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("ada lind")
    opened.page.keyboard.press("Enter")
    assert panel(opened).locator("h2").inner_text() == "Ada Lindqvist"
    words = panel(opened).locator("blockquote").first
    assert "Ada Lindqvist said that in Velmora the dam breach left at least 40 people missing" in words.inner_text()
    assert words.locator(".p-cue").inner_text() == "said"
    assert words.locator("mark").inner_text() == "at least 40"
    assert "could not verify" in panel(opened).locator(".doubt").first.inner_text()
    link = panel(opened).locator(".article a").first
    assert link.get_attribute("href") == "https://news.example/0"
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("Escape")
    assert panel(opened).locator("blockquote").count() == 0
    opened.assert_quiet()


def test_a_click_on_a_mark_and_on_a_line_shows_the_evidence(html, open_page):
    opened = open_page(html, at="#view=graph")
    corner = opened.page.locator("#canvas").bounding_box()
    spot = opened.page.evaluate("GRAPH.paint.toPage(GRAPH.spot.get('actor/ada-lindqvist'))")
    opened.page.mouse.click(corner["x"] + spot["x"], corner["y"] + spot["y"])
    panel(opened).locator("h2", has_text="Ada Lindqvist").wait_for()
    middle = """() => {
      const edge = EDGES.find(each => each.rel === 'claims' && each.from === 'actor/ada-lindqvist');
      const a = GRAPH.spot.get(edge.from), b = GRAPH.spot.get(edge.to);
      return GRAPH.paint.toPage({ x: a.x + (b.x - a.x) * 0.7, y: a.y + (b.y - a.y) * 0.7 });
    }"""
    spot = opened.page.evaluate(middle)
    opened.page.mouse.click(corner["x"] + spot["x"], corner["y"] + spot["y"])
    panel(opened).locator(".triple").wait_for()
    assert "claims" in panel(opened).locator(".triple").inner_text()
    assert panel(opened).locator("blockquote").count() >= 1
    opened.assert_quiet()


def test_filters_take_away_what_they_say(html, open_page):
    opened = open_page(html, at="#view=graph")
    opened.page.get_by_label("Places").uncheck()
    assert opened.page.evaluate("[...LIVE.nodes].filter(id => id.startsWith('place/')).length") == 0
    opened.page.get_by_role("button", name="Clear filters").click()
    opened.page.locator("summary", has_text="Actor").click()
    opened.page.locator("[data-facet=who] label", has_text="Ada Lindqvist").click()
    assert opened.page.evaluate(
        "[...LIVE.claims].every(n => CLAIMS[n].who === 'actor/ada-lindqvist') && LIVE.claims.size > 0"
    )
    opened.page.get_by_role("button", name="Clear filters").click()
    opened.page.fill("#date-from", "2031-03-03")
    opened.page.fill("#date-to", "2031-03-04")
    dates = opened.page.evaluate("[...LIVE.claims].map(n => CLAIMS[n].date).filter(Boolean)")
    assert dates
    assert all("2031-03-03" <= day <= "2031-03-04" for day in dates)
    assert "of" in opened.page.locator("#tally").inner_text()
    opened.assert_quiet()


def test_a_permalink_opens_what_was_chosen(html, open_page):
    opened = open_page(html, at="#view=graph&node=event/none")
    opened.page.evaluate("pick({ node: 'place/velmora' })")
    opened.page.get_by_label("Channels").uncheck()
    where = opened.page.evaluate("location.hash")
    again = open_page(html, at=where)
    assert panel(again).locator("h2").inner_text() == "Velmora"
    assert not again.page.get_by_label("Channels").is_checked()
    claim = again.page.evaluate("CLAIMS[3].id")
    third = open_page(html, at=f"#view=claims&claim={claim}")
    assert panel(third).locator("blockquote").count() == 1
    third.assert_quiet()


def test_the_list_of_claims_is_reached_and_read_by_keyboard(html, open_page):
    opened = open_page(html, at="#view=graph")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.id") == "skip"
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    assert panel(opened).locator("blockquote").count() == 1
    assert opened.page.evaluate("document.activeElement.id") == "panel"
    opened.assert_quiet()


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_label_touches_another_in_the_first_view(html, open_page, size, scheme):
    opened = open_page(html, at="#view=graph", size=size, scheme=scheme)
    opened.page.wait_for_function("GRAPH.labels.length > 0")
    boxes = opened.page.evaluate("labelBoxes()")
    assert len(boxes) >= 12
    for at, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["x"] + one["w"] <= size[0]
        for other in boxes[at + 1 :]:
            assert not meets(one, other), (one["text"], other["text"])
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.assert_quiet()


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_no_words_of_the_report_touch_others(html, open_page, size):
    opened = open_page(html, size=size)
    boxes = opened.page.evaluate(WORDS)
    assert len(boxes) > 60
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert not meets(one, other), (one["text"], other["text"])
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.assert_quiet()


def test_the_report_opens_on_figures_and_every_mark_leads_to_words(html, open_page):
    opened = open_page(html)
    assert opened.page.locator(".report h2").first.inner_text() == "Figures in dispute"
    for mark in (
        ".figure-row",
        ".cell",
        "#report-timeline circle.press",
        ".band",
        "#report-map .spot",
        ".glance button",
    ):
        opened.page.locator(mark).first.press("Enter")
        assert panel(opened).locator("blockquote").count() >= 1, mark
    words = opened.page.locator("body").inner_text().casefold()
    assert not any(verdict in words.split() for verdict in ("true", "false", "majority"))
    opened.assert_quiet()


def test_days_are_told_in_words(html, open_page):
    opened = open_page(html)
    for number in range(opened.page.evaluate("CLAIMS.length")):
        opened.page.evaluate("n => pick({ claim: n })", number)
        assert not re.search(r"\d{4}-\d\d", panel(opened).inner_text())
    for view in VIEWS:
        opened.page.evaluate("view => show(view)", view)
        assert not re.search(r"\d{4}-\d\d", opened.page.locator(f"#view-{view}").inner_text())
    opened.page.evaluate("pick({ claim: CLAIMS.find(claim => claim.events.some(event => event.when)).n })")
    assert re.search(r"\d+ March 2031", panel(opened).locator(".events").inner_text())
    opened.assert_quiet()


def test_what_the_report_finds_is_found_once_for_each_choice_of_filters(html, open_page):
    opened = open_page(html)
    shown = opened.page.locator("#view-report").inner_text()
    found = "[liveClaims, happenings, counted, disputed, routes]"
    assert opened.page.evaluate(f"{found}.every(find => find() === find() && find().length)")
    opened.page.evaluate("CHOSEN.who.add(CLAIMS[0].who); changed()")
    assert opened.page.evaluate("liveClaims().every(claim => claim.who === CLAIMS[0].who)")
    assert opened.page.evaluate("happenings().flatMap(each => each.claims).every(n => LIVE.claims.has(n))")
    assert opened.page.evaluate("disputed().flatMap(each => each.claims).every(n => LIVE.claims.has(n))")
    assert opened.page.locator("#view-report").inner_text() != shown
    opened.page.get_by_role("button", name="Clear filters").click()
    assert opened.page.locator("#view-report").inner_text() == shown
    opened.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(html, open_page, view, scheme):
    opened = open_page(html, at=f"#view={view}", size=SIZES[view == "claims"], scheme=scheme)
    opened.page.evaluate("pick({ claim: 1 })")
    opened.page.evaluate(Path(__file__).with_name("vendor").joinpath("axe-core", "axe.min.js").read_text("utf-8"))
    found = opened.page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations)")
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"]) for each in serious] == []


def test_hostile_words_are_shown_and_never_run(tmp_path, open_page):
    store = worlds.store_of(worlds.hostile(HOSTILE))
    out = tmp_path / "hostile.html"
    render(store, out, title=HOSTILE)
    text = out.read_text("utf-8")
    assert "<img" not in text.split("<script>")[0]
    assert text.count("</script>") == 3
    opened = open_page(out, at=f"#node={HOSTILE}")
    page = opened.page
    for view in VIEWS:
        page.evaluate("view => show(view)", view)
        for number in range(page.evaluate("CLAIMS.length")):
            page.evaluate("n => pick({ claim: n })", number)
    for number in range(page.evaluate("NODES.length")):
        page.evaluate("n => pick({ node: NODES[n].id })", number)
    for number in range(page.evaluate("EDGES.length")):
        page.evaluate("n => pick({ edge: n })", number)
    page.evaluate("pick({ claim: 0 })")
    assert HOSTILE in panel(opened).inner_text()
    assert panel(opened).locator(".article a").count() == 0
    page.fill("#q", "onerror")
    assert page.locator("#hits li").count() > 1
    assert page.locator("img").count() == 0
    page.wait_for_timeout(200)
    opened.assert_quiet()


def test_a_cut_graph_says_so(tmp_path, open_page):
    out = tmp_path / "cut.html"
    made = render(worlds.store_of(worlds.world(12, actors=30)), out, limit=15)
    opened = open_page(out, at="#view=graph")
    assert f"Showing 15 of {made.nodes_of} nodes" in opened.page.locator("#notice").inner_text()
    opened.assert_quiet()


def test_doubted_claims_can_be_had_alone_and_communities_seen(html, open_page):
    opened = open_page(html, at="#view=graph")
    opened.page.locator("summary", has_text="Doubt").click()
    opened.page.locator("[data-facet=doubt] label", has_text="could not verify").click()
    assert opened.page.evaluate("LIVE.claims.size > 0 && [...LIVE.claims].every(n => CLAIMS[n].doubts.length)")
    assert "doubt=could" in opened.page.evaluate("location.hash")
    opened.page.get_by_role("button", name="Clear filters").click()
    opened.page.get_by_role("button", name="Communities").click()
    rows = opened.page.locator("#graph-key.groups button")
    assert rows.count() == opened.page.evaluate("Math.min(9, unique(NODES.map(node => node.group)).length)")
    tints = rows.locator("circle").evaluate_all("all => all.map(each => getComputedStyle(each).fill)")
    assert len(set(tints)) == len(tints)
    rows.first.click()
    assert panel(opened).locator("h2").inner_text().startswith("Around ")
    assert opened.page.evaluate("[...GRAPH.focus.nodes].every(id => NODE.get(id).group === 0)")
    again = open_page(html, at=opened.page.evaluate("location.hash"))
    assert again.page.locator("#graph-key button[aria-pressed=true]").count() == 1
    opened.assert_quiet()


def test_the_picture_opens_in_the_browser_and_no_name_touches_another(tmp_path, chromium):
    out = tmp_path / "graph.svg"
    made = render(worlds.store_of(worlds.world(10)), out)
    page = chromium.new_page()
    page.goto(out.as_uri())
    boxes = page.evaluate(
        """[...document.querySelectorAll('text')].map(each => {
          const { x, y, width: w, height: h } = each.getBBox();
          return { x, y, w, h, text: each.textContent };
        })"""
    )
    assert page.locator("path.mark").count() == made.nodes
    assert len(boxes) > made.nodes / 2
    for at, one in enumerate(boxes):
        assert not any(meets(one, other) for other in boxes[at + 1 :])
    page.close()


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("articles", [0, 1])
def test_a_page_of_nothing_or_of_little_says_so_in_words(tmp_path, open_page, articles, size):
    out = tmp_path / "little.html"
    render(worlds.store_of(worlds.world(articles)), out)
    for view in VIEWS:
        opened = open_page(out, at=f"#view={view}", size=size)
        words = opened.page.locator("body").inner_text().split()
        assert not {"null", "undefined", "NaN", "nullnull"} & set(words)
        assert opened.page.locator(".view:not([hidden])").inner_text().strip()
        opened.page.keyboard.press("Escape")
        opened.assert_quiet()
