"""What "he", "it", "the governor", "the ministry" look back to."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract import mentions, names, states
from kg.extract.cast import SUBJECTS, Cast, Place, assemble
from kg.extract.component import Reading
from kg.model import ActorKind, Attribution, CharSpan, Claimant, Mention, ResolvedBy, Style

GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
PLURAL = frozenset({"they", "them", "their"})
NEUTER = frozenset({"it", "its"})
SELF = frozenset({"i", "we", "me", "us", "my", "our"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.OUTLET, ActorKind.COUNTRY, ActorKind.GROUP})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, the role told here, and another reading where that is near."""

    claimant: Claimant
    role: str | None = None
    alternative: Claimant | None = None


class Scene:
    """An article's cast and who has spoken so far; speakers are found on demand and kept."""

    def __init__(self, reading: Reading, attributions: tuple[Attribution, ...]) -> None:
        self.reading = reading
        self.attributions = attributions
        self.cast: Cast = assemble(reading)
        self.mentions: tuple[Mention, ...] = tuple(place.mention for place in self.cast.places)
        self.order = sorted(range(len(attributions)), key=lambda i: self.at(attributions[i]))
        self.quoted = self._quoted()
        self._found: dict[int, Speaker | None] = {}
        self._busy: set[int] = set()

    def at(self, attribution: Attribution) -> int:
        """Where the one who speaks is named: the character at which source, cue or content starts."""
        for part in (attribution.source, attribution.cue, attribution.content):
            if part:
                return part[0].start
        return 0

    def speaker(self, number: int) -> Speaker | None:
        """The speaker of attribution ``number``; None where the article names no one."""
        if number not in self._found:
            if number in self._busy:
                return None
            self._busy.add(number)
            self._found[number] = self._look(number)
            self._busy.discard(number)
        return self._found[number]

    def _quoted(self) -> frozenset[int]:
        inside: set[int] = set()
        for each in self.attributions:
            if each.style is Style.DIRECT:
                for span in each.content:
                    tokens = self.reading.tokens(span)
                    inside.update(range(tokens.start, tokens.end))
        return frozenset(inside)

    def _look(self, number: int) -> Speaker | None:
        each = self.attributions[number]
        if not each.source:
            return self._continued(number)
        source = self.reading.tokens(each.source[0])
        return self.resolve(source, number)

    def _earlier(self, number: int) -> list[int]:
        here = self.order.index(number)
        return self.order[:here]

    def last(self, number: int) -> tuple[int, Speaker] | None:
        """The last one who spoke before, and at which token."""
        for earlier in reversed(self._earlier(number)):
            found = self.speaker(earlier)
            if found is not None and self.attributions[earlier].source:
                return self.reading.tokens(self.attributions[earlier].source[0]).start, found
        return None

    def _continued(self, number: int) -> Speaker | None:
        each = self.attributions[number]
        if each.cue or each.style is Style.INDIRECT:
            return None
        spoke = self.last(number)
        return None if spoke is None else replace_how(spoke[1], spoke[1].claimant.resolved_by)

    def resolve(self, source: Span, number: int) -> Speaker:
        """Who the source's words mean."""
        root = source.root
        word = root.lower_
        if root.pos_ == "PRON" or word in GENDERS or word in PLURAL or word in NEUTER:
            found = self._pronoun(root, number)
            return found or self.unresolved(source)
        place = self._named(source, root)
        if place is not None:
            return self._as_named(place, source)
        return self._nominal(source, root, number)

    def unresolved(
        self, source: Span, how: ResolvedBy = ResolvedBy.UNRESOLVED, kind: ActorKind = ActorKind.UNNAMED
    ) -> Speaker:
        """The words themselves, under an id of this article and place."""
        label = names.without_determiner(names.squeeze(source.text)) or source.text
        return Speaker(Claimant(mentions.unnamed_id(self.reading, label, source.start_char), label, how, kind))

    def _named(self, source: Span, root: Token) -> Place | None:
        """The mention that a source's head word belongs to, or that stands in apposition to it."""
        inside = [place for place in self.cast.inside(source) if place.mention.kind is not ActorKind.UNNAMED]
        for place in inside:
            if place.tokens.start <= root.i < place.tokens.end:
                return place
        for place in inside:
            head = place.tokens.root
            if head.dep_ == "appos" and head.head == root and place.mention.kind is ActorKind.PERSON:
                return place
            if head.head == root and head.dep_ in {"compound", "nmod"} and root.pos_ == "PROPN":
                return place
            if (
                (known := names.noun(root.lemma_, self.reading.lexicon))
                and known.kind == "outlet"
                and head.head == root
            ):
                return place
        return None

    def _as_named(self, place: Place, source: Span) -> Speaker:
        mention = place.mention
        how = ResolvedBy.EXPLICIT if names.squeeze(place.tokens.text) == mention.label else ResolvedBy.NAME
        if mention.kind is ActorKind.COUNTRY:
            how = ResolvedBy.METONYMY
        elif any(token.tag_ in {"POS", "PRP$"} for token in place.tokens):
            how = ResolvedBy.POSSESSIVE
        elif states.metonym(place.tokens.text, self.reading.lexicon):
            how = ResolvedBy.METONYMY
        role = self.cast.role(mention.id, place.start)
        return Speaker(Claimant(mention.id, mention.label, how, mention.kind), role)

    def _pronoun(self, token: Token, number: int) -> Speaker | None:
        word = token.lower_
        if word in RELATIVE:
            return self._antecedent(token, number)
        if word in SELF:
            return self._self(token, number)
        gender = GENDERS.get(word, "")
        spoke = self.last(number)
        if gender:
            return self._person(token, gender, spoke)
        if spoke is not None:
            return replace_how(spoke[1], ResolvedBy.PRONOUN)
        return None

    def _antecedent(self, token: Token, number: int) -> Speaker | None:
        verb = token.head
        while verb.dep_ not in {"relcl", "ROOT"} and verb.head != verb:
            verb = verb.head
        if verb.dep_ != "relcl":
            return None
        noun = verb.head
        return self.resolve(self.reading.doc[noun.left_edge.i : noun.i + 1], number)

    def _self(self, token: Token, number: int) -> Speaker | None:
        holders = [
            i
            for i, each in enumerate(self.attributions)
            if i != number and any(s.start <= token.idx < s.end for s in each.content)
        ]
        holders.sort(key=lambda i: sum(map(len, self.attributions[i].content)))
        for holder in holders:
            found = self.speaker(holder)
            if found is not None:
                return replace_how(found, ResolvedBy.PRONOUN)
        return None

    def _person(self, token: Token, gender: str, spoke: tuple[int, Speaker] | None) -> Speaker | None:
        fits = [
            place
            for place in self.cast.before(token.i)
            if place.mention.kind is ActorKind.PERSON and self.cast.gender.get(place.mention.id, gender) == gender
        ]
        if spoke is not None and token.i - spoke[0] < 150:
            actor = spoke[1].claimant
            if actor.kind is ActorKind.PERSON and self.cast.gender.get(actor.id, gender) == gender:
                between = [
                    p
                    for p in fits
                    if spoke[0] < p.start
                    and p.mention.id != actor.id
                    and p.tokens.root.dep_ in SUBJECTS
                    and p.start not in self.quoted
                ]
                if not between:
                    return replace_how(spoke[1], ResolvedBy.PRONOUN)
                return self._by_pronoun(between[-1])
        if not fits:
            return None
        subjects = [
            p for p in fits if p.tokens.root.dep_ in SUBJECTS and token.i - p.start < 80 and p.start not in self.quoted
        ]
        return self._by_pronoun((subjects or fits)[-1])

    def _by_pronoun(self, place: Place) -> Speaker:
        m = place.mention
        return Speaker(Claimant(m.id, m.label, ResolvedBy.PRONOUN, m.kind))

    def _nominal(self, source: Span, root: Token, number: int) -> Speaker:
        lexicon = self.reading.lexicon
        words = names.without_determiner(names.squeeze(source.text))
        state = states.named(words, lexicon) or states.capital(words, lexicon)
        if state is not None:
            label = state.government
            kind = ActorKind.COUNTRY
            return Speaker(Claimant(mentions.actor_id(label, kind), label, ResolvedBy.METONYMY, kind))
        if root.pos_ == "PROPN":
            kind = names.kind_of(words, root.ent_type_, lexicon)
            return Speaker(Claimant(mentions.actor_id(words, kind), words, ResolvedBy.EXPLICIT, kind))
        if source[0].lower_ in {"the", "this", "that"}:
            lemma = root.lemma_.lower()
            for place in reversed(self.cast.before(source.start)):
                m = place.mention
                roles = self.cast.roles.get(m.id, ())
                if any(lemma in role.lemmas for role in roles) or (
                    m.kind in BODIES and m.label.split()[-1].lower() == lemma
                ):
                    return Speaker(Claimant(m.id, m.label, ResolvedBy.NAME, m.kind))
            return self.unresolved(source)
        return self.unresolved(source, ResolvedBy.EXPLICIT)


def replace_how(speaker: Speaker, how: ResolvedBy) -> Speaker:
    """The same speaker, reached another way; the role was told elsewhere."""
    c = speaker.claimant
    return Speaker(Claimant(c.id, c.label, how, c.kind))


__all__ = ["CharSpan", "Scene", "Speaker"]
