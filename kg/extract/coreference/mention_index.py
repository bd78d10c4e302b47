"""Who has been introduced where, and as what: the persons and bodies that "he", "the governor" and "the ministry" look back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from kg.extract.actors import mentions, names
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.model import ActorKind, Mention

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: what may stand before a title and is no part of it ("both President ...")
LEADING = frozenset({"DET", "PRON", "CCONJ", "ADV", "ADP", "PUNCT", "SPACE"})
#: how a name may depend on the title before it
TITLED = frozenset({"appos", "compound", "nmod", "pobj", "prep"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "appos", "parataxis"})


@dataclass(slots=True)
class MentionTokens:
    """A mention and its tokens."""

    mention: Mention
    tokens: Span
    head: Token

    @property
    def start(self) -> int:
        """Its first token."""
        return self.tokens.start


@dataclass(slots=True)
class Description:
    """What someone is said to be, where it is said: its words, the lemmas of its nouns and of the other words."""

    at: int
    words: str
    lemmas: frozenset[str]
    head: str
    others: frozenset[str] = frozenset()


@dataclass
class MentionIndex:
    """All mentions of an article by token and by actor, with genders and roles."""

    places: list[MentionTokens] = field(default_factory=list)
    at: dict[int, MentionTokens] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    roles: dict[str, list[Description]] = field(default_factory=dict)

    def inside(self, span: Span) -> list[MentionTokens]:
        """The mentions that touch a span, in order."""
        found = {id(self.at[i]): self.at[i] for i in range(span.start, span.end) if i in self.at}
        return list(found.values())

    def before(self, token: int) -> list[MentionTokens]:
        """The mentions before a token, in order."""
        return [place for place in self.places if place.start < token]

    def role(self, actor: str, at: int) -> str | None:
        """What is said with the mention at token ``at``: title and apposition, "Colonel, spokesman for the air force"."""
        return ", ".join(role.words for role in self.roles.get(actor, ()) if role.at == at) or None


def index_mentions(parsed: ParsedArticle) -> MentionIndex:
    """The cast of an article; takes its mentions as found, or finds them."""
    cast = MentionIndex()
    for each in parsed.of(Mention) or mentions.find_mentions(parsed):
        tokens = parsed.tokens(each.span)
        head = parsed.tokens(each.head)[0] if each.head else tokens.root
        place = MentionTokens(each, tokens, head)
        cast.places.append(place)
        cast.at.update(dict.fromkeys(range(tokens.start, tokens.end), place))
    for place in cast.places:
        if place.mention.kind in {ActorKind.PERSON, ActorKind.UNNAMED}:
            _learn_gender(cast, place, parsed.lexicon)
        described = list(_roles(place, parsed.lexicon))
        if described:
            cast.roles.setdefault(place.mention.id, []).extend(described)
            for role in described:
                known = names.noun_of(role.head, parsed.lexicon)
                if known is not None and known.gender:
                    cast.gender.setdefault(place.mention.id, known.gender)
    return cast


def _learn_gender(cast: MentionIndex, place: MentionTokens, lexicon: Lexicon) -> None:
    doc, start = place.tokens.doc, place.start
    described = names.title_of(doc[start - 1].text, lexicon) if start else None
    found = described.gender if described is not None else ""
    if place.mention.kind is ActorKind.UNNAMED:
        known = names.noun_of(place.head.lemma_, lexicon)
        found = known.gender if known else ""
    found = found or names.gender(place.mention.label, lexicon)
    if found:
        cast.gender.setdefault(place.mention.id, found)


def _roles(place: MentionTokens, lexicon: Lexicon) -> Iterator[Description]:
    """Titles before the name, appositions on either side, and "who is", "is" with a noun."""
    doc, head, start = place.tokens.doc, place.tokens.root, place.start
    if place.mention.kind is ActorKind.PERSON:
        first = min(
            (c.left_edge.i for c in head.lefts if c.dep_ in {"compound", "nmod", "amod", "poss", "det"}), default=start
        )
        while first < start and doc[first].pos_ in LEADING:
            first += 1
        before = names.title_of(doc[start - 1].text, lexicon) if start else None
        if first == start and before is not None and before.kind == "office":
            first = start - 1
        if first < start:
            yield from _role(place, doc[first:start], doc[start - 1], lexicon)
    for child in head.children:
        if child.dep_ == "appos" and child.i >= place.tokens.end and child.pos_ in {"NOUN", "PROPN"}:
            yield from _role(place, find_descriptions(child), child, lexicon)
        if child.dep_ == "relcl" and child.lemma_ == "be":
            yield from _attribute(place, child, lexicon)
    titled = title_noun(place, lexicon)
    if titled is not None and titled not in {head, head.head}:
        yield from _role(place, _until(titled, start), titled, lexicon)
    elif (
        head.dep_ == "appos"
        and head.head.pos_ in {"NOUN", "PROPN"}
        and head.head.tag_ != "NNS"
        and head.head.i not in range(start, place.tokens.end)
    ):
        yield from _role(place, find_descriptions(head.head), head.head, lexicon)
    if head.dep_ in SUBJECTS and head.head.lemma_ == "be":
        yield from _attribute(place, head.head, lexicon)


def _until(noun: Token, start: int) -> Span:
    """The noun with its phrase, up to the name that closes it."""
    end = start
    while end > noun.i + 1 and noun.doc[end - 1].is_punct:
        end -= 1
    return noun.doc[noun.left_edge.i : end]


def title_noun(place: MentionTokens, lexicon: Lexicon) -> Token | None:
    """The noun of the title that a person's name closes: "head" in "The head of the Odesa OVA, Ivo Brana".

    The parser joins the name to the last body of the title. None where another person's noun stands between, which the
    name may belong to: "the mother of the suspect Bo Tee", "an aide to the mayor, Ann Lee".
    """
    doc, start, end = place.tokens.doc, place.start, place.tokens.end
    owned = end < len(doc) and doc[end].tag_ == "POS"
    if place.mention.kind is not ActorKind.PERSON or owned or not start or doc[start - 1].pos_ == "ADP":
        return None
    at = place.tokens.root
    if at.dep_ in SUBJECTS:  # the parser gives the verb two subjects: "commissioner of the Met Paul Reed said"
        twin = next((c for c in at.head.children if c.dep_ in SUBJECTS and c.right_edge.i + 1 == start), None)
        at = twin if twin is not None else at
    if at.i < start and _is_title(at, lexicon):
        return at if not _broken(doc[at.i + 1 : start], lexicon) else None
    while at.dep_ in TITLED and at.head != at and at.head.i < end:
        at = at.head
        if at.i < start and _is_title(at, lexicon):
            return None if _broken(doc[at.i + 1 : start], lexicon) else at
    return None


def _broken(between: Span, lexicon: Lexicon) -> bool:
    """Whether a verb, an "and" or another person's noun parts a title from a name."""
    return any(
        token.pos_ in {"VERB", "AUX", "CCONJ"} or (token.pos_ == "NOUN" and _is_title(token, lexicon))
        for token in between
    )


