"""What is in mind at a place of an article: its actors, how present each is, and the actors that earlier words mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.coreference.mention_index import MentionIndex, MentionTokens
from kg.extract.document.parsed_article import ParsedArticle
from kg.model import ActorKind, Claimant, ResolvedBy

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.OUTLET, ActorKind.COUNTRY})

FADE = 0.4
GONE = 1.0
#: a general noun ("the company") goes to an actor at least so much in mind, where the next is less than this part of it
PRESENT = 50.0
CLEAR = 0.7


@dataclass(slots=True)
class Actor:
    """One who is in the article: how much in mind, what is known of gender and number, and the nouns used for it."""

    claimant: Claimant
    gender: str = ""
    sure: bool = True
    plural: bool = False
    thing: bool = False
    dead: bool = False  # no pronoun of a source means the dead
    accused: bool = False  # a suspect or defendant seldom speaks
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
    """The actor that the noun or pronoun at a token means, how it led there, and the next likely reading."""

    actor: Actor
    how: ResolvedBy
    alternative: Actor | None = None


@dataclass(slots=True)
class SalienceModel:
    """The actors of an article so far: ``active`` are those still in mind, ``at`` the actor of each token.

    ``sources`` are the head tokens of who speaks, ``quoted`` the tokens of direct speech, ``reported`` those of indirect.
    """

    parsed: ParsedArticle
    cast: MentionIndex
    sources: frozenset[int]
    quoted: frozenset[int]
    reported: frozenset[int]
    actors: dict[str, Actor] = field(default_factory=dict)
    active: dict[str, Actor] = field(default_factory=dict)
    at: dict[int, Reference] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)  # the token of an actor's first mention
    spoke: Actor | None = None
    #: of each quotation with a source: its first and last token, and the head of the source
    quotations: tuple[tuple[int, int, int], ...] = ()

    def speaker_of_quote(self, token: int) -> Actor | None:
        """The one whose quotation a token stands in, as far as it is known yet."""
        for start, end, head in self.quotations:
            if start <= token < end and head in self.at:
                return self.at[head].actor
        return None

    def fade(self) -> None:
        """A sentence is over: all are less in mind."""
        for actor in self.active.values():
            actor.faded, actor.here = actor.salience * FADE, 0.0
        self.active = {key: actor for key, actor in self.active.items() if actor.faded > GONE}

    def actor(self, claimant: Claimant, *, gender: str = "", plural: bool = False, nouns: Iterable[str] = ()) -> Actor:
        """The actor of this id, made where it is new."""
        found = self.actors.setdefault(claimant.id, Actor(claimant, gender, " " in claimant.label, plural))
        found.gender = found.gender or gender
        found.nouns.update(nouns)
        return found

    def named(self, place: MentionTokens) -> Reference:
        """Return the actor that a mention names."""
        m = place.mention
        claimant = Claimant(m.id, m.label, ResolvedBy.NAME, m.kind)
        nouns = {lemma for role in self.cast.roles.get(m.id, ()) if role.at <= place.start for lemma in role.lemmas}
        if m.kind in BODIES:
            nouns.add(m.label.split()[-1].lower())
        plural = m.kind is ActorKind.GROUP or place.tokens.root.tag_ in {"NNS", "NNPS"}
        return Reference(
            self.actor(claimant, gender=self.cast.gender.get(m.id, ""), plural=plural, nouns=nouns), ResolvedBy.NAME
        )

    def most_in_mind(self, kinds: set[ActorKind], gender: str) -> Reference | None:
        """The one actor of these kinds that the article speaks of just now; None where two are near."""
        fits = [a for a in self.active.values() if a.kind in kinds and (not gender or a.gender in {"", gender})]
        ranked = sorted(fits, key=lambda actor: (-actor.salience, -actor.last))
        if not ranked or ranked[0].salience < PRESENT:
            return None
        if len(ranked) > 1 and ranked[1].salience > CLEAR * ranked[0].salience:
            return None
        return Reference(ranked[0], ResolvedBy.NAME)

    def owner(self, token: Token) -> Actor | None:
        """Whose it is: "his office", "its spokesman"."""
        for child in token.children:
            if child.tag_ == "PRP$" and child.i in self.at:
                return self.at[child.i].actor
        return None


def top_noun(token: Token) -> Token:
    """The noun whose place in the clause a noun shares: climbs appositions, compounds, conjunctions."""
    while (
        token.dep_ in {"appos", "compound", "nmod", "conj"}
        and token.head != token
        and token.head.pos_ in {"NOUN", "PROPN", "PRON"}
    ):
        token = token.head
    return token
