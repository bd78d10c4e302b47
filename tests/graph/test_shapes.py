import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.graph import PREFIXES, Store, shared_quads, to_quads, validate
from kg.graph.vocab import SHARED, article_graph
from kg.model import ActorKind, CharSpan, Corpus, Issue, Mention
from tests.graph.samples import DENIAL, LAND, POST, RAID

GRAPHS = {"raid": article_graph(RAID.article.id), "wire": article_graph(DENIAL.article.id), "shared": SHARED}
DECLARED = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())


def breakages():
    lines = Path(__file__).with_name("breakages.tsv").read_text("utf-8").splitlines()
    return list(
        csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    )


def test_a_good_graph_is_clean(sample):
    assert list(validate(sample)) == []


@pytest.mark.parametrize("row", breakages(), ids=lambda row: row["name"])
def test_each_breakage_is_told_with_its_own_message_and_mend(sample, row):
    update = f"{DECLARED}WITH {GRAPHS[row['graph']]} DELETE {{ {row['delete']} }} INSERT {{ {row['insert']} }} WHERE {{ {row['where']} }}"
    before = len(sample), set(sample.quads())
    sample._quads.update(update)
    assert (len(sample), set(sample.quads())) != before, "nothing was broken"
    found = [each for each in validate(sample) if each.message.startswith(row["says"])]
    assert found
    assert all(each.fix.endswith(".") and each.node for each in found)


def test_one_article_can_be_checked_alone(sample):
    sample._quads.update(f"{DECLARED}DELETE WHERE {{ GRAPH {GRAPHS['wire']} {{ ?d kg:sha256 ?x }} }}")
    assert list(validate(sample, ["tarn/raid 1"])) == []
    assert len(list(validate(sample, ["wire-1"]))) == 1
    with pytest.raises(InputError, match=r"no article 'wire-2' in the store\n  Did you mean 'wire-1'\?"):
        list(validate(sample, ["wire-2"]))


def test_the_breakages_have_messages_of_their_own():
    assert len({row["says"] for row in breakages()}) >= 25


def test_a_finding_says_where_and_quotes_the_words(sample):
    sample._quads.update(
        f"{DECLARED}WITH {GRAPHS['raid']} DELETE {{ ?f kg:comparator ?x }} WHERE {{ ?f kg:value 9 ; kg:comparator ?x }}"
    )
    (told,) = (str(each) for each in validate(sample))
    assert told == (
        "tarn/raid 1: A figure needs its comparator: eq, ge, gt, le, lt, approx, range or vague.\n"
        '  at figure/tarn:raid%201:57-80:112-Interception:80-84 "nine"\n'
        "  Correct the extractor named by kg:rule, then rebuild the article (kg build --force)."
    )


@pytest.mark.model
def test_the_seeds_are_clean(seeds_store):
    with Store(seeds_store, readonly=True) as store:
        assert [str(each) for each in validate(store)] == []


def test_a_text_of_odd_characters_is_whole_and_clean():
    odd = (
        '\x85\u2028\u2029\x0b\x0c\x00\x1e "quoted\\" \\u0022 <b>&amp; \U0001f600 e\u0301 \u202eabc\r\n\r \ufeff \ufffe'
    )
    span = CharSpan(len(POST), len(POST) + len(odd))
    article = replace(RAID.article, text=POST + odd, title=odd, url=odd, outlet=odd)
    mentions = (Mention(span, ActorKind.PERSON, odd, f"actor/{odd}"),)
    extraction = replace(RAID, article=article, issues=(Issue(odd, odd, span),), mentions=mentions)
    with Store() as store:
        store.replace(article, to_quads(extraction))
        store.replace_shared(shared_quads(Corpus(places=(LAND,)), [extraction]))
        assert [str(each) for each in validate(store)] == []
        assert len(store.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").triples) == len(store)
