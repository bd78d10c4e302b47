"""Who is who: names to entities, with reasons; what an analyst says wins."""

import pytest

from kg.model import ActorKind, Article, CharSpan, Entity, Extraction, Extractor, Mention
from kg.resolve import KnownEntities, resolve
from kg.resolve.entities.name_forms import acronym, key, skeleton
from kg.resolve.known_entities import IdentityJudgement

SIGNER = Extractor("test", "0", "none")


def article(id_, *named):
    mentions = tuple(Mention(CharSpan(0, 1), kind, label, actor) for actor, label, kind in named)
    return Extraction(Article(id_, "x", outlet="Paper", published="2031-10-07"), SIGNER, mentions=mentions)


def person(label, id_=None):
    return (id_ or f"actor/{label.lower().replace(' ', '-')}", label, ActorKind.PERSON)


def body(label):
    return (f"actor/{label.lower().replace(' ', '-')}", label, ActorKind.ORGANIZATION)


NOTHING_KNOWN = KnownEntities()


def links(*articles, world=NOTHING_KNOWN):
    return {link.actor: (link.entity, link.reason) for link in resolve(articles, world).links}


def test_spellings_of_one_person_are_one():
    found = links(
        article("a", person("Volodymyr Zelensky")),
        article("b", person("Volodymyr Zelenskiy")),
        article("c", person("Volodymyr Zelenskyy")),
    )
    assert len({found[actor][0] for actor in found if "volodymyr" in actor}) == 1
    assert found["actor/volodymyr-zelensky"][1] == "transliteration"


def test_a_surname_goes_to_the_one_who_bears_it_and_to_no_one_of_two():
    one = article("a", person("Ostap Veremiy"), person("Veremii"))
    assert links(one)["actor/veremii"] == ("actor/ostap-veremiy", "role")
    two = article("b", person("Halyna Veremiy"))
    assert links(one, two)["actor/veremii"] == ("actor/veremii", "itself")


def test_an_acronym_goes_to_the_body_that_it_shortens():
    found = links(article("a", body("Kyiv City Military Administration")), article("b", body("KCMA")))
    assert found["actor/kcma"] == ("actor/kyiv-city-military-administration", "acronym")


def test_an_unnamed_source_is_only_ever_itself():
    unnamed = [(f"actor/{a}/officials-10", "officials", ActorKind.UNNAMED) for a in "ab"]
    found = links(article("a", unnamed[0]), article("b", unnamed[1]))
    assert all(found[actor] == (actor, "itself") for actor, _, _ in unnamed)


def test_a_listed_alias_wins_over_spelling():
    world = KnownEntities((Entity("actor/z", "Zelensky", ActorKind.PERSON, ("Volodymyr Zelensky",)),))
    assert links(article("a", person("Volodymyr Zelensky")), world=world)["actor/volodymyr-zelensky"] == (
        "actor/z",
        "alias",
    )


@pytest.mark.parametrize("same", [True, False])
def test_a_judgement_wins(same):
    judgement = IdentityJudgement("actor/a-lunin", "actor/arkady-lunin", same, "me", "2031-10-09", "checked")
    world = KnownEntities((Entity("actor/arkady-lunin", "Arkady Lunin", ActorKind.PERSON, ("A Lunin",)),), (judgement,))
    found = links(article("a", person("A Lunin")), world=world)
    assert (found["actor/a-lunin"][0] == "actor/arkady-lunin") is same


def test_names_in_their_common_form():
    assert key("The Kyiv Independent\u2019s") == "kyiv independent"
    assert skeleton("Artyukhov") == skeleton("Artiukhov")
    assert acronym("State Emergency Service of Ukraine") == "SESU"
    assert not acronym("Air Force")


def test_a_text_told_again_is_a_copy_of_the_earliest():
    text = " ".join(f"word{i * i}" for i in range(200))
    first, again = Article("z", text, published="2031-10-07"), Article("a", f"By wire. {text}", published="2031-10-08")
    other = Article("b", " ".join(f"other{i}" for i in range(200)), published="2031-10-08")
    (copy,) = resolve([Extraction(each, SIGNER) for each in (again, other, first)], KnownEntities()).copies
    assert (copy.copy, copy.original) == ("a", "z")
    assert copy.overlap > 0.9