def _is_title(noun: Token, lexicon: Lexicon) -> bool:
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    known = names.title_of(noun.text, lexicon)
    if known is None and (noun.pos_ == "NOUN" or noun.text.islower() or noun.is_sent_start):
        known = names.noun_of(noun.lemma_, lexicon)
    return known is not None and known.kind in {"person", "office"}


def _attribute(place: MentionTokens, verb: Token, lexicon: Lexicon) -> Iterator[Description]:
    for child in verb.children:
        if child.dep_ == "attr" and child.pos_ == "NOUN":
            yield from _role(place, find_descriptions(child), child, lexicon)


def _role(place: MentionTokens, words: Span, head: Token, lexicon: Lexicon) -> Iterator[Description]:
    honorific = names.title_of(head.text, lexicon)
    if len(words) == 1 and honorific is not None and honorific.kind == "honorific":
        return
    lemmas = frozenset(names.full_title(token.lemma_, lexicon) for token in words if token.pos_ in {"NOUN", "PROPN"})
    text = names.without_determiner(names.squeeze(words.text), lexicon)
    if len(words) == 1 and (text.isupper() or words.doc[words.end : words.end + 1].text == ":"):
        return  # an acronym in brackets, a label
    if lemmas and len(text) > 1:
        others = frozenset(token.lemma_.lower() for token in words) - lemmas
        yield Description(place.start, text, lemmas, names.full_title(head.lemma_, lexicon), others)


def find_descriptions(noun: Token) -> Span:
    """A noun with all that describes it, but no clause and no apposition of its own."""
    doc, start, end = noun.doc, noun.left_edge.i, noun.right_edge.i + 1
    for token in noun.subtree:
        if token.i > noun.i and token.dep_ in CLAUSES and token.head.i >= noun.i:
            end = min(end, token.left_edge.i)
    while end > noun.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < noun.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return doc[start:end]
