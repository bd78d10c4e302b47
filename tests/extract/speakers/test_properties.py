"""What holds of speakers in any text, whatever its attributions."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.actors.mentions import find_mentions
from kg.extract.attribution.assign_claimants import name_claimants
from kg.extract.document.parsed_article import ParsedArticle
from kg.model import ActorKind, Article, Attribution, CharSpan, Mention, ResolvedBy, Style

pytestmark = pytest.mark.model

PARTS = """Marta Kowal Mr Ms the its governor ministry Ukraine 's ’s air force said he she it they who I “ ” " , . - Reuters
TASS agency on Telegram in a statement told officials police and of Poland Kremlin ( ) Україна 中文 é x"""
WORDS = st.sampled_from([*PARTS.split(), "\n\n", "\u200b"])
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join).filter(str.strip) | st.text(
    min_size=1, max_size=40
).filter(str.strip)


@st.composite
def articles(draw):
    """A text, and attributions whose parts lie anywhere in it, even in one another."""
    text = draw(TEXTS)

    def span():
        start = draw(st.integers(0, len(text) - 1))
        return CharSpan(start, draw(st.integers(start + 1, len(text))))

    made = [
        Attribution(
            cue=(span(),) if draw(st.booleans()) else (),
            content=(span(),),
            source=(span(),) if draw(st.booleans()) else (),
            id=f"a{number}",
            style=draw(st.sampled_from(Style)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return text, tuple(made)


def speakers(nlp, text, made, name="an-article"):
    reading = ParsedArticle(Article(name, text), nlp(text))
    reading.found.extend(find_mentions(reading))
    return reading.of(Mention), name_claimants(reading, made)


LIMITS = settings(max_examples=60)


@LIMITS
@given(articles())
def test_any_text_is_read_and_nothing_but_speakers_changes(nlp, article):
    text, made = article
    mentions, found = speakers(nlp, text, made)
    assert [(each.id, each.source, each.cue, each.content) for each in found] == [
        (each.id, each.source, each.cue, each.content) for each in made
    ]
    assert all(each.span.end <= len(text) for each in mentions)
    for one, two in pairwise(mentions):
        assert one.span.end <= two.span.start
    for each in found:
        assert each.channel is None or each.channel.span.of(text).strip()


@LIMITS
@given(articles())
def test_the_same_article_gives_the_same_speakers(nlp, article):
    assert speakers(nlp, *article) == speakers(nlp, *article)


@LIMITS
@given(articles())
def test_no_unnamed_source_is_the_same_in_two_articles(nlp, article):
    def nameless(name):
        mentions, found = speakers(nlp, *article, name=name)
        ids = {each.id for each in mentions if each.kind is ActorKind.UNNAMED}
        return ids | {
            each.claimant.id
            for each in found
            if each.claimant
            and (each.claimant.kind is ActorKind.UNNAMED or each.claimant.resolved_by is ResolvedBy.UNRESOLVED)
        }

    assert not nameless("one") & nameless("two")
