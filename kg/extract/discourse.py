"""Who each pronoun and nominal of an article means: one walk through the text, with what is in mind at each place.

An actor that is mentioned comes to mind, the more so as a subject or as one who speaks; with each sentence it fades by
more than half. A pronoun goes to the compatible actor most in mind (after Lappin and Leass, 1994, An Algorithm for Pronominal
Anaphora Resolution); what stands in quotation marks hardly counts, for it is another voice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Token

from kg.extract import mentions, names, skim, states
from kg.extract.cast import Cast, Place, Role
from kg.extract.component import Reading
from kg.model import ActorKind, Claimant, ResolvedBy

GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
NEUTER = frozenset({"it", "its"})
PLURAL = frozenset({"they", "them", "their"})
PRONOUNS = frozenset(GENDERS) | NEUTER | PLURAL
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
ANAPHORIC = frozenset({"the", "this", "that", "these", "those"})
OFFICES = frozenset({"prime", "foreign", "deputy", "interior", "chief", "vice", "general"})
BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.OUTLET, ActorKind.COUNTRY})

#: how much a mention brings its actor to mind, by its place in the clause (the order is that of Lappin and Leass)
WEIGHTS = {
    "nsubj": 200.0,
    "nsubjpass": 180.0,
    "csubj": 200.0,
    "agent": 120.0,
    "dobj": 110.0,
    "dative": 100.0,
    "poss": 80.0,
}
OTHER = 90.0
SPEAKING = 100.0
#: what opens a sentence is its topic ("For Smith, Friday was ..."): so many tokens
OPENING = 2
QUOTED = 0.2
#: what another is said to have said is in mind less than what the article tells itself
REPORTED = 0.6
FADE = 0.4
#: a subject's pronoun likes a subject
PARALLEL = 1.3
#: who spoke last is likely to go on, within so many tokens
AGAIN = 60.0
REACH = 150
#: a pronoun's gender is unknown for the actor, or against a guess from a lone name
UNSURE = 0.9
UNKNOWN = 0.6
UNLIKELY = 0.3
#: "they" for one body
SINGULAR = 0.7
#: an actor less in mind than this is too far away for a pronoun: three sentences and more
FORGOTTEN = 8.0
GONE = 1.0
#: a general noun ("the company") goes to an actor at least so much in mind, where the next is less than this part of it
PRESENT = 50.0
CLEAR = 0.7
#: a runner-up this near to the first is told as another reading
NEAR = 0.85


@dataclass(slots=True)
class Actor:
    """One who is in the article: how much in mind, what is known of gender and number, and the nouns used for it."""

    claimant: Claimant
    gender: str = ""
    sure: bool = True
    plural: bool = False
    thing: bool = False
    nouns: set[str] = field(default_factory=set)
    faded: float = 0.0
    here: float = 0.0
    last: int = 0
    verb: int = -1
    subject: bool = False

    @property
    def salience(self) -> float:
        """How much in mind: what is left from sentences before, and this one's mention."""
        return self.faded + self.here

    @property
    def kind(self) -> ActorKind:
        """What sort of actor."""
        return self.claimant.kind

    @property
    def human(self) -> bool:
        """Whether "he" or "she" may mean it."""
        return self.kind is ActorKind.PERSON or (self.kind is ActorKind.UNNAMED and not self.plural and not self.thing)


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom the noun or pronoun at a token means, how it led there, and the next likely reading."""

    actor: Actor
    how: ResolvedBy
    alternative: Actor | None = None


class Discourse:
    """The references of an article by token.

    ``sources`` are the head tokens of who speaks, ``quoted`` the tokens of direct speech, ``reported`` those of indirect.
    """

    def __init__(
        self, reading: Reading, cast: Cast, sources: frozenset[int], quoted: frozenset[int], reported: frozenset[int]
    ) -> None:
        self.reading = reading
        self.cast = cast
        self.sources = sources
        self.quoted = quoted
        self.reported = reported
        self.actors: dict[str, Actor] = {}
        self.active: dict[str, Actor] = {}
        self.at: dict[int, Reference] = {}
        self.spoke: Actor | None = None
        self._starts = [place.start for place in cast.places]
        self._later = _roles_by_noun(cast)
        self._walk()

    def _walk(self) -> None:
        doc = self.reading.doc
        referring = self._referring()
        for end, tells in self._sentences():
            if tells:
                for actor in self.active.values():
                    actor.faded, actor.here = actor.salience * FADE, 0.0
                self.active = {key: actor for key, actor in self.active.items() if actor.faded > GONE}
            while referring and referring[-1] < end:
                self._meet(doc[referring.pop()])

    def _referring(self) -> list[int]:
        """The tokens that may mean someone, last first."""
        doc, lexicon = self.reading.doc, self.reading.lexicon
        found = set(self.sources)
        found.update(skim.indexes(doc, "LOWER", PRONOUNS))
        found.update(skim.indexes(doc, "LEMMA", names.noun_lemmas(lexicon)))
        found.update(place.tokens.root.i for place in self.cast.places)
        return sorted(found - self.reading.silent, reverse=True)

    def _sentences(self) -> Iterator[tuple[int, bool]]:
        """(its end, whether it moves the story on): no quotation does, nor a heading, which has no full stop."""
        doc = self.reading.doc
        table = doc.to_array(["SENT_START", "IS_PUNCT", "IS_SPACE"])
        starts = [int(i) for i in np.flatnonzero(table[:, 0] == 1)] or [0]
        voice = (table[:, 1] == 0) & (table[:, 2] == 0)
        voice[sorted(self.quoted)] = False
        for start, end in zip(starts, (*starts[1:], len(doc)), strict=True):
            last = end - 1
            while last > start and table[last, 2]:
                last -= 1
            yield end, bool(table[last, 1]) and bool(voice[start:end].any())

    def _meet(self, token: Token) -> None:
        place = self.cast.at.get(token.i)
        if place is not None and place.mention.kind is not ActorKind.UNNAMED:
            if place.tokens.root.i == token.i:
                self._see(token, self._named(place))
            return
        if token.pos_ == "PROPN":
            if token.i in self.sources:
                self._see(token, self._proper(token))
            return
        word = token.lower_
        if word in GENDERS or word in NEUTER or word in PLURAL:
            if token.i not in self.quoted or token.i in self.sources:
                found = self._pronoun(token)
                if found is not None:
                    self._see(token, found)
        elif token.pos_ == "PRON":
            return
        elif token.i in self.sources or (token.pos_ == "NOUN" and token.i not in self.quoted):
            found = self._nominal(token, place)
            if found is not None:
                self._see(token, found)

    def _see(self, token: Token, found: Reference) -> None:
        self.at[token.i] = found
        actor = found.actor
        self.active[actor.claimant.id] = actor
        top = _top(token)
        weight = WEIGHTS.get(top.dep_, OTHER)
        topic = top.dep_ == "pobj" and top.head.i - token.sent.start < OPENING and top.head.head.i > top.i
        if topic:
            weight = WEIGHTS["nsubj"]
        if top.dep_ == "pobj" and top.head.dep_ == "agent":
            weight = WEIGHTS["agent"]
        if token.i in self.sources:
            weight += SPEAKING
            self.spoke = actor
        elif token.i in self.quoted:
            weight *= QUOTED
        elif token.i in self.reported:
            weight *= REPORTED
        elif actor.human and (topic or top.dep_ in SUBJECTS) and actor is not self.spoke:
            self.spoke = None
        actor.here = max(actor.here, weight)
        actor.last, actor.verb, actor.subject = token.i, top.head.i if top.dep_ != "poss" else -1, top.dep_ in SUBJECTS

    def actor(self, claimant: Claimant, *, gender: str = "", plural: bool = False, nouns: Iterable[str] = ()) -> Actor:
        """The actor of this id, made where it is new."""
        found = self.actors.setdefault(claimant.id, Actor(claimant, gender, " " in claimant.label, plural))
        found.gender = found.gender or gender
        found.nouns.update(nouns)
        return found

    def _named(self, place: Place) -> Reference:
        m = place.mention
        claimant = Claimant(m.id, m.label, ResolvedBy.NAME, m.kind)
        nouns = {lemma for role in self.cast.roles.get(m.id, ()) if role.at <= place.start for lemma in role.lemmas}
        if m.kind in BODIES:
            nouns.add(m.label.split()[-1].lower())
        plural = m.kind is ActorKind.GROUP or place.tokens.root.tag_ in {"NNS", "NNPS"}
        return Reference(
            self.actor(claimant, gender=self.cast.gender.get(m.id, ""), plural=plural, nouns=nouns), ResolvedBy.NAME
        )

    def _proper(self, token: Token) -> Reference:
        """One who speaks under a name that is no mention: a capital for its government, another name for itself."""
        lexicon = self.reading.lexicon
        words = names.without_determiner(names.squeeze(mentions.phrase(token).text)) or token.text
        state = states.named(words, lexicon) or states.capital(words, lexicon)
        if state is not None:
            claimant = Claimant(
                mentions.actor_id(state.government, ActorKind.COUNTRY),
                state.government,
                ResolvedBy.NAME,
                ActorKind.COUNTRY,
            )
            return Reference(self.actor(claimant), ResolvedBy.METONYMY)
        kind = names.kind_of(words, token.ent_type_, lexicon)
        claimant = Claimant(mentions.actor_id(words, kind), words, ResolvedBy.NAME, kind)
        return Reference(self.actor(claimant, plural=token.tag_ == "NNPS"), ResolvedBy.EXPLICIT)

    # ------------------------------------------------------------------ pronouns

    def _pronoun(self, token: Token) -> Reference | None:
        word = token.lower_
        gender = GENDERS.get(word, "")
        ranked = sorted(self._fitting(token, gender, word), key=lambda pair: (-pair[0], -pair[1].last))
        if not ranked or ranked[0][0] < FORGOTTEN:
            return self._ahead(token, gender) if gender else None
        best = ranked[0][1]
        if gender and not best.gender:
            best.gender = gender
        near = ranked[1][1] if len(ranked) > 1 and ranked[1][0] >= NEAR * ranked[0][0] else None
        return Reference(best, ResolvedBy.PRONOUN, near)

    def _fitting(self, token: Token, gender: str, word: str) -> Iterator[tuple[float, Actor]]:
        top = _top(token)
        subject = top.dep_ in SUBJECTS
        for actor in self.active.values():
            if gender and not (actor.human and (actor.gender in {"", gender} or not actor.sure)):
                continue
            if word in NEUTER and (actor.kind not in BODIES or actor.plural):
                continue
            if word in PLURAL and not (actor.plural or actor.kind in BODIES):
                continue
            if actor.kind is ActorKind.OUTLET and not actor.subject:
                continue  # a credit, or where something was published
            if actor.verb == top.head.i and top.dep_ != "poss" and actor.last != token.i:
                continue  # two parts of one clause are two actors ("Smith told him")
            score = actor.salience * (PARALLEL if subject and actor.subject else 1.0)
            if actor is self.spoke and token.i - actor.last < REACH:
                score += AGAIN
            if gender and actor.gender != gender:
                unsure = UNSURE if actor.kind is ActorKind.PERSON else UNKNOWN
                score *= unsure if not actor.gender else UNLIKELY
            if word in PLURAL and not actor.plural:
                score *= UNLIKELY if actor.kind is ActorKind.OUTLET else SINGULAR
            yield score, actor

    def _ahead(self, token: Token, gender: str) -> Reference | None:
        """The subject that follows in the sentence: "As he left, the mayor said ..."."""
        after = bisect_right(self._starts, token.i)
        for place in self.cast.places[after:]:
            if place.start >= token.sent.end:
                break
            person = place.mention.kind is ActorKind.PERSON
            if person and self.cast.gender.get(place.mention.id, gender) == gender:
                return Reference(self._named(place).actor, ResolvedBy.PRONOUN)
        return None

    # ------------------------------------------------------------------ nominals

    def _nominal(self, token: Token, place: Place | None) -> Reference | None:
        known = names.noun(token.lemma_, self.reading.lexicon)
        speaks = token.i in self.sources
        if (known is None and not speaks) or token.dep_ in {"compound", "nmod"} or self._carries_name(token):
            return None
        if token.dep_ in {"appos", "attr"} and not speaks and (named := self._described_by(token)) is not None:
            return named
        kind = known.kind if known is not None else ""
        gender = known.gender if known is not None else ""
        if (_definite(token) and self._owner(token) is None) or kind == "group":
            found = self._introduced(token, kind, gender)
            if found is not None:
                return found
        if kind == "document":
            return self._author(token) or (self._new(token, place, kind, gender) if speaks else None)
        if kind in {"person", "group", ""} or speaks:
            return self._new(token, place, kind, gender)
        return None

    def _described_by(self, token: Token) -> Reference | None:
        """The one of whom a noun only says more: "Popko, head of ...", "she is a lawyer"."""
        other = token.head
        if token.dep_ == "attr":
            other = next((child for child in token.head.children if child.dep_ in SUBJECTS), token)
        found = self.at.get(other.i)
        if found is None or found.how is ResolvedBy.UNRESOLVED:
            return None
        found.actor.nouns.add(token.lemma_.lower())
        known = names.noun(token.lemma_, self.reading.lexicon)
        if known is not None and known.gender and not found.actor.gender:
            found.actor.gender = known.gender
        return Reference(found.actor, ResolvedBy.NAME)

    def _carries_name(self, token: Token) -> bool:
        """Whether a name in apposition says who this is: "the governor, Roman Hladun"."""
        return any(
            child.dep_ == "appos" and child.i in self.cast.at and self.cast.at[child.i].mention.kind is ActorKind.PERSON
            for child in token.children
        )

    def _introduced(self, token: Token, kind: str, gender: str) -> Reference | None:
        """Who was introduced by this noun before, or else later; a body or a person most in mind where the noun is general."""
        lemma = names.full_title(token.lemma_, self.reading.lexicon)
        plural = token.tag_ in {"NNS", "NNPS"}
        sort = _sort(kind)
        same = [
            actor
            for actor in self.actors.values()
            if lemma in actor.nouns
            and (actor.plural == plural or kind == "group")
            and (not sort or actor.kind in sort)
            and self._fits(token, actor)
        ]
        if same:
            named = [actor for actor in same if actor.kind is not ActorKind.UNNAMED]
            return Reference(max(named or same, key=lambda actor: (actor.salience, actor.last)), ResolvedBy.NAME)
        if plural:
            return None
        if kind == "person":
            later = [
                place for place, role in self._later.get(lemma, ()) if _modifiers(token) <= role.lemmas | role.others
            ]
            if len({place.mention.id for place in later}) == 1:
                return Reference(self._named(later[0]).actor, ResolvedBy.NAME)
        if _possessed(token) or _modifiers(token):
            return None
        if kind in {"organization", "outlet"}:
            return self._most_in_mind({ActorKind.OUTLET} if kind == "outlet" else {ActorKind.ORGANIZATION}, "")
        if token.i in self.sources and (kind == "person" or _aged(token)):
            found = self._most_in_mind({ActorKind.PERSON}, gender)
            if found is not None and (_aged(token) or not found.actor.nouns):
                return found
        return None

    def _fits(self, token: Token, actor: Actor) -> bool:
        """Whether what stands before the noun does not speak against the actor: "the foreign minister" is no other minister."""
        wanted = _modifiers(token)
        if not wanted:
            return True
        known = {word.lower() for word in actor.claimant.label.split()} | actor.nouns
        for role in self.cast.roles.get(actor.claimant.id, ()):
            known |= role.lemmas | role.others
        return wanted <= known

    def _most_in_mind(self, kinds: set[ActorKind], gender: str) -> Reference | None:
        """The one actor of these kinds that the article speaks of just now; None where two are near."""
        fits = [a for a in self.active.values() if a.kind in kinds and (not gender or a.gender in {"", gender})]
        ranked = sorted(fits, key=lambda actor: (-actor.salience, -actor.last))
        if not ranked or ranked[0].salience < PRESENT:
            return None
        if len(ranked) > 1 and ranked[1].salience > CLEAR * ranked[0].salience:
            return None
        return Reference(ranked[0], ResolvedBy.NAME)

    def _author(self, token: Token) -> Reference | None:
        """Whose document it is: "a statement from the ministry", "the ministry's report"."""
        for child in token.children:
            if child.dep_ == "poss" and child.i in self.at:
                return Reference(self.at[child.i].actor, ResolvedBy.METONYMY)
            if child.lower_ in {"by", "from"} or child.dep_ == "acl":
                for below in child.subtree:
                    place = self.cast.at.get(below.i)
                    if place is not None and below.dep_ == "pobj" and below.head.lower_ in {"by", "from"}:
                        m = place.mention
                        actor = self.actor(Claimant(m.id, m.label, ResolvedBy.NAME, m.kind))
                        actor.nouns.add(token.lemma_.lower())
                        return Reference(actor, ResolvedBy.METONYMY)
        return None

    def _new(self, token: Token, place: Place | None, kind: str, gender: str) -> Reference:
        span = mentions.phrase(token)
        label = names.without_determiner(names.squeeze(span.text)) or token.text
        ident = mentions.unnamed_id(self.reading, label, span.start_char)
        how = ResolvedBy.EXPLICIT
        owner = self._owner(token)
        if owner is not None:
            label, how = f"{owner.claimant.label}'s {token.doc[span.start + 1 : span.end].text}", ResolvedBy.POSSESSIVE
        elif place is not None:
            label, ident = place.mention.label, place.mention.id
        elif token.doc[token.left_edge.i].lower_ in ANAPHORIC and (
            not _told_apart(token) or states.body(label, self.reading.lexicon)
        ):
            how = ResolvedBy.UNRESOLVED
        body = kind in {"organization", "outlet"}
        claimant = Claimant(ident, label, how, ActorKind.ORGANIZATION if body else ActorKind.UNNAMED)
        plural = token.tag_ == "NNS" or kind == "group"
        actor = self.actor(claimant, gender=gender, plural=plural, nouns={token.lemma_.lower()})
        actor.thing = kind == "document"
        return Reference(actor, how)

    def _owner(self, token: Token) -> Actor | None:
        """Whose it is: "his office", "its spokesman"."""
        for child in token.children:
            if child.tag_ == "PRP$" and child.i in self.at:
                return self.at[child.i].actor
        return None


def _definite(token: Token) -> bool:
    first = token.doc[token.left_edge.i]
    return first.lower_ in ANAPHORIC or _possessed(token)


def _possessed(token: Token) -> bool:
    return any(child.dep_ == "poss" for child in token.children)


def _modifiers(token: Token) -> set[str]:
    """The nouns before a noun that say which one is meant, and "prime", "foreign" where they are a part of an office."""
    return {
        child.lemma_.lower()
        for child in token.lefts
        if child.dep_ in {"compound", "nmod"} or (child.dep_ == "amod" and child.lower_ in OFFICES)
    }


def _told_apart(token: Token) -> bool:
    """Whether the words around say which one is meant: "the regional prosecutor", "the members of the council"."""
    return any(
        child.dep_ in {"compound", "nmod", "amod", "poss", "relcl", "acl"} or child.lower_ in {"of", "for", "in", "at"}
        for child in token.children
    )


def _aged(token: Token) -> bool:
    """Whether the words before say a person's age: "the 26-year-old right wing"."""
    return any(other.lower_.endswith("old") for other in token.subtree if other.i < token.i)


def _sort(kind: str) -> frozenset[ActorKind]:
    """The kinds of actors that a noun of this kind may mean; empty: any."""
    if kind == "person":
        return frozenset({ActorKind.PERSON, ActorKind.UNNAMED})
    return BODIES if kind in {"organization", "outlet"} else frozenset()


def _top(token: Token) -> Token:
    """The noun whose place in the clause a noun shares: climbs appositions, compounds, conjunctions."""
    while (
        token.dep_ in {"appos", "compound", "nmod", "conj"}
        and token.head != token
        and token.head.pos_ in {"NOUN", "PROPN", "PRON"}
    ):
        token = token.head
    return token


def _roles_by_noun(cast: Cast) -> dict[str, list[tuple[Place, Role]]]:
    """For each noun of a role, the mentions that it is told with."""
    found: dict[str, list[tuple[Place, Role]]] = {}
    for place in cast.places:
        for role in cast.roles.get(place.mention.id, ()):
            if role.at == place.start:
                found.setdefault(role.head, []).append((place, role))
    return found
