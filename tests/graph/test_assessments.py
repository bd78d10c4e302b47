"""What analysts judge: kept whatever happens to articles, found again by its words, and of the right sort."""

import dataclasses
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.graph import Store, shared_quads, to_quads, validate
from kg.graph.assessments import Rating, reanchor_ratings, record_rating
from kg.graph.find import claims_of, find_claim, find_source, find_target
from kg.graph.vocab import ASSESSMENTS, KG
from kg.model import CharSpan, Corpus
from tests.graph.samples import CORPUS, DENIAL, POST, RAID, WIRE, find

MINDFUL = Rating("A. Analyst", "2024-03-06", "B", 2, "confirmed", "seen on two photographs")
SURE = Rating("B. Other", "2024-03-07", credibility=5)


def moved(noun, by):
    """The same noun, ``by`` characters further on in its article."""
    if isinstance(noun, CharSpan):
        return CharSpan(noun.start + by, noun.end + by)
    if isinstance(noun, tuple):
        return tuple(moved(each, by) for each in noun)
    if dataclasses.is_dataclass(noun):
        return replace(noun, **{f.name: moved(getattr(noun, f.name), by) for f in dataclasses.fields(noun)})
    return noun


def later(extraction, words):
    """The article with ``words`` put before it."""
    told = moved(extraction, len(words))
    return replace(told, article=replace(extraction.article, text=words + extraction.article.text))


def settle(store, happening="happening/interception-tarn-2024-03-04"):
    """Make anew what spans the articles that are there, as a build does; what is then adrift."""
    there = {each.article.id for each in store.records}
    events = tuple(ref for ref in CORPUS.happenings[0].events if ref.article in there)
    told = (replace(CORPUS.happenings[0], id=happening, events=events),) if events else ()
    store.replace_shared(shared_quads(replace(CORPUS, happenings=told, relations=(), copies=()), store.records))
    return reanchor_ratings(store)


def put(store, extraction):
    store.replace(extraction.article, to_quads(extraction))
    store.records.put([extraction])


def targets(store):
    return {quad.object for quad in store.quads(ASSESSMENTS) if quad.predicate == KG.assesses}


def kept(store):
    return {quad for quad in store.quads(ASSESSMENTS) if quad.predicate != KG.assesses}


# ------------------------------------------------------------------------------- naming

LOST = f"attribution/wire-1:{find(WIRE, 'said').start}-{find(WIRE, '11 were').start}"
NINE = f"attribution/tarn:raid%201:{find(POST, 'wrote').start}-{find(POST, 'nine').start}"
RAIDED = "happening/interception-tarn-2024-03-04"


@pytest.mark.parametrize(
    ("asked", "id_", "kind"),
    [
        ("actor/ada-lind", "actor/ada-lind", "source"),
        ("https://w3id.org/newsclaims/id/actor/ada-lind", "actor/ada-lind", "source"),
        ("actor:ada-lind", "actor/ada-lind", "source"),
        ("ADA  línd", "actor/ada-lind", "source"),
        ("Lind", "actor/ada-lind", "source"),
        ("Navy of Norland", "actor/norland", "source"),
        (RAIDED, RAIDED, "happening"),
        ("Interception, Tarn, 4-5 March 2024", RAIDED, "happening"),
        ("wire-1#a2", LOST, "claim"),
        (LOST, LOST, "claim"),
        (LOST.replace("/", ":"), LOST, "claim"),
        ("“11 were  LOST”", LOST, "claim"),
        ("nine of at least 12", NINE, "claim"),
    ],
)
def test_what_a_person_names_is_found(sample, asked, id_, kind):
    found = find_target(sample, asked)
    assert (found.id, found.kind) == (id_, kind)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Ada Lint", "Did you mean 'Ada Lind'"),
        ("wire-1#a9", "no claim 'a9' in wire-1"),
        ("wire-2#a1", "Did you mean 'wire-1'"),
        ("attribution/nowhere:1-2", "No claim"),
        ('x"> } SELECT * { ?s ?p ?o', "No source"),
        ("drones were", "'drones were' matches 2 claims"),
        ("", "No source"),
    ],
)
def test_what_cannot_be_found_is_told_with_the_nearest(sample, asked, told):
    with pytest.raises(InputError, match=told):
        find_target(sample, asked)


def test_a_claim_within_another_is_meant_rather_than_what_relays_it(sample):
    assert find_claim(sample, "shot down over Tarn overnight").name == "tarn/raid 1#a2"


# ------------------------------------------------------------------------------- judging


def test_a_judgement_stands_in_a_graph_of_its_own_and_holds_against_the_shapes(sample):
    for asked in ("wire-1#a2", "tarn/raid 1#a2"):
        record_rating(sample, find_target(sample, asked), MINDFUL)
    record_rating(sample, find_target(sample, "actor/norland"), replace(MINDFUL, credibility=None, actuality=None))
    record_rating(sample, find_target(sample, "interception, Tarn, 4-5 March 2024"), SURE)
    assert list(validate(sample)) == []
    assert len(targets(sample)) == 4
    flat = [quad[:3] for quad in sample.quads()]
    assert len(flat) == len(set(flat))


