"""The persons that an article names, each mention under the longest name that the article has for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span, Token

from kg.extract.actors import channel_names, names, states
from kg.extract.document import token_lookup
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.ids import slug
from kg.model import ActorKind, Mention

#: labels of names; dates and numbers name no one
NAMING = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
#: labels that the model gives a lone surname in error
MISTAKEN = frozenset({"", "ORG", "GPE", "NORP", "PRODUCT", "FAC", "LOC", "WORK_OF_ART"})
#: a lone word in capitals, no longer than this, is a body's
ACRONYM = 5
INVISIBLE = "\u200b\u200c\u200d\ufeff"


@dataclass(frozen=True, slots=True)
class EntitySpan:
    """An entity of the model, trimmed: its tokens, its words on one line, the model's label."""

    span: Span
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class NamedActor:
    """A person's name at its place: tokens, and the name without titles."""

    span: Span
    name: str


def entity_spans(parsed: ParsedArticle) -> tuple[EntitySpan, ...]:
    """The entities that the model found, trimmed once for all that look at them."""
    trimmed = ((trim_name(ent, parsed.lexicon), ent.label_) for ent in parsed.doc.ents if ent.label_ in NAMING)
    return tuple(EntitySpan(span, names.squeeze(span.text), label) for span, label in trimmed)


def find_named_actors(parsed: ParsedArticle, found: Sequence[EntitySpan]) -> Iterator[Mention]:
    """The mentions of named persons, titles left out of span and label."""
    named = _named(parsed, found)
    named.sort(key=lambda each: each.span.start)
    fulls = Counter(each.name for each in named if " " in each.name)
    fits = {each.name: [full for full in fulls if _part_of(each.name, full, parsed.lexicon)] for each in named}
    for number, each in enumerate(named):
        label = _full(each, named[:number], fits[each.name], fulls, parsed)
        ident = f"actor/{slug(label)}"
        yield Mention(parsed.span(each.span), ActorKind.PERSON, label, ident, parsed.span(each.span.root))


def trim_name(span: Span, lexicon: Lexicon) -> Span:
    """A name without a determiner before it, a possessive behind it, and what follows a line's end."""
    doc, start, end = span.doc, span.start, span.end
    determiners = lexicon.words("reference_words", "determiner")
    for token in span:
        if token.is_space and "\n" in token.text and token.i > start:
            end = token.i
            break
    while start < end - 1 and (doc[start].is_space or doc[start].is_punct or doc[start].lower_ in determiners):
        start += 1
    while end > start + 1 and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].is_quote):
        end -= 1
    return doc[start:end]


@lru_cache(maxsize=4096)
def surname(name: str, lexicon: Lexicon) -> str:
    """The last word of a name that is no suffix ("Jr.")."""
    suffixes = lexicon.words("reference_words", "suffix")
    words = [word for word in name.split() if word.lower().strip(",") not in suffixes]
    return (words or name.split())[-1].strip(",")


def _named(parsed: ParsedArticle, entities_found: Sequence[EntitySpan]) -> list[NamedActor]:
    found: list[NamedActor] = []
    taken: set[int] = set()

    def take(span: Span) -> None:
        span = _whole(_untitled(span, parsed))
        name = names.squeeze(span.text)
        if name[:1].isupper() and not any(token.i in taken for token in span):
            taken.update(range(span.start, span.end))
            found.append(NamedActor(span, name))

    for each in entities_found:
        if (each.label == "PERSON" or _looks_personal(each, parsed)) and not _no_person(each, parsed):
            take(each.span)
    for span in _behind_titles(parsed):
        take(span)
    tails = {tail for each in found for tail in _tails(each.name)}
    for each in entities_found:
        if each.label != "PERSON" and each.words in tails:
            take(each.span)
    surnames = {surname(each.name, parsed.lexicon) for each in found if " " in each.name}
    surnames |= {name for name, count in Counter(each.name for each in found).items() if count > 1}
    for i in token_lookup.find_tokens(parsed.doc, "ORTH", _written(surnames)):
        if i not in taken and _lone(parsed.doc[i], parsed.lexicon):
            take(parsed.doc[i : i + 1])
    return found


def _tails(name: str) -> Iterator[str]:
    """Surnames of several words, or hyphened ones, that a name may end in: "el Aissami", "Guajardo Villarreal"."""
    words = name.split()
    for first in range(1, len(words) if "-" in name else len(words) - 1):
        yield " ".join(words[first:])


def _written(words: set[str]) -> frozenset[str]:
    """The words, also as pages write them with an invisible character at the end."""
    return frozenset(word + end for word in words for end in ("", *INVISIBLE))


