"""The code, the queries, the shapes and kg.ttl use the same terms: none unknown, none without its meaning."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg import model
from kg.graph import vocab
from kg.graph.article_mapping import BASES, EDGES, OUTCOMES, RESOLUTIONS
from kg.graph.ontology import SHAPES, TERMS, event_types, path
from scripts.ontology_page import PAGE, page

ROOT = Path(__file__).parents[1]
KG = Namespace(vocab.KG.base)
KGV = Namespace(vocab.KGV.base)
SH = Namespace("http://www.w3.org/ns/shacl#")
ONTOLOGY = Graph().parse(path(TERMS), format="turtle")
RULES = Graph().parse(path(SHAPES), format="turtle")
OURS = (str(KG), str(KGV))
DECLARED = {term for term in ONTOLOGY.subjects() if str(term).startswith(OURS)}

CODE = sorted((ROOT / "kg").rglob("*.py"))
QUERIES = sorted((ROOT / "kg").rglob("*.rq"))


def used(text):
    """The terms that Python or SPARQL names: KG.claims, kg:claims, kgv:eq."""
    named = re.findall(r"\b(kgv|kg):([A-Za-z_]\w*)", text)
    named += [
        (space.lower(), name) for space, name in re.findall(r"\b(KGV|KG)\.([A-Za-z_]\w*)", text) if name != "base"
    ]
    return {{"kg": KG, "kgv": KGV}[space][name] for space, name in named}


@pytest.mark.parametrize("file", [*CODE, *QUERIES, path(SHAPES)], ids=lambda file: str(file.relative_to(ROOT)))
def test_no_file_uses_a_term_that_the_ontology_does_not_know(file):
    text = file.read_text("utf-8")
    if file.suffix == ".ttl":
        text = re.sub(r'"[^"\n]*"@en', "", text)
    assert used(text) - DECLARED == set()


@pytest.mark.parametrize("term", sorted(DECLARED), ids=lambda term: term.rpartition("/")[2])
def test_every_term_is_documented(term):
    assert ONTOLOGY.value(term, RDFS.label) or ONTOLOGY.value(term, SKOS.prefLabel)
    assert str(ONTOLOGY.value(term, SKOS.definition)).endswith((".", ")"))
    assert ONTOLOGY.value(term, SKOS.example)


def test_every_class_and_property_is_tied_to_a_known_vocabulary_or_to_one_that_is():
    ties = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.exactMatch)
    classes = set(ONTOLOGY.subjects(RDF.type, OWL.Class))
    assert {term for term in classes if not any(ONTOLOGY.value(term, tie) for tie in ties)} == set()


def test_all_that_the_ontology_names_of_its_own_is_declared():
    named = {term for triple in ONTOLOGY for term in triple if isinstance(term, URIRef) and str(term).startswith(OURS)}
    assert named - DECLARED == set()


def test_event_types_have_two_levels():
    for name, (family, label) in event_types().items():
        assert event_types()[family][0] == family
        assert label == label.strip() != ""
        assert re.fullmatch(r"[A-Z][A-Za-z]+", name)


@pytest.mark.parametrize(
    "classes",
    [
        *vocab.ACTOR_CLASSES.values(),
        *vocab.CHANNEL_CLASSES.values(),
        *vocab.ATTRIBUTION_CLASSES.values(),
        vocab.NARRATION_CLASSES,
    ],
)
def test_superclasses_are_written_out(classes):
    written = {URIRef(each[1:-1]) for each in classes}
    narrowest = URIRef(classes[0][1:-1])
    above = {each for each in ONTOLOGY.transitive_objects(narrowest, RDFS.subClassOf) if each.startswith(KG)}
    assert {each for each in written if each.startswith(KG)} == above


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (model.TimeBasis, BASES),
        (model.ResolvedBy, RESOLUTIONS),
        (model.ActorKind, vocab.ACTOR_CLASSES),
        (model.ChannelKind, vocab.CHANNEL_CLASSES),
        (model.Kind, vocab.ATTRIBUTION_CLASSES),
    ],
)
def test_every_word_of_the_model_has_its_term(kind, table):
    assert set(table) == set(kind)


@pytest.mark.parametrize(
    "kind", [model.Style, model.Medium, model.Polarity, model.Certainty, model.Tense, model.Comparator, model.Severity]
)
def test_words_that_are_written_as_they_are_have_their_term(kind):
    assert {KGV[word] for word in kind} <= DECLARED


def test_plain_edges_and_outcomes_are_terms():
    assert {URIRef(term[1:-1]) for term in (*EDGES.values(), *OUTCOMES.values())} <= DECLARED


# ------------------------------------------------------------------------------------------- shapes


def test_every_shape_has_a_severity_and_every_constraint_a_message_with_a_mend():
    for shape in RULES.subjects(RDF.type, SH.NodeShape):
        assert RULES.value(shape, SH.severity)
    for predicate in (SH.property, SH.sparql):
        for constraint in RULES.objects(None, predicate):
            message = str(RULES.value(constraint, SH.message))
            assert re.fullmatch(r"[^.]+(\.ttl[^.]*)*\. Fix: .+\.", message), message
            assert predicate == SH.sparql or RULES.value(constraint, SH.severity)


def test_no_two_constraints_have_one_message():
    messages = [str(message) for message in RULES.objects(None, SH.message)]
    assert len(messages) == len(set(messages)) > 100


def test_every_query_of_a_shape_can_be_read():
    for query in RULES.objects(None, SH.select):
        prepareQuery(str(query), initNs={"kg": KG, "kgv": KGV, "schema": "https://schema.org/"})


def test_the_page_is_what_the_ontology_says():
    assert PAGE.read_text("utf-8") == page(), "stale: run python -m scripts.ontology_page"
