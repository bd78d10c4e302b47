from dataclasses import replace

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.edtf import bounds
from kg.graph import Store, shared_quads, to_quads, vocab
from kg.graph.vocab import DCT, KG, RDF
from kg.model import (
    Article,
    Attribution,
    CharSpan,
    Claimant,
    Comparator,
    Corpus,
    EventMention,
    Extraction,
    Extractor,
    Figure,
    Issue,
    Kind,
    Narration,
    PlaceMention,
    Polarity,
    ResolvedBy,
    Role,
)
from tests.graph.samples import RAID

ANY = st.text(st.characters(), max_size=40)
IDS = st.text(st.characters(), min_size=1, max_size=12)
SIGNED = Extractor("test", "1", "none")


@st.composite
def extractions(draw):
    """An article of any script and any id, with attributions, narrations, events and figures anywhere in it."""
    text = draw(st.text(st.characters(), min_size=4, max_size=60))

    def span():
        start = draw(st.integers(0, len(text) - 1))
        return CharSpan(start, draw(st.integers(start + 1, len(text))))

    def spans(least, most):
        return tuple(span() for _ in range(draw(st.integers(least, most))))

    said = tuple(
        Attribution(
            cue=spans(0, 1),
            content=spans(1, 2),
            source=spans(0, 1),
            id=f"a{i}",
            kind=draw(st.sampled_from(Kind)),
            rule=draw(ANY),
            claimant=draw(
                st.none() | st.builds(Claimant, IDS.map("actor/{}".format), ANY, st.sampled_from(ResolvedBy))
            ),
            embedded_in=draw(st.none() | st.sampled_from(["a0", "a1", "a2", "gone"])),
            about=draw(st.sampled_from([(), ("a0",), ("gone",)])),
            polarity=draw(st.sampled_from(Polarity)),
            role=draw(st.none() | ANY),
            outcome=draw(st.sampled_from([None, "verified", "could_not_verify"])),
        )
        for i in range(draw(st.integers(0, 4)))
    )
    told = tuple(Narration(f"n{i}", spans(1, 2)) for i in range(draw(st.integers(0, 2))))
    tellers = [each.id for each in (*said, *told)] or ["none"]
    events = tuple(
        EventMention(
            span(),
            draw(st.sampled_from(["Attack", "Vote", "Poll <x>"])),
            f"e{i}",
            draw(st.sampled_from(tellers)),
            roles=tuple(
                Role(draw(st.sampled_from(["agent", "odd"])), span(), draw(ANY), draw(st.none() | IDS))
                for _ in range(draw(st.integers(0, 1)))
            ),
            place=draw(st.none() | st.builds(PlaceMention, st.just(span()), IDS.map("place/{}".format), ANY)),
            figures=tuple(
                Figure(
                    span(),
                    draw(ANY),
                    1,
                    1,
                    1,
                    Comparator.EQ,
                    "count",
                    draw(ANY),
                    draw(ANY),
                    of=draw(st.sampled_from([None, 0, 7])),
                )
                for _ in range(draw(st.integers(0, 2)))
            ),
        )
        for i in range(draw(st.integers(0, 3)))
    )
    issues = tuple(
        Issue(draw(ANY), draw(ANY), draw(st.none() | st.just(span()))) for _ in range(draw(st.integers(0, 2)))
    )
    article = Article(
        draw(IDS), text, draw(st.none() | ANY), draw(st.none() | ANY), draw(st.none() | ANY), "2024-03-05"
    )
    return Extraction(article, SIGNED, said, told, events, issues=issues)


def stored(extraction):
    """The article's graph, as it comes back from a store."""
    with Store() as store:
        store.replace(extraction.article, to_quads(extraction))
        return list(store._quads)


@given(extractions())
@settings(max_examples=60)
def test_every_span_can_be_read_again_at_its_address(extraction):
    told = {}
    for quad in stored(extraction):
        told.setdefault(quad.subject.value, {}).setdefault(f"<{quad.predicate.value}>", set()).add(quad.object)
    text = next(iter(told[vocab.document(extraction.article.id)[1:-1]][KG.text])).value
    assert len(text) == len(extraction.article.text)
    for address, facts in told.items():
        if KG.exact in facts:
            (exact,), (begin,), (end,) = (facts[each] for each in (KG.exact, KG.begin, KG.end))
            assert text[int(begin.value) : int(end.value)] == exact.value
            assert address.endswith(f"#char={begin.value},{end.value}")