def test_the_same_judgement_again_is_the_same_and_another_stands_beside_it(sample):
    claim = find_claim(sample, "wire-1#a2")
    first = record_rating(sample, claim, MINDFUL)
    held = set(sample.quads(ASSESSMENTS))
    assert record_rating(sample, claim, MINDFUL) == first
    assert set(sample.quads(ASSESSMENTS)) == held
    assert record_rating(sample, claim, SURE) != first
    assert held < set(sample.quads(ASSESSMENTS))


@pytest.mark.parametrize(
    ("asked", "rating", "told"),
    [
        ("wire-1#a2", Rating("A. Analyst", "2024-03-06"), "no rating given"),
        ("wire-1#a2", Rating(" ", "2024-03-06", "B"), "needs the name of the analyst"),
        ("actor/norland", Rating("A. Analyst", "2024-03-06", actuality="confirmed"), "has only a reliability"),
        ("interception, Tarn, 4-5 March 2024", Rating("A. Analyst", "2024-03-06", "B"), "has no reliability"),
    ],
)
def test_a_judgement_that_says_nothing_or_not_of_this_is_refused(sample, asked, rating, told):
    with pytest.raises(InputError, match=told):
        record_rating(sample, find_target(sample, asked), rating)
    assert set(sample.quads(ASSESSMENTS)) == set()


# ------------------------------------------------------------------------------- found again


def test_a_claim_is_found_again_where_its_words_now_stand(sample):
    record_rating(sample, find_claim(sample, "tarn/raid 1#a2"), MINDFUL)
    before = targets(sample)
    put(sample, later(RAID, "Corrected on Friday.\n\n"))
    assert settle(sample) == []
    assert targets(sample) == {find_claim(sample, "tarn/raid 1#a2").address} != before


def test_an_address_that_now_holds_other_words_does_not_inherit_the_judgement(sample):
    record_rating(sample, find_claim(sample, "wire-1#a2"), MINDFUL)
    old = find(DENIAL.article.text, "11 were lost")
    text = DENIAL.article.text.replace("11 were lost", "the sea was calm")
    other = replace(DENIAL.attributions[1], content=(CharSpan(old.start, old.start + len("the sea was calm")),))
    put(sample, replace(DENIAL, article=replace(DENIAL.article, text=text), attributions=(other,), events=()))
    for _ in range(2):
        (adrift,) = reanchor_ratings(sample)
        assert "11 were lost" in str(adrift)
        assert claims_of(sample, targets(sample)) == []
    put(sample, DENIAL)
    assert reanchor_ratings(sample) == []


@pytest.mark.parametrize(
    "words",
    [
        "nine of at least 12 drones were shot down over Tarn",
        "that nine of at least 12 drones were shot down over Tarn overnight",
    ],
)
def test_a_claim_whose_bounds_moved_is_found_again(sample, words):
    record_rating(sample, find_claim(sample, "tarn/raid 1#a2"), MINDFUL)
    said = [replace(a, content=(find(RAID.article.text, words),)) if a.id == "a2" else a for a in RAID.attributions]
    put(sample, replace(RAID, attributions=tuple(said)))
    assert settle(sample) == []
    assert targets(sample) == {find_claim(sample, "tarn/raid 1#a2").address}


def test_a_happening_is_found_again_by_what_tells_of_it(sample):
    record_rating(sample, find_target(sample, RAIDED), SURE)
    assert settle(sample, "happening/interception-tarn-march") == []
    assert targets(sample) == {"<https://w3id.org/newsclaims/id/happening/interception-tarn-march>"}


def test_a_source_that_no_article_names_is_told_as_adrift(sample):
    record_rating(sample, find_source(sample, "Navy of Norland"), Rating("A. Analyst", "2024-03-06", "C"))
    assert settle(sample) == []
    sample.replace_shared(shared_quads(Corpus(), ()))
    (adrift,) = reanchor_ratings(sample)
    assert "actor/norland" in str(adrift)


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["withdraw", "again", "wire away", "wire back"]),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    ),
    max_size=6,
)


@settings(max_examples=25)
@given(STEPS)
def test_a_judgement_is_never_lost(steps):
    with Store() as store:
        put(store, RAID)
        put(store, DENIAL)
        settle(store)
        claim = find_claim(store, "tarn/raid 1#a2")
        record_rating(store, claim, MINDFUL)
        record_rating(store, find_target(store, RAIDED), SURE)
        before = kept(store)
        for step in steps:
            act(store, step)
            adrift = settle(store)
            assert kept(store) == before
            there = "tarn/raid 1" in {each.article.id for each in store.records}
            assert there == (not any("nine" in each.words and "B2" in each.label for each in adrift))
        act(store, "again")
        act(store, "wire back")
        assert settle(store) == []
        assert {claim.address, "<https://w3id.org/newsclaims/id/happening/interception-tarn-2024-03-04>"} == targets(
            store
        )
        assert [each.words for each in claims_of(store, targets(store))] == [claim.words]


def act(store, step):
    if step == "withdraw":
        store.remove("tarn/raid 1")
    elif step == "again":
        put(store, RAID)
    elif step == "wire away":
        store.remove("wire-1")
    elif step == "wire back":
        put(store, DENIAL)
    else:
        put(store, later(RAID, step))
