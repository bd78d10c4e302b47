"""The graph in a real browser: what was left out is opened, and taken away again; WebGL where there is a card."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from kg.view.report import render as rendering
from kg.view.report.render import render

spec = importlib.util.spec_from_file_location("worlds", Path(__file__).with_name("worlds.py"))
worlds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worlds)

pytestmark = pytest.mark.browser

#: the drawn event with most neighbours that are carried and not drawn
PARENT = "[...DRAWN].filter(id => id.startsWith('happening/')).sort((a, b) => waiting(b).length - waiting(a).length || (a < b ? -1 : 1))[0]"
#: software GL, which is all there is without a card, with the name of a card
CARD = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
NAMED = """const asked = WebGL2RenderingContext.prototype.getParameter;
WebGL2RenderingContext.prototype.getParameter = function (name) { return name === 37446 ? 'A card' : asked.call(this, name); };"""


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    path = tmp_path_factory.mktemp("cut") / "cut.html"
    render(worlds.store_of(worlds.world(40, actors=100)), path, limit=30)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A page with the parts for WebGL in it; drawn small, since it is the shell that is tried."""
    path = tmp_path_factory.mktemp("large") / "large.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "CANVAS", 30)
        render(worlds.store_of(worlds.world(40, actors=100)), path, limit=60)
    return path


def drawn(opened):
    return opened.page.evaluate("DRAWN.size")


def assert_apart(opened):
    boxes = opened.page.evaluate("labelBoxes()")
    assert len(boxes) > 5
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            across = min(one["x"] + one["w"], other["x"] + other["w"]) - max(one["x"], other["x"])
            down = min(one["y"] + one["h"], other["y"] + other["h"]) - max(one["y"], other["y"])
            assert min(across, down) <= 1, (one["text"], other["text"])


def test_the_page_says_what_it_carries_and_search_draws_what_was_not_drawn(cut, open_page):
    opened = open_page(cut, at="#view=graph")
    later = opened.page.evaluate("NODES.filter(node => node.later).length")
    assert f"{later} more can be opened" in opened.page.locator("#notice").inner_text()
    assert drawn(opened) == 30
    name = opened.page.evaluate("NODES.find(node => node.later && around(node.id).length).name")
    opened.page.fill("#q", name)
    opened.page.locator("#hits button", has_text=name).first.click()
    assert opened.page.locator("#panel h2").inner_text() == name
    assert drawn(opened) > 30
    opened.assert_quiet()


@pytest.mark.parametrize("way", ["badge", "double click", "Enter", "panel"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "narrow"])
def test_neighbours_are_opened_near_their_parent_and_taken_away(cut, open_page, way, size):
    opened = open_page(cut, at="#view=graph", size=size)
    page, parent = opened.page, opened.page.evaluate(PARENT)
    fresh = min(24, page.evaluate("id => waiting(id).length", parent))
    assert fresh > 3
    page.evaluate("id => pick({ node: id }, true)", parent)
    if way == "badge":
        page.wait_for_function("id => GRAPH.labels.some(label => label.kind === 'more' && label.id === id)", arg=parent)
        box = page.evaluate("id => labelBoxes().find(label => label.kind === 'more' && label.id === id)", parent)
        page.mouse.click(box["x"] + box["w"] / 2, box["y"] + box["h"] / 2)
    elif way == "double click":
        corner = page.locator("#canvas").bounding_box()
        spot = page.evaluate("id => GRAPH.paint.toPage(GRAPH.spot.get(id))", parent)
        page.mouse.dblclick(corner["x"] + spot["x"], corner["y"] + spot["y"])
    elif way == "Enter":
        page.locator("#canvas").press("Enter")
    else:
        page.locator("#expand").click()
    page.wait_for_function("size => DRAWN.size === size", arg=30 + fresh)
    page.wait_for_timeout(100)
    assert_apart(opened)
    where = page.evaluate("location.hash")
    page.keyboard.press("Escape")
    assert drawn(opened) == 30
    assert drawn(open_page(cut, at=where, size=size)) == 30 + fresh
    opened.assert_quiet()


def test_arrow_keys_go_from_mark_to_mark(cut, open_page):
    opened = open_page(cut, at="#view=graph")
    canvas = opened.page.locator("#canvas")
    canvas.press("ArrowRight")
    first = opened.page.evaluate("CHOSEN.pick.node")
    for key in ("ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"):
        canvas.press(key)
    assert opened.page.evaluate("document.activeElement.id") == "canvas"
    assert opened.page.evaluate("CHOSEN.pick.node") in opened.page.evaluate("[...LIVE.nodes]")
    assert opened.page.locator("#said").inner_text()
    assert first
    opened.assert_quiet()


def test_without_a_card_a_large_graph_is_drawn_on_the_canvas(large, open_page):
    opened = open_page(large, at="#view=graph")
    assert "MultiUndirectedGraph" in large.read_text("utf-8")
    assert opened.page.evaluate("GRAPH.paint.name") == "canvas"
    opened.assert_quiet()


def test_a_small_page_does_not_carry_what_it_does_not_need(cut):
    assert "MultiUndirectedGraph" not in cut.read_text("utf-8")


# The session's own browser runs without GL.
def test_with_a_card_the_same_shell_is_drawn_by_webgl(large, tmp_path, chromium):
    browser = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=CARD)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_offline(True)
    page, trouble, asked = context.new_page(), [], []
    page.add_init_script(NAMED)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(large.as_uri() + "#view=graph")
    page.wait_for_selector("html[data-ready=yes]")
    if page.evaluate("!document.createElement('canvas').getContext('webgl2')"):
        browser.close()
        pytest.skip("this Chromium has no WebGL, not even in software")
    assert page.evaluate("GRAPH.paint.name") == "webgl"
    parent = page.evaluate(PARENT)
    corner = page.locator("#canvas").bounding_box()
    spot = page.evaluate("id => GRAPH.paint.toPage(GRAPH.spot.get(id))", parent)
    page.mouse.click(corner["x"] + spot["x"], corner["y"] + spot["y"])
    page.wait_for_function("id => CHOSEN.pick && CHOSEN.pick.node === id", arg=parent)
    assert page.locator("#panel blockquote").count() > 0
    before = page.evaluate("DRAWN.size")
    page.locator("#expand").click()
    assert page.evaluate("DRAWN.size") > before
    page.wait_for_timeout(300)
    assert len(page.evaluate("labelBoxes()")) > 5
    page.get_by_role("button", name="Dark").click()
    page.get_by_label("Outlets").uncheck()
    assert "hidden=outlet" in page.evaluate("location.hash")
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    picture = tmp_path / "claims.png"
    saved.value.save_as(picture)
    assert picture.stat().st_size > 20_000
    assert trouble == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    browser.close()
