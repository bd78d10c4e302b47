"""Who is in an article: persons, organisations, outlets, states and their bodies, groups, unnamed sources.

The model's entities, corrected where the article itself shows better: a lone surname is the person whose full name occurs,
what follows a title is a person, "Ukraine's air force" and "the country's air force" are one body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from kg.extract.actors import channel_names, names, people, state_bodies, states
from kg.extract.actors.people import EntitySpan
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.registry import extractor
from kg.ids import outlet_id, slug
from kg.model import ActorKind, Mention

#: a subject or agent: where a noun or a state's name stands for one who acts
BODY_LABELS = frozenset({"ORG", "GPE", "NORP", "FAC"})
ACTING = frozenset({"nsubj", "agent", "csubj"})


@extractor("mentions")
def find_actors(parsed: ParsedArticle) -> Iterator[Mention]:
    """The mentions of an article, in reading order; none overlaps another.

    A label is the longest name that the article has for the actor; an id is made of the label ("actor/oleksiy-kuleba",
    "outlet/reuters"), for an unnamed source of the article's id and the mention's place, so that it is never shared.
    """
    yield from find_mentions(parsed)


def find_mentions(parsed: ParsedArticle) -> tuple[Mention, ...]:
    """As `find_actors`, at once."""
    taken: set[int] = set()
    kept: list[Mention] = []
    found = people.entity_spans(parsed)
    for each in (
        *state_bodies.find_state_mentions(parsed, found),
        *people.find_named_actors(parsed, found),
        *_organizations(parsed, found),
        *_acting_states(parsed, found),
        *_unnamed(parsed),
    ):
        tokens = parsed.tokens(each.span)
        inside = range(tokens.start, tokens.end)
        if taken.isdisjoint(inside) and parsed.silent.isdisjoint(inside):
            taken.update(inside)
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.span))


def actor_id(label: str, kind: ActorKind) -> str:
    """The id of a named actor, the same in every article."""
    return outlet_id(label) if kind is ActorKind.OUTLET else f"actor/{slug(label)}"


def unnamed_id(parsed: ParsedArticle, words: str, start: int) -> str:
    """The id of a source without a name: never the same in two articles, nor for two mentions."""
    return f"actor/{slug(parsed.article.id)}/{slug(words)}-{start}"


def _organizations(parsed: ParsedArticle, entities: Sequence[EntitySpan]) -> Iterator[Mention]:
    found: list[tuple[Span, str]] = []
    for each in entities:
        label = names.without_determiner(each.words, parsed.lexicon)
        known = names.known_outlet(label, parsed.lexicon)
        named = each.label == "ORG" or known or _acronym(label) or names.is_body(label, parsed.lexicon)
        if channel_names.is_platform(label, parsed.lexicon) and not is_acting(each.span.root):
            continue
        if label and named and not states.state_meant(label, parsed.lexicon):
            found.append((each.span, known or label))
    found += _acronyms(parsed, found)
    longer = _longer(parsed, [label for _, label in found])
    outlets = {longer.get(label, label) for span, label in found if _calls_itself_outlet(span, parsed)}
    first = {longer.get(label, label): span.start_char for span, label in reversed(found)}
    if parsed.article.outlet:
        outlets.add(names.without_determiner(parsed.article.outlet, parsed.lexicon))
    for span, label in found:
        meaning = states.metonym_of(label, parsed.lexicon)
        full = meaning.label if meaning else longer.get(label, label)
        kind = ActorKind.OUTLET if full in outlets else names.kind_of(full, "ORG", parsed.lexicon)
        bare = not any(map(str.isupper, full)) or states.state_body(full, parsed.lexicon) is not None
        # "the health ministry" of one article is not that of another
        ident = unnamed_id(parsed, full, first[full]) if bare else actor_id(full, kind)
        yield Mention(parsed.span(span), kind, full, ident, parsed.span(span.root))


def _acronym(label: str) -> bool:
    return 1 < len(label) <= people.ACRONYM and label.isupper() and label.isalpha()


def _longer(parsed: ParsedArticle, labels: list[str]) -> dict[str, str]:
    """For an acronym the name that it stands for, anywhere in the article; for a first part, the full name given before."""
    order = list(dict.fromkeys(labels))
    initials = {
        short: label for label in reversed(order) if " " in label for short in (_initials(label), _joined(label))
    }
    stated = _bracketed(parsed)
    full: dict[str, str] = {}
    for number, label in enumerate(order):
        if label.isupper() and " " not in label:
            if long := stated.get(label) or initials.get(label.replace(".", "")):
                full[label] = long
        elif len(label) > 3 and not names.known_outlet(label, parsed.lexicon):
            begun = [other for other in order[:number] if other.startswith(label + " ")]
            if len(begun) == 1:
                full[label] = begun[0]
    return full


def _initials(label: str) -> str:
    return "".join(word[0] for word in label.replace("-", " ").split() if word[0].isupper())


def _acronyms(parsed: ParsedArticle, found: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """The acronyms given in brackets, wherever else they stand; the model often sees no name there."""
    taken = {token.i for span, _ in found for token in span}
    at = token_lookup.find_tokens(parsed.doc, "ORTH", frozenset(_bracketed(parsed)))
    return [(parsed.doc[i : i + 1], parsed.doc[i].text) for i in at if i not in taken]


def _joined(label: str) -> str:
    """The initials of a firm's name with its "&": "Kessler & Kessler" -> "K&K"."""
    words = label.split()
    return "".join(word[0] for word in words) if "&" in words else ""


