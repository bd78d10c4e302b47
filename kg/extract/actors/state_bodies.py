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
StateNames = list[tuple[int, State, bool]]


@dataclass(frozen=True, slots=True)
class StateMention:
    """A body's name at its place; ``state`` None where the words do not say whose it is."""

    span: Span
    pattern: str
    state: State | None


def find_state_mentions(parsed: ParsedArticle, entities: Sequence[EntitySpan]) -> Iterator[Mention]:
    """The bodies whose state the words or the article name; others stay unnamed."""
    state_names = _named_states(parsed, entities)
    found = list(_bodies(parsed, state_names))
    owners: dict[str, dict[str, State]] = {}
    others = {each.pattern for each in found if each.state is None and _placed(each.span)}
    for each in found:
        if each.state is not None:
            owners.setdefault(each.pattern, {})[each.state.name] = each.state
    for each in found:
        state = each.state
        if state is None and _definite(each.span) and each.pattern not in others:
            known = list(owners.get(each.pattern, {}).values())
            state = known[0] if len(known) == 1 else states_in_play(state_names, each.span.start)
        if state is not None:
            label = states.body_label(each.pattern, state)
            kind = ActorKind.COUNTRY if label == state.government else ActorKind.ORGANIZATION
            yield Mention(parsed.span(each.span), kind, label, f"actor/{slug(label)}", parsed.span(each.span[-1]))


def states_in_play(state_names: StateNames, before: int) -> State | None:
    """The state that the article speaks of at token ``before``: the one named far more often than any other so far."""
    ranked = Counter(state for i, state, _ in state_names if i < before).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < DOMINANT * ranked[1][1]):
        return None
    return ranked[0][0]


def _last_named(state_names: StateNames, before: int) -> State | None:
    """Whose "the country's" is: the state last called by its own name."""
    return next((state for i, state, named in reversed(state_names) if named and i < before), None)


def _possessor(state_names: StateNames, token: Token) -> State | None:
    """The state that "its" means: the last one named in the sentence, or before."""
    before = [(i, state) for i, state, _ in state_names if i < token.i]
    near = [state for i, state in before if i >= token.sent.start]
    return near[-1] if near else before[-1][1] if before else None


def _named_states(parsed: ParsedArticle, entities: Sequence[EntitySpan]) -> StateNames:
    found = []
    for each in entities:
        words = names.without_determiner(each.words, parsed.lexicon)
        state = states.state_meant(words, parsed.lexicon)
        if state is not None:
            found.append((each.span.start, state, each.label != "NORP"))
    return found


def _bodies(parsed: ParsedArticle, state_names: StateNames) -> Iterator[StateMention]:
    doc = parsed.doc
    done = 0
    for i in token_lookup.find_tokens(doc, "LOWER", states.body_heads(parsed.lexicon)):
        token = doc[i]
        if i < done:
            continue
        for start in range(max(done, token.i - LONGEST + 1), token.i + 1):
            pattern = states.state_body(doc[start : token.i + 1].text, parsed.lexicon)
            if pattern is not None and not _goes_on(token.i, parsed):
                span, state = _owner(doc[start : token.i + 1], parsed, state_names)
                if state is not None or start < token.i or _definite(span):
                    yield StateMention(span, pattern, state)
                done = token.i + 1
                break


def _goes_on(last: int, parsed: ParsedArticle) -> bool:
    """Whether a longer name, or another noun, follows ("the military head", "army chief", "forces general staff")."""
    doc = parsed.doc
    if last + 1 >= len(doc):
        return False
    after = doc[last + 1]
    return (
        doc[last].dep_ in {"compound", "amod", "nmod"}
        and doc[last].head.i > last
        and after.pos_ in {"NOUN", "PROPN", "ADJ"}
    )


def _owner(span: Span, parsed: ParsedArticle, state_names: StateNames) -> tuple[Span, State | None]:
    """The span with the words that say whose body it is, and the state."""
    doc, start = parsed.doc, span.start
    while start and doc[start - 1].text in {"(", ")", '"'}:
        start -= 1
    if start and doc[start - 1].tag_ == "POS":
        first = start - 2
        while first > 0 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].head.i >= first:
            first -= 1
        words = doc[first : start - 1].text
        state = states.state_meant(names.without_determiner(words, parsed.lexicon), parsed.lexicon)
        if state is not None:
            return _with_article(doc[first : span.end]), state
        if doc[start - 2].lower_ in parsed.lexicon.words("reference_words", "land"):
            whole = _with_article(doc[start - 2 : span.end])
            return whole, _last_named(state_names, whole.start)
    if start and doc[start - 1].lower_ in {"its", "their"}:
        return doc[start - 1 : span.end], _possessor(state_names, doc[start - 1])
    for width in (2, 1):
        if start >= width and (state := states.state_of_adjective(doc[start - width : start].text, parsed.lexicon)):
            return _with_article(doc[start - width : span.end]), state
    if span.end + 1 < len(doc) and doc[span.end].lower_ in {"of", "in"}:
        after = doc[span.end + 1 :]
        for width in (3, 2, 1):
            state = states.state_meant(after[:width].text, parsed.lexicon) if len(after) >= width else None
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
