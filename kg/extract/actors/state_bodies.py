"""Bodies of states: "Ukraine's air force", "the Ukrainian military", "the country's Air Force", "the armed forces"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract.actors import names, states
from kg.extract.actors.people import EntitySpan
from kg.extract.actors.states import State
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.ids import slug
from kg.model import ActorKind, Mention

LONGEST = 4

#: "the armed forces" are those of the state that the article names so many times as often as any other
DOMINANT = 3
#: (token, state, whether by its own name) of each name, adjective or capital of a state in an article
Told = list[tuple[int, State, bool]]


@dataclass(frozen=True, slots=True)
class StateMention:
    """A body's name at its place; ``state`` None where the words do not tell whose it is."""

    span: Span
    pattern: str
    state: State | None


def find_state_mentions(reading: ParsedArticle, entities: Sequence[EntitySpan]) -> Iterator[Mention]:
    """The bodies whose state the words or the article tell; others stay unnamed."""
    told = _named_states(reading, entities)
    found = list(_bodies(reading, told))
    owners: dict[str, dict[str, State]] = {}
    others = {each.pattern for each in found if each.state is None and _placed(each.span)}
    for each in found:
        if each.state is not None:
            owners.setdefault(each.pattern, {})[each.state.name] = each.state
    for each in found:
        state = each.state
        if state is None and _definite(each.span) and each.pattern not in others:
            known = list(owners.get(each.pattern, {}).values())
            state = known[0] if len(known) == 1 else states_in_play(told, each.span.start)
        if state is not None:
            label = states.body_label(each.pattern, state)
            kind = ActorKind.COUNTRY if label == state.government else ActorKind.ORGANIZATION
            yield Mention(reading.span(each.span), kind, label, f"actor/{slug(label)}", reading.span(each.span[-1]))


def states_in_play(told: Told, before: int) -> State | None:
    """The state that the article speaks of at token ``before``: the one told far more often than any other so far."""
    ranked = Counter(state for i, state, _ in told if i < before).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < DOMINANT * ranked[1][1]):
        return None
    return ranked[0][0]


def _last_named(told: Told, before: int) -> State | None:
    """Whose "the country's" is: the state last called by its own name."""
    return next((state for i, state, named in reversed(told) if named and i < before), None)


def _possessor(told: Told, token: Token) -> State | None:
    """The state that "its" means: the last one named in the sentence, or before."""
    before = [(i, state) for i, state, _ in told if i < token.i]
    near = [state for i, state in before if i >= token.sent.start]
    return near[-1] if near else before[-1][1] if before else None


def _named_states(reading: ParsedArticle, entities: Sequence[EntitySpan]) -> Told:
    found = []
    for each in entities:
        words = names.without_determiner(each.words, reading.lexicon)
        state = states.state_meant(words, reading.lexicon)
        if state is not None:
            found.append((each.span.start, state, each.label != "NORP"))
    return found


def _bodies(reading: ParsedArticle, told: Told) -> Iterator[StateMention]:
    doc = reading.doc
    done = 0
    for i in token_lookup.find_tokens(doc, "LOWER", states.body_heads(reading.lexicon)):
        token = doc[i]
        if i < done:
            continue
        for start in range(max(done, token.i - LONGEST + 1), token.i + 1):
            pattern = states.state_body(doc[start : token.i + 1].text, reading.lexicon)
            if pattern is not None and not _goes_on(token.i, reading):
                span, state = _owner(doc[start : token.i + 1], reading, told)
                if state is not None or start < token.i or _definite(span):
                    yield StateMention(span, pattern, state)
                done = token.i + 1
                break


def _goes_on(last: int, reading: ParsedArticle) -> bool:
    """Whether a longer name, or another noun, follows ("the military head", "army chief", "forces general staff")."""
    doc = reading.doc
    if last + 1 >= len(doc):
        return False
    after = doc[last + 1]
    return (
        doc[last].dep_ in {"compound", "amod", "nmod"}
        and doc[last].head.i > last
        and after.pos_ in {"NOUN", "PROPN", "ADJ"}
    )


def _owner(span: Span, reading: ParsedArticle, told: Told) -> tuple[Span, State | None]:
    """The span with the words that tell whose body it is, and the state."""
    doc, start = reading.doc, span.start
    while start and doc[start - 1].text in {"(", ")", '"'}:
        start -= 1
    if start and doc[start - 1].tag_ == "POS":
        first = start - 2
        while first > 0 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].head.i >= first:
            first -= 1
        words = doc[first : start - 1].text
        state = states.state_meant(names.without_determiner(words, reading.lexicon), reading.lexicon)
        if state is not None:
            return _with_article(doc[first : span.end]), state
        if doc[start - 2].lower_ in reading.lexicon.words("reference_words", "land"):
            whole = _with_article(doc[start - 2 : span.end])
            return whole, _last_named(told, whole.start)
    if start and doc[start - 1].lower_ in {"its", "their"}:
        return doc[start - 1 : span.end], _possessor(told, doc[start - 1])
    for width in (2, 1):
        if start >= width and (state := states.state_of_adjective(doc[start - width : start].text, reading.lexicon)):
            return _with_article(doc[start - width : span.end]), state
    if span.end + 1 < len(doc) and doc[span.end].lower_ in {"of", "in"}:
        after = doc[span.end + 1 :]
        for width in (3, 2, 1):
            state = states.state_meant(after[:width].text, reading.lexicon) if len(after) >= width else None
            if state is not None:
                return _with_article(doc[span.start : span.end + 1 + width]), state
    return _with_article(span), None


def _placed(span: Span) -> bool:
    """Whether the words around say whose it is, although they name no state.

    behind  the health ministry in the territory; the health ministry, which is run by the rebels
    before  the rebel-run health ministry; the Ostra region's health ministry
    """
    root, doc = span.root, span.doc
    after = any(c.dep_ == "prep" and c.lower_ in {"in", "of", "for"} and c.i == span.end for c in root.rights)
    clause = any(c.dep_ in {"relcl", "acl"} and c.lemma_ != "say" for c in root.rights)
    owned = any(c.dep_ in {"amod", "compound", "nmod", "poss"} and c.i < span.start for c in root.lefts)
    joined = span.start > 0 and (
        doc[span.start - 1].tag_ in {"POS", "HYPH", "VBN"} or doc[span.start - 1].pos_ == "ADJ"
    )
    return after or clause or owned or joined


def _with_article(span: Span) -> Span:
    doc = span.doc
    return doc[span.start - 1 : span.end] if span.start and doc[span.start - 1].lower_ == "the" else span


def _definite(span: Span) -> bool:
    return span[0].lower_ == "the"
