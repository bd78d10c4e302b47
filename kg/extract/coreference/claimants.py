"""Who speaks in each attribution of an article: by name, by what was introduced, by who spoke before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.tokens import Span, Token

from kg.extract.actors import mentions, names, states
from kg.extract.coreference.mention_index import MentionIndex, MentionTokens, index_mentions, title_noun
from kg.extract.coreference.pronouns import resolve_references
from kg.extract.coreference.salience import SUBJECTS, Actor, SalienceModel
from kg.extract.document.parsed_article import ParsedArticle
from kg.model import ActorKind, Attribution, Claimant, Mention, ResolvedBy, Style

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
#: kinds of actor that a noun before their name can introduce
_BEARERS = frozenset({ActorKind.PERSON, ActorKind.ORGANIZATION, ActorKind.OUTLET})
ATTACHED = frozenset({"advcl", "conj", "xcomp", "pcomp", "prep", "dep", "ccomp"})


@dataclass(frozen=True, slots=True)
class ResolvedSource:
    """Who speaks, the role given here, and another reading where that is near."""

    claimant: Claimant
    role: str | None = None
    alternative: Claimant | None = None
    joint: tuple[Claimant, ...] = field(default=())


class ClaimantResolver:
    """An article's cast, its discourse and its attributions; speakers are found on demand and kept."""

    def __init__(self, parsed: ParsedArticle, attributions: tuple[Attribution, ...]) -> None:
        self.parsed = parsed
        self.attributions = attributions
        self.cast: MentionIndex = index_mentions(parsed)
        self.mentions: tuple[Mention, ...] = tuple(place.mention for place in self.cast.places)
        self.heads = [_head(parsed, each) for each in attributions]
        sources = frozenset(head.i for head in self.heads if head is not None)
        quoted, reported = self._content(direct=True), self._content(direct=False)
        self.mind = SalienceModel(parsed, self.cast, sources, quoted, reported)
        self.mind.quotations = tuple(self._quotations())
        resolve_references(self.mind)
        self._found: dict[int, ResolvedSource | None] = {}

    def speaker(self, number: int) -> ResolvedSource | None:
        """The speaker of attribution ``number``; None where the article names no one."""
        if number not in self._found:
            self._found[number] = None  # what leads back to itself names no one
            self._found[number] = self._look(number)
        return self._found[number]

    def _used(self, use: str) -> frozenset[str]:
        return self.parsed.lexicon.words("reference_words", use)

    def _content(self, *, direct: bool) -> frozenset[int]:
        inside: set[int] = set()
        for each in self.attributions:
            if (each.style is Style.DIRECT) is direct:
                for span in each.content:
                    tokens = self.parsed.tokens(span)
                    inside.update(range(tokens.start, tokens.end))
        return frozenset(inside)

    def _quotations(self) -> Iterator[tuple[int, int, int]]:
        for each, head in zip(self.attributions, self.heads, strict=True):
            if each.style is Style.DIRECT and head is not None:
                for span in each.content:
                    tokens = self.parsed.tokens(span)
                    yield tokens.start, tokens.end, head.i

    def _look(self, number: int) -> ResolvedSource | None:
        head = self.heads[number]
        if head is None:
            return self._continued(number)
        source = self.parsed.tokens(self.attributions[number].source[0])
        return self._resolve(source, head, number)

    def _continued(self, number: int) -> ResolvedSource | None:
        """Who goes on speaking in a quotation that names no one: the last who spoke."""
        each = self.attributions[number]
        if each.cue:
            subject = self._controller(self.parsed.tokens(each.cue[0]).root)
            if subject is None:
                return None
            return self._resolve(self.parsed.doc[subject.left_edge.i : subject.right_edge.i + 1], subject, number)
        if each.style is Style.INDIRECT:
            return None
        start = each.content[0].start
        before = [i for i, other in enumerate(self.attributions) if other.source and other.content[0].start < start]
        if not before:
            return None
        last = max(before, key=lambda i: max(self.attributions[i].content[-1].end, self.attributions[i].source[0].end))
        spoke = self.speaker(last)
        return None if spoke is None else replace(spoke, role=None)

    def _controller(self, verb: Token) -> Token | None:
        """The subject of the clause that a participle modifies: "Smith spoke at length, adding that ..."."""
        if verb.tag_ not in {"VBG", "VBN"} or any(child.dep_ in SUBJECTS for child in verb.children):
            return None
        while verb.dep_ in ATTACHED and verb.head != verb:
            verb = verb.head
            subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
            if subject is not None and subject.i in self.mind.at and subject.i not in self.mind.quoted:
                return subject
        return None

    def _resolve(self, source: Span, head: Token, number: int) -> ResolvedSource | None:
        word = head.text if head.text == "US" else head.lower_
        if word in self._used("relative") and head.pos_ in {"PRON", "DET", "SCONJ"}:
            return self._antecedent(head, number) or self.unresolved(source)
        if word in self._used("self"):
            return self._self(head, number)
        if word in self._used("no-one") or _denied(head):
            return None
        joint = self._joint(source, head, number)
        if joint:
            return ResolvedSource(joint[0], joint=joint)
        return self._single(source, head, number)

    def _single(self, source: Span, head: Token, number: int) -> ResolvedSource | None:
        """Who one noun, name or pronoun means."""
        word = head.lower_
        if (outlet := self._own_text(source)) is not None:
            return outlet
        place = self._named(source, head)
        if place is not None:
            return self._as_named(place)
        found = self.mind.at.get(head.i)
        if found is not None and not self._only_inside(found.actor, number):
            claimant = replace(found.actor.claimant, resolved_by=found.how)
            if claimant.kind is ActorKind.UNNAMED and found.how in {ResolvedBy.EXPLICIT, ResolvedBy.UNRESOLVED}:
                claimant = self._worded(claimant, source)
            return ResolvedSource(claimant, alternative=_other(found.alternative))
        if word in self._used("it") or (head.pos_ == "PRON" and word in self._used("anyone")):
            return None
        return self.unresolved(
            source, ResolvedBy.EXPLICIT if word in self._used("indefinite") else ResolvedBy.UNRESOLVED
        )

    def _only_inside(self, actor: Actor, number: int) -> bool:
        """Whether the article has named an actor so far only within the words that are to be attributed.

        "The slain officer was Bo Tee, Oldham said. He went there after a call, she said.": no word of a content decides
        who its claimant is.
        """
        source, content = self.attributions[number].source, self.attributions[number].content
        first = self.mind.first.get(actor.claimant.id)
        if first is None or not source:
            return False
        at = self.parsed.doc[first].idx
        return at < source[0].start and any(span.start <= at < span.end for span in content)

    def _own_text(self, source: Span) -> ResolvedSource | None:
        """The outlet, where its own text is said to state something: "an earlier version of this report"."""
        outlet, own = self.parsed.article.outlet, self._used("own-text")
        if outlet is None or not any(a.lower_ == "this" and b.lower_ in own for a, b in pairwise(source)):
            return None
        label = names.without_determiner(outlet, self.parsed.lexicon)
        ident = mentions.actor_id(label, ActorKind.OUTLET)
        return ResolvedSource(Claimant(ident, label, ResolvedBy.METONYMY, ActorKind.OUTLET))

    def _joint(self, source: Span, head: Token, number: int) -> tuple[Claimant, ...]:
        """All who speak as one, the first first: "Smith and Jones said"; empty where one speaks."""
        heads = [head, *(token for token in head.conjuncts if token in source and token.i > head.i)]
        if len(heads) < 2 or any(token.pos_ not in NOMINAL for token in heads):
            return ()
        found = []
        for k, token in enumerate(heads):
            end = heads[k + 1].left_edge.i if k + 1 < len(heads) else source.end
            part = self.parsed.doc[token.left_edge.i : max(token.i + 1, end)]
            one = self._single(_without_joint(part), token, number)
            if one is None:
                return ()
            found.append(one.claimant)
        return tuple(found) if len({each.id for each in found}) == len(found) else ()

    def _worded(self, claimant: Claimant, source: Span) -> Claimant:
        label = names.without_determiner(names.squeeze(source.text), self.parsed.lexicon)
        return replace(claimant, label=label or claimant.label)

    def unresolved(self, source: Span, how: ResolvedBy = ResolvedBy.UNRESOLVED) -> ResolvedSource:
        """The words themselves, under an id of this article and place."""
        label = names.without_determiner(names.squeeze(source.text), self.parsed.lexicon) or source.text
        ident = mentions.unnamed_id(self.parsed, label, source.start_char)
        return ResolvedSource(Claimant(ident, label, how, ActorKind.UNNAMED))

    def _named(self, source: Span, head: Token) -> MentionTokens | None:
        """The mention that a source's head word belongs to, or that stands in apposition to it."""
        inside = [place for place in self.cast.inside(source) if place.mention.kind is not ActorKind.UNNAMED]
        for place in inside:
            if place.tokens.start <= head.i < place.tokens.end:
                return place
            if title_noun(place, self.parsed.lexicon) == head:
                return place
        known = names.noun_of(head.lemma_, self.parsed.lexicon)
        body = known is not None and known.kind in {"organization", "outlet"}
        for place in inside:
            root = place.tokens.root
            if place.tokens.start == head.i + 1 and head.pos_ == "NOUN" and place.mention.kind in _BEARERS:
                return place  # close apposition, however it is parsed: "the rescue agency Ostra"
            person = place.mention.kind is ActorKind.PERSON and not self._second_title(head, place)
            if root.dep_ == "appos" and root.head == head and (body or person):
                return place  # "the company, Norsil"; a member of a party is not the party
            while root.dep_ in {"compound", "nmod"} and root.head != head:
                root = root.head
            if root.dep_ in {"compound", "nmod"} and root.head == head and (head.pos_ == "PROPN" or body):
                return place
        return None

    def _second_title(self, head: Token, place: MentionTokens) -> bool:
        """Whether a name may belong to another person's noun: "an aide to the mayor, Ann Lee"."""
        between = [token for token in head.doc[head.i + 1 : place.start] if token.pos_ == "NOUN"]
        known = [names.noun_of(token.lemma_, self.parsed.lexicon) for token in between]
        return any(each is not None and each.kind == "person" for each in known)

    def _as_named(self, place: MentionTokens) -> ResolvedSource:
        mention = place.mention
        how = ResolvedBy.NAME
        if mention.kind is ActorKind.COUNTRY or states.metonym_of(
            names.squeeze(place.tokens.text), self.parsed.lexicon
        ):
            how = ResolvedBy.METONYMY
        elif any(token.tag_ in {"POS", "PRP$"} for token in place.tokens):
            how = ResolvedBy.POSSESSIVE
        elif names.squeeze(place.tokens.text) == mention.label:
            how = ResolvedBy.EXPLICIT
        return ResolvedSource(
            Claimant(mention.id, mention.label, how, mention.kind), self.cast.role(mention.id, place.start)
        )

    def _antecedent(self, token: Token, number: int) -> ResolvedSource | None:
        verb = token
        while verb.dep_ != "relcl" and verb.head != verb:
            verb = verb.head
        if verb.dep_ != "relcl":
            return None
        noun = verb.head
        found = self._resolve(self.parsed.doc[noun.left_edge.i : noun.i + 1], noun, number)
        return found and replace(found, claimant=replace(found.claimant, resolved_by=ResolvedBy.PRONOUN))

    def _self(self, token: Token, number: int) -> ResolvedSource | None:
        """Whose words these are: who "I" and "we" in them mean."""
        holders = [
            i
            for i, each in enumerate(self.attributions)
            if i != number and any(s.start <= token.idx < s.end for s in each.content)
        ]
        for holder in sorted(holders, key=lambda i: sum(map(len, self.attributions[i].content))):
            found = self.speaker(holder)
            if found is not None:
                return ResolvedSource(replace(found.claimant, resolved_by=ResolvedBy.PRONOUN))
        return None


def _denied(head: Token) -> bool:
    """Whether a source is nobody: "no official", "neither side"."""
    return any(child.dep_ == "det" and child.lower_ in {"no", "neither"} for child in head.children)


def _without_joint(part: Span) -> Span:
    """A part of a list without the comma and the "and" that join it to the next."""
    end = part.end
    while end > part.start + 1 and (part.doc[end - 1].is_punct or part.doc[end - 1].pos_ == "CCONJ"):
        end -= 1
    return part.doc[part.start : end]


def _other(actor: Actor | None) -> Claimant | None:
    return None if actor is None else replace(actor.claimant, resolved_by=ResolvedBy.PRONOUN)


def _head(parsed: ParsedArticle, attribution: Attribution) -> Token | None:
    """The noun or pronoun that the source's words are about: the subject where several words depend on words outside."""
    if not attribution.source:
        return None
    source = parsed.tokens(attribution.source[0])
    tops = [token for token in source if token.head == token or token.head not in source]
    nominal = [token for token in tops if token.pos_ in NOMINAL]
    subjects = [token for token in nominal if token.dep_ in SUBJECTS]
    return (subjects or nominal or [source.root])[0]