def _bracketed(parsed: ParsedArticle) -> dict[str, str]:
    """Acronyms by the name that stands before them in brackets: "the Israel Defense Forces (IDF)"."""
    doc = parsed.doc
    found: dict[str, str] = {}
    for i in token_lookup.find_tokens(doc, "ORTH", frozenset("(")):
        close = i + 2 < len(doc) and doc[i + 2].text == ")" and _acronym(doc[i + 1].text)
        name = next((ent for ent in doc[max(i - 8, 0) : i].ents if ent.end == i and ent.label_ in BODY_LABELS), None)
        if close and name is not None:
            label = names.without_determiner(names.squeeze(name.text), parsed.lexicon)
            if " " in label and doc[i + 1].text[0] == label[0]:
                found.setdefault(doc[i + 1].text, label)
    return found


def _calls_itself_outlet(span: Span, parsed: ParsedArticle) -> bool:
    """Whether a noun that governs the name, or explains it, says that it is a newspaper or an agency."""
    top = span.root
    while top.dep_ in {"compound", "nmod"}:
        top = top.head
    explained = [child for child in span.root.children if child.dep_ == "appos"]
    for noun in (top, *explained):
        before = noun.nbor(-1).lower_ if noun.i else ""
        known = names.noun_of(f"{before} {noun.lemma_}", parsed.lexicon) or names.noun_of(noun.lemma_, parsed.lexicon)
        if noun not in span and known is not None and known.kind == "outlet":
            return True
    return False


def _acting_states(parsed: ParsedArticle, entities: Sequence[EntitySpan]) -> Iterator[Mention]:
    """A state's name where it acts ("Russia launched", "struck by Russia"); as a place it is no actor."""
    for each in entities:
        span, words = each.span, each.words
        state = states.state_named(words, parsed.lexicon)
        meaning = states.metonym_of(words, parsed.lexicon)
        if meaning is not None:
            ident = actor_id(meaning.label, meaning.kind)
            yield Mention(parsed.span(span), meaning.kind, meaning.label, ident, parsed.span(span.root))
        elif state is not None and is_acting(span.root):
            label = state.government
            yield Mention(
                parsed.span(span),
                ActorKind.COUNTRY,
                label,
                actor_id(label, ActorKind.COUNTRY),
                parsed.span(span.root),
            )
        elif each.label == "NORP" and span.root.tag_ in {"NNPS", "NNS"}:
            ident = actor_id(words, ActorKind.GROUP)
            yield Mention(parsed.span(span), ActorKind.GROUP, words, ident, parsed.span(span.root))


def is_acting(token: Token) -> bool:
    """Whether a noun is a subject, an agent, or joined to one."""
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ in ACTING or (token.dep_ == "pobj" and token.head.dep_ == "agent")


def _unnamed(parsed: ParsedArticle) -> Iterator[Mention]:
    """People without a name where they act: "officials", "a source close to the talks"."""
    for i in token_lookup.find_tokens(parsed.doc, "LEMMA", names.noun_lemmas(parsed.lexicon, "person", "group")):
        token = parsed.doc[i]
        if token.pos_ != "NOUN" or token.ent_type_ in {"PERSON", "ORG"}:
            continue
        known = names.noun_of(token.lemma_, parsed.lexicon)
        if known is None or not is_acting(token):
            continue
        if any(child.dep_ == "appos" for child in token.children):
            continue
        span = noun_phrase(token)
        introduced = token.tag_ == "NN" and span[0].lower_ in parsed.lexicon.words("reference_words", "determiner")
        if introduced and span[0].morph.get("Definite", []) != ["Ind"]:
            continue  # "the governor" is someone that was introduced
        label = names.without_determiner(names.squeeze(span.text), parsed.lexicon)
        where = parsed.span(span)
        yield Mention(where, ActorKind.UNNAMED, label, unnamed_id(parsed, label, where.start), parsed.span(token))


def noun_phrase(token: Token) -> Span:
    """A noun with what stands before it, and its "of" or "from": "some residents of the city", without clauses."""
    doc = token.doc
    start = token.left_edge.i
    end = token.i + 1
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "from"} and child.i == end:
            end = min((c.i for c in child.subtree if c.dep_ in {"relcl", "acl"}), default=child.right_edge.i + 1)
            while end > token.i + 1 and doc[end - 1].is_punct:
                end -= 1
    while start < token.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return doc[start:end]