@given(extractions())
@settings(max_examples=60)
def test_no_two_findings_melt_into_one(extraction):
    subjects = {
        kind: {q.subject for q in to_quads(extraction) if (q.predicate, q.object) == (RDF.type, kind)}
        for kind in (KG.Attribution, KG.Event, KG.Figure, KG.Issue)
    }
    assert len(subjects[KG.Attribution]) == len(extraction.attributions) + len(extraction.narrations)
    assert len(subjects[KG.Event]) == len(extraction.events)
    assert len(subjects[KG.Figure]) == sum(len(event.figures) for event in extraction.events)
    assert len(subjects[KG.Issue]) == len(extraction.issues)


@given(extractions(), extractions())
@settings(max_examples=40)
def test_an_article_can_be_taken_back_and_touches_no_other(one, other):
    with Store() as store:
        store.replace(one.article, to_quads(one))
        before = set(store.quads())
        if one.article.id != other.article.id:
            store.replace(other.article, to_quads(other))
            store.remove(other.article.id)
        assert set(store.quads()) == before
        store.remove(one.article.id)
        assert len(store) == 0


@given(extractions())
@settings(max_examples=40)
def test_every_node_of_an_article_says_so_and_no_triple_stands_twice(extraction):
    quads = [*to_quads(extraction), *shared_quads(Corpus(), [extraction])]
    assert len({quad[:3] for quad in quads}) == len(quads)
    own = [quad for quad in quads if quad.graph != vocab.SHARED]
    typed = {quad.subject for quad in own if quad.predicate == RDF.type}
    assert typed == {
        quad.subject for quad in own if quad.predicate in (KG.inDocument, DCT.identifier) and quad.subject in typed
    }


@given(extractions())
@settings(max_examples=40)
def test_what_is_claimed_is_never_a_fact(extraction):
    """Nothing but the edges of told speech leads from an actor to an event, and each has its attribution."""
    quads = set(to_quads(extraction))
    events = {quad.subject for quad in quads if (quad.predicate, quad.object) == (RDF.type, KG.Event)}
    tellers = {(quad.subject, quad.object) for quad in quads if quad.predicate == KG.about}
    claimants = {(quad.subject, quad.object) for quad in quads if quad.predicate == KG.claimant}
    for quad in quads:
        if quad.object in events and quad.predicate not in (KG.about, KG.figureOf):
            assert quad.predicate in (KG.claims, KG.states, KG.denies, KG.requests, KG.promises, KG.comments_on)
            assert any((teller, quad.subject) in claimants for teller, event in tellers if event == quad.object)


@given(st.lists(st.text(st.characters(), max_size=20), min_size=2, max_size=2, unique=True))
@settings(max_examples=300)
def test_different_ids_have_different_addresses(ids):
    one, other = (vocab.node(f"actor/{each}") for each in ids)
    assert one != other
    assert vocab.document(ids[0]) != vocab.document(ids[1])
    assert [ox.NamedNode(each[1:-1]).value for each in (one, other)] == [one[1:-1], other[1:-1]]


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=300)
def test_any_text_stays_a_text(words):
    with Store() as store:
        store._replace(vocab.SHARED, [vocab.Quad("<urn:s>", "<urn:p>", vocab.text(words), vocab.SHARED)])
        (quad,) = store._quads
        assert quad.object == ox.Literal(words)


@given(st.dates(), st.dates())
@settings(max_examples=100)
def test_the_bounds_of_an_interval_are_its_ends(one, other):
    first, last = sorted((one, other))
    assert bounds(f"{first}/{last}") == (str(first), str(last))


@given(st.text("0123456789-/X.~?%", max_size=24))
def test_whatever_is_no_date_has_no_bounds(value):
    for bound in bounds(value):
        assert bound is None or (len(bound) == 10 and bound[4] == bound[7] == "-")


def test_the_address_outlives_other_numbers():
    renamed = replace(
        RAID,
        attributions=tuple(replace(each, id=f"x{each.id}", about=(), embedded_in=None) for each in RAID.attributions),
        events=(),
    )
    subjects = {quad.subject for quad in to_quads(renamed) if quad.object == KG.Attribution}
    assert subjects == {quad.subject for quad in to_quads(RAID) if quad.object == KG.Attribution}


@given(extractions())
@settings(max_examples=30)
def test_every_source_can_be_followed_to_an_entity(extraction):
    quads = list(shared_quads(Corpus(), [extraction]))
    sources = {quad.subject for quad in quads if (quad.predicate, quad.object) == (RDF.type, KG.Source)}
    assert sources == {quad.subject for quad in quads if quad.predicate == KG.mentionOf}