def _looks_personal(entity: EntitySpan, parsed: ParsedArticle) -> bool:
    """Whether a name that the model took for a body is of a given name and a word that the model never met: "Taras Bilyk"."""
    words = entity.words.split()
    if entity.label in MISTAKEN and _is_aged(entity.span) and all(word[0].isupper() for word in words):
        return True
    vocab = parsed.doc.vocab
    if not vocab.vectors_length or not words or vocab.has_vector(words[-1].lower()):
        return False
    if entity.label not in MISTAKEN or not 2 <= len(words) <= 3 or not names.is_given(words[0], parsed.lexicon):
        return False
    return all(word[0].isupper() and not word.isupper() and word[0].isalpha() for word in words)


def _is_aged(name: Span) -> bool:
    """Whether an age follows a name, between commas: "Taras Bilyk, 23, faces charges"."""
    after = name.doc[name.end : name.end + 3]
    return len(after) == 3 and after[0].text == after[2].text == "," and after[1].text.isdigit() and len(after[1]) < 3


def _no_person(entity: EntitySpan, parsed: ParsedArticle) -> bool:
    words, lexicon = entity.words, parsed.lexicon
    if states.state_meant(words, lexicon) or names.known_outlet(words, lexicon) or states.metonym_of(words, lexicon):
        return True
    if channel_names.is_platform(words, lexicon):
        return True
    if len(words) <= ACRONYM and words.isupper() and words.isalpha():
        return True
    return names.is_body(words, lexicon)


def _whole(span: Span) -> Span:
    """The span with the second part of a hyphened surname that the model cut off."""
    doc, end = span.doc, span.end
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        if not doc[end + 1].text[:1].isupper():
            break
        end += 2
    return doc[span.start : end]


def _untitled(span: Span, parsed: ParsedArticle) -> Span:
    while len(span) > 1 and (names.title_of(span[0].text, parsed.lexicon) or span[0].text == "."):
        span = span[1:]
    return span


def _behind_titles(parsed: ParsedArticle) -> Iterator[Span]:
    """Capitalised words right behind a title, where the model saw no person."""
    doc = parsed.doc
    for i in token_lookup.find_tokens(doc, "LOWER", names.title_forms(parsed.lexicon)):
        if i + 1 == len(doc):
            break
        token, after = doc[i], doc[i + 1]
        known = names.title_of(token.text, parsed.lexicon)
        if known is None or after.ent_type_ == "PERSON" or after.pos_ != "PROPN" or not after.text[:1].isupper():
            continue
        if token.ent_type_ == "ORG" or names.title_of(after.text, parsed.lexicon) or not token.text[:1].isalpha():
            continue
        if known.kind == "office" and (
            after.ent_type_ not in {"", "GPE"} or states.state_meant(after.text, parsed.lexicon)
        ):
            continue
        end = after.i + 1
        while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
            end += 1
        last = names.noun_of(doc[end - 1].text, parsed.lexicon)
        if known.kind == "honorific" or last is None or last.kind != "organization":
            yield doc[after.i : end]


def _lone(token: Token, lexicon: Lexicon) -> bool:
    """Whether a surname is a whole name, not a part of another name ("Trump Tower")."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if token.ent_type_ not in MISTAKEN or token.pos_ not in {"PROPN", "NOUN", "ADJ", "VERB"}:
        return False
    if token.pos_ != "PROPN" and not token.text[:1].isupper():
        return False
    if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper():
        return False
    return before is None or before.pos_ != "PROPN" or names.title_of(before.text, lexicon) is not None


def _full(
    each: NamedActor, before: Sequence[NamedActor], fits: list[str], fulls: Counter[str], parsed: ParsedArticle
) -> str:
    """The longest name in the article that this one is a part of; the likeliest where there are several."""
    if not fits:
        return each.name
    last = [full for full in fits if surname(full, parsed.lexicon) == surname(each.name, parsed.lexicon)] or fits
    honorific = parsed.doc[each.span.start - 1].text if each.span.start else ""
    title = names.title_of(honorific, parsed.lexicon)
    if title is not None and title.gender:
        last = [full for full in last if names.gender(full, parsed.lexicon) in {"", title.gender}] or last
    if len(last) == 1:
        return last[0]
    if " " in each.name:
        return max(last, key=lambda full: (len(full.split()), fulls[full], full))
    recent = [other.name for other in before if other.name in last]
    return recent[-1] if recent else max(last, key=lambda full: (fulls[full], len(full.split()), full))


def _part_of(name: str, full: str, lexicon: Lexicon) -> bool:
    """Whether ``name`` may be short for ``full``: a surname, a given name, or the same with an initial or fewer names."""
    if name == full:
        return True
    short, long = name.split(), full.split()
    if len(short) == 1:
        return short[0] in {long[0], surname(full, lexicon)}
    if surname(name, lexicon) != surname(full, lexicon) or len(short) > len(long):
        return False
    rest = list(long)
    for word in short:
        match = next(
            (i for i, w in enumerate(rest) if w == word or (len(word.rstrip(".")) == 1 and w[0] == word[0])), None
        )
        if match is None:
            return False
        rest = rest[match + 1 :]
    return True
