"""The render without a browser: same bytes, cuts and focus, what is let through to the page."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.view.graph_view.excerpts import TextSegment, excerpt
from kg.view.graph_view.load_evidence import load_evidence
from kg.view.graph_view.network import around, build_network, communities, cut_to_size, find_node, hidden_neighbours
from kg.view.report import page_selection as surveys
from kg.view.report.layout import layout
from kg.view.report.render import render

WORLDS = Path(__file__).with_name("worlds.py")
spec = importlib.util.spec_from_file_location("worlds", WORLDS)
worlds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worlds)

AGAIN = f"""
import importlib.util, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("worlds", {str(WORLDS)!r})
worlds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worlds)
from kg.view.report.render import render
render(worlds.store_of(reversed(list(worlds.world(8)))), Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def graph():
    return build_network(load_evidence(worlds.store_of(worlds.world(20, actors=30)).rows))


def data_of(path):
    text = path.read_text("utf-8")
    return json.loads(text.split('<script type="application/json" id="data">')[1].split("</script>")[0])


def test_same_store_same_bytes_in_another_process_and_order(tmp_path):
    render(worlds.store_of(worlds.world(8)), tmp_path / "one.html")
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", AGAIN, str(tmp_path / "two.html")], check=True, env=environment)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_every_claim_is_in_the_page_with_its_exact_words(tmp_path):
    read = list(worlds.world(6))
    made = render(worlds.store_of(read), tmp_path / "page.html")
    claims = data_of(tmp_path / "page.html")["facts"]["claims_data"]
    assert (
        made.claims
        == made.claims_of
        == len(claims)
        == sum(len(each.attributions) + len(each.narrations) for each in read)
    )
    texts = {each.article.title: each.article.text for each in read}
    for claim in claims:
        assert claim["words"] in texts[claim["article"]["title"]]
        assert "".join(words for words, _ in claim["runs"]) in texts[claim["article"]["title"]]


def test_every_edge_and_node_leads_to_a_claim(tmp_path):
    render(worlds.store_of(worlds.world(6)), tmp_path / "page.html")
    data = data_of(tmp_path / "page.html")
    assert all(edge["claims"] for edge in data["edges"])
    assert all(node["claims"] for node in data["nodes"])
    assert {"claims", "states", "denies", "located_in", "reported_by"} == {edge["rel"] for edge in data["edges"]}
    assert {"actor", "event", "place", "channel", "outlet"} == {node["kind"] for node in data["nodes"]}


def test_a_large_graph_is_cut_to_what_hangs_together(graph, tmp_path):
    part = cut_to_size(graph, 20)
    assert len(part) == 20
    assert nx.is_weakly_connected(part)
    assert max(graph, key=graph.degree) in part
    assert cut_to_size(graph, len(graph)) is graph
    made = render(worlds.store_of(worlds.world(20, actors=30)), tmp_path / "page.html", limit=20)
    assert made.nodes == 20
    assert made.notice.startswith(f"showing 20 of {made.nodes_of} nodes, {made.claims} of {made.claims_of} claims")
    assert "--focus" in made.notice


def test_a_large_graph_keeps_room_for_what_is_contested_between_sources_that_little_is_linked_to():
    known = surveys.load_store_view(worlds.store_of(worlds.world(40, actors=100)))
    said, degree = known.frame.statements, known.whole.degree
    pair = min(known.frame.contested, key=lambda pair: (sum(degree(said[id_].claimant) for id_ in pair), pair))
    dispute = {said[id_].claimant for id_ in pair} | {known.frame.event_nodes[said[pair[0]].events[0]].happening}
    assert not dispute <= set(cut_to_size(known.whole, 12))
    part = surveys.select_content(surveys.StoreView(replace(known.frame, contested=(pair,)), known.whole), None, 2, 12)
    assert dispute <= set(part)
    assert len(part) == 12
    assert nx.is_weakly_connected(part)


def test_what_has_room_in_a_cut_brings_the_way_to_it():
    lines = [("hub", f"near {at}") for at in range(9)] + [("hub", "way 1"), ("way 1", "way 2"), ("way 2", "outlying")]
    graph = nx.MultiDiGraph([*lines, ("other", "alone")])
    nx.set_node_attributes(graph, {id_: [] for id_ in graph}, "statements")
    assert {"outlying", "way 1", "way 2"} <= set(cut_to_size(graph, 8, ["outlying"]))
    assert "outlying" not in cut_to_size(graph, 7, ["outlying"])  # with the way it is more than half
    assert "alone" in cut_to_size(graph, 8, ["nowhere", "alone"])
    assert [len(cut_to_size(graph, limit, ["outlying", "alone"])) for limit in range(14)] == list(range(14))


def test_where_claims_are_cut_those_that_contradict_each_other_stay(monkeypatch):
    monkeypatch.setattr(surveys, "CLAIMS", 30)
    known = surveys.load_store_view(worlds.store_of(worlds.world(40, actors=30)))
    contested = {id_ for pair in known.frame.contested for id_ in pair}
    chosen = surveys.choose_content(known, None, 2, 10)
    room = max(30, chosen.drawn.number_of_edges())
    assert len(chosen.statements) < len(known.frame.statements)
    assert len(chosen.statements & contested) >= min(len(contested), room // 2)
    near = surveys.choose_content(known, "Ada Lindqvist", 1, 10)
    told = {id_ for node in near.carried for id_ in near.carried.nodes[node]["statements"]}
    doubts = {each.statement for id_ in near.statements for each in known.frame.statements[id_].doubts}
    assert near.statements <= told | doubts


def test_where_claims_are_cut_every_mark_still_leads_to_one(monkeypatch, tmp_path):
    monkeypatch.setattr(surveys, "CLAIMS", 12)
    made = render(worlds.store_of(worlds.world(40, actors=30)), tmp_path / "page.html", limit=20)
    data = data_of(tmp_path / "page.html")
    assert made.claims < made.claims_of
    assert all(node["claims"] for node in data["nodes"])
    assert all(edge["claims"] for edge in data["edges"])
    drawn = {node["id"] for node in data["nodes"] if not node.get("later")}
    assert made.edges == sum({edge["from"], edge["to"]} <= drawn for edge in data["edges"]) < data["facts"]["lines"]


def test_focus_takes_what_lies_around(graph):
    near = around(graph, "Ada Lindqvist", 1)
    assert set(near) == {"actor/ada-lindqvist", *graph.successors("actor/ada-lindqvist")}
    assert find_node(graph, "velmora") == find_node(graph, "place/velmora") == "place/velmora"
    with pytest.raises(InputError, match="No node matches"):
        find_node(graph, "ada lindquist")
    with pytest.raises(InputError, match="must be 1 or more"):
        render(worlds.store_of([]), Path("never.html"), limit=0)


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        render(worlds.store_of([]), tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_page_of_a_few_articles_is_small(tmp_path):
    assert render(worlds.store_of(worlds.world(30)), tmp_path / "page.html").bytes < 1_200_000


def test_an_empty_store_makes_a_page(tmp_path):
    made = render(worlds.store_of([]), tmp_path / "page.html")
    assert made.nodes == made.claims == 0


def test_an_address_of_another_scheme_is_left_out(tmp_path):
    render(worlds.store_of(worlds.hostile("<b>&'")), tmp_path / "page.html")
    assert [claim["article"]["url"] for claim in data_of(tmp_path / "page.html")["facts"]["claims_data"]] == [None]
    assert "<b>" not in (tmp_path / "page.html").read_text("utf-8").split("<script>")[0]


def test_no_request_is_written_into_the_page(tmp_path):
    render(worlds.store_of(worlds.world(2)), tmp_path / "page.html")
    head = (tmp_path / "page.html").read_text("utf-8").split("<script", 1)[0]
    assert "default-src &#39;none&#39;" in head
    assert "src=" not in head
    assert "url(" not in head


@given(
    st.text(max_size=400),
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(1, 60), st.sampled_from(["content", "cue", "figure"])), max_size=4
    ),
)
def test_a_passage_repeats_the_text_and_holds_every_part(text, drawn):
    parts = [TextSegment(at, at + long, role) for at, long, role in drawn]
    runs = excerpt(text, parts)
    inside = [part for part in parts if part.end <= len(text)]
    assert bool(runs) == bool(inside)
    words = [run for run, role in runs if role or run.strip(" …")]
    assert all(run in text for run in words)
    whole = "".join(run for run, _ in runs)
    assert all(text[part.begin : part.end] in whole for part in inside)


def test_a_passage_is_the_sentence_with_its_parts():
    text = "The day was calm. Mayor Lind said on Telegram that nine drones fell. Nobody else spoke."
    at = text.index("nine")
    runs = excerpt(
        text,
        [
            TextSegment(18, 28, "source"),
            TextSegment(29, 33, "cue"),
            TextSegment(at, at + 16, "content"),
            TextSegment(at, at + 4, "figure"),
        ],
    )
    assert runs[0] == ("Mayor Lind", "source")
    assert ("nine", "figure") in runs
    assert "".join(words for words, _ in runs) == "Mayor Lind said on Telegram that nine drones fell."


def test_a_picture_is_the_same_bytes_and_holds_hostile_words_as_words(tmp_path):
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    render(worlds.store_of(worlds.world(6)), first)
    render(worlds.store_of(reversed(list(worlds.world(6)))), second)
    assert first.read_bytes() == second.read_bytes()
    render(worlds.store_of(worlds.hostile("\x01<script>&'")), first)
    text = first.read_text("utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own


def test_communities_are_told_largest_first_whatever_the_order(graph):
    found = communities(graph)
    assert set(found) == set(graph)
    sizes = [list(found.values()).count(rank) for rank in range(max(found.values()) + 1)]
    assert sizes == sorted(sizes, reverse=True)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert communities(turned) == found


def test_places_are_apart_and_whole(graph):
    at = layout(graph)
    assert set(at) == set(graph)
    assert at == layout(graph)
    assert len(set(at.values())) == len(graph)
    assert layout(nx.Graph()) == {}
    assert layout(nx.empty_graph(["a", "b", "c"])).keys() == {"a", "b", "c"}


def test_no_event_is_called_by_a_date_in_edtf(tmp_path):
    evidence = load_evidence(worlds.store_of(worlds.world(6)).rows)
    alone = build_network(
        replace(
            evidence, event_nodes={id_: replace(event, happening=None) for id_, event in evidence.event_nodes.items()}
        )
    )
    names = [data["label"] for _, data in alone.nodes(data=True) if data["kind"] == "event"]
    dated = [name for name in names if name.endswith(" March 2031")]
    assert len(dated) > 5
    assert not any(re.search(r"\d{4}-\d\d", name) for name in names)
    once = min(dated, key=lambda name: (names.count(name), name))
    day = once.split(", ")[-1].split()[0]
    assert names.count(once) == 1
    assert find_node(alone, once) == find_node(alone, once.replace(f"{day} March 2031", f"2031-03-{day:0>2}"))


def test_a_picture_has_a_key_to_its_shapes_lines_and_communities(tmp_path):
    render(worlds.store_of(worlds.world(8)), tmp_path / "graph.svg")
    root = ET.parse(tmp_path / "graph.svg").getroot()  # noqa: S314 - our own
    words = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text") if text.get("class") == "key"]
    assert {"actor", "event as reported", "outlet", "claims", "reported by"} <= set(words)
    assert any(each.startswith("around ") for each in words)


def test_what_a_page_may_open_lies_ring_by_ring_around_what_is_drawn(graph, tmp_path):
    drawn = cut_to_size(graph, 10)
    found = hidden_neighbours(graph, drawn, 25)
    assert len(found) == len(set(found)) == 25
    assert not set(found) & set(drawn)
    plain = graph.to_undirected(as_view=True)
    first = [id_ for id_ in found if any(other in drawn for other in plain[id_])]
    assert found[: len(first)] == first
    render(worlds.store_of(worlds.world(20, actors=30)), tmp_path / "page.html", limit=10)
    nodes = data_of(tmp_path / "page.html")["nodes"]
    assert sum("x" in node for node in nodes) == 10
    assert all(node.get("later") for node in nodes if "x" not in node)
    assert all(node["links"] >= 1 for node in nodes)


def test_a_crowd_is_settled_the_same_way_and_its_neighbours_nearer_than_others():
    crowd = nx.relabel_nodes(nx.barabasi_albert_graph(1600, 1, seed=3), str)
    at = layout(crowd)
    assert at == layout(crowd)
    near = sum(math.dist(at[a], at[b]) for a, b in crowd.edges) / crowd.number_of_edges()
    ids = sorted(crowd)
    apart = sum(math.dist(at[a], at[b]) for a, b in zip(ids, ids[800:] + ids[:800], strict=True)) / len(ids)
    assert near < apart / 2
