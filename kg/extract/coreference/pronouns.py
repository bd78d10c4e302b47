"""Who each pronoun and nominal of an article means: one walk through the text, with what is in mind at each place.

An actor that is mentioned comes to mind, the more so as a subject or as one who speaks; with each sentence it fades by
more than half. A pronoun goes to the compatible actor most in mind (after Lappin and Leass, 1994, An Algorithm for Pronominal
Anaphora Resolution); what stands in quotation marks hardly counts, for it is another voice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import partial

import numpy as np
from spacy.tokens import Token

from kg.extract.actors import mentions, names, states
from kg.extract.coreference.nominals import resolve_nominal
from kg.extract.coreference.salience import BODIES, SUBJECTS, Actor, Reference, SalienceModel, top_noun
from kg.extract.document import token_lookup
from kg.model import ActorKind, Claimant, ResolvedBy

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
#: what another is said to have said is in mind less than what the article itself states
REPORTED = 0.6
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
#: a runner-up this near to the first is given as another reading
NEAR = 0.85


def resolve_references(mind: SalienceModel) -> None:
    """Fill ``mind.at``: the actor that each name, pronoun and noun of the article means."""
    _Walk(mind).walk()


class _Walk:
    def __init__(self, mind: SalienceModel) -> None:
        self.mind = mind
        self.parsed, self.cast = mind.parsed, mind.cast
        used = partial(mind.parsed.lexicon.words, "reference_words")
        self._genders = dict.fromkeys(used("he"), "m") | dict.fromkeys(used("she"), "f")
        self._neuter, self._plural = used("it"), used("they")
        self._pronouns = frozenset(self._genders) | self._neuter | self._plural
        self._dead, self._killing, self._accused = used("dead"), used("killing"), used("accused")
        self._starts = [place.start for place in mind.cast.places]

    def walk(self) -> None:
        doc = self.parsed.doc
        referring = self._referring()
        for end, moves_on in self._sentences():
            if moves_on:
                self.mind.fade()
            while referring and referring[-1] < end:
                self._meet(doc[referring.pop()])

    def _referring(self) -> list[int]:
        """The tokens that may mean someone, last first."""
        doc, lexicon = self.parsed.doc, self.parsed.lexicon
        found = set(self.mind.sources)
        found.update(token_lookup.find_tokens(doc, "LOWER", self._pronouns))
        found.update(token_lookup.find_tokens(doc, "LEMMA", names.noun_lemmas(lexicon)))
        found.update(place.tokens.root.i for place in self.cast.places)
        return sorted(found - self.parsed.silent, reverse=True)

    def _sentences(self) -> Iterator[tuple[int, bool]]:
        """(its end, whether it moves the story on): no quotation does, nor a heading, which has no full stop."""
        doc = self.parsed.doc
        table = doc.to_array(["SENT_START", "IS_PUNCT", "IS_SPACE"])
        starts = [int(i) for i in np.flatnonzero(table[:, 0] == 1)] or [0]
        voice = (table[:, 1] == 0) & (table[:, 2] == 0)
        voice[sorted(self.mind.quoted)] = False
        for start, end in zip(starts, (*starts[1:], len(doc)), strict=True):
            last = end - 1
            while last > start and table[last, 2]:
                last -= 1
            yield end, bool(table[last, 1]) and bool(voice[start:end].any())

    def _meet(self, token: Token) -> None:
        place = self.cast.at.get(token.i)
        if place is not None and place.mention.kind is not ActorKind.UNNAMED:
            if place.tokens.root.i == token.i:
                self._see(token, self.mind.named(place))
            return
        if token.pos_ == "PROPN":
            if token.i in self.mind.sources:
                self._see(token, self._proper(token))
            return
        word = token.lower_
        if word in self._pronouns and token.text != "US":
            if token.i not in self.mind.quoted or token.i in self.mind.sources:
                found = self._pronoun(token)
                if found is not None:
                    self._see(token, found)
        elif token.pos_ == "PRON":
            return
        elif token.i in self.mind.sources or (token.pos_ == "NOUN" and token.i not in self.mind.quoted):
            found = resolve_nominal(self.mind, token, place)
            if found is not None:
                self._see(token, found)

    def _see(self, token: Token, found: Reference) -> None:
        self.mind.at[token.i] = found
        actor = found.actor
        self.mind.first.setdefault(actor.claimant.id, token.i)
        self.mind.active[actor.claimant.id] = actor
        top = top_noun(token)
        weight = WEIGHTS.get(top.dep_, OTHER)
        topic = top.dep_ == "pobj" and top.head.i - token.sent.start < OPENING and top.head.head.i > top.i
        if topic:
            weight = WEIGHTS["nsubj"]
        if top.dep_ == "pobj" and top.head.dep_ == "agent":
            weight = WEIGHTS["agent"]
        if token.i in self.mind.sources:
            weight += SPEAKING
            self.mind.spoke = actor
        elif token.i in self.mind.quoted:
            weight *= QUOTED
        elif token.i in self.mind.reported:
            weight *= REPORTED
        elif actor.human and (topic or top.dep_ in SUBJECTS) and actor is not self.mind.spoke:
            self.mind.spoke = None
        actor.here = max(actor.here, weight)
        actor.dead = actor.dead or self._is_dead(token, top)
        actor.accused = actor.accused or token.lemma_.lower() in self._accused
        actor.last, actor.verb, actor.subject = token.i, top.head.i if top.dep_ != "poss" else -1, top.dep_ in SUBJECTS

    def _is_dead(self, token: Token, top: Token) -> bool:
        """Whether the words say that someone is dead: "the slain officer", "Lee was killed", "shot Lee dead", "Lee died"."""
        if token.lower_ in self._dead or any(child.lower_ in self._dead for child in token.lefts):
            return True
        verb = top.head
        if verb.lemma_.lower() not in self._killing or _is_hedged(verb):
            return False
        intransitive = top.dep_ == "nsubj" and not any(child.dep_ in {"dobj", "ccomp"} for child in verb.children)
        return top.dep_ in {"nsubjpass", "dobj"} or (intransitive and verb.lemma_ in self._dead)

    def _proper(self, token: Token) -> Reference:
        """One who speaks under a name that is no mention: a capital for its government, another name for itself."""
        lexicon = self.parsed.lexicon
        words = names.without_determiner(names.squeeze(mentions.noun_phrase(token).text), lexicon) or token.text
        state = states.state_named(words, lexicon) or states.state_of_capital(words, lexicon)
        if state is not None:
            claimant = Claimant(
                mentions.actor_id(state.government, ActorKind.COUNTRY),
                state.government,
                ResolvedBy.NAME,
                ActorKind.COUNTRY,
            )
            return Reference(self.mind.actor(claimant), ResolvedBy.METONYMY)
        kind = names.kind_of(words, token.ent_type_, lexicon)
        claimant = Claimant(mentions.actor_id(words, kind), words, ResolvedBy.NAME, kind)
        return Reference(self.mind.actor(claimant, plural=token.tag_ == "NNPS"), ResolvedBy.EXPLICIT)

    def _pronoun(self, token: Token) -> Reference | None:
        word = token.lower_
        gender = self._genders.get(word, "")
        ranked = sorted(self._fitting(token, gender, word), key=lambda pair: (-pair[0], -pair[1].last))
        if not ranked or ranked[0][0] < FORGOTTEN:
            return self._ahead(token, gender) if gender else None
        best = ranked[0][1]
        if gender and not best.gender:
            best.gender, best.sure = gender, True
        near = ranked[1][1] if len(ranked) > 1 and ranked[1][0] >= NEAR * ranked[0][0] else None
        return Reference(best, ResolvedBy.PRONOUN, near)

    def _fitting(self, token: Token, gender: str, word: str) -> Iterator[tuple[float, Actor]]:
        top = top_noun(token)
        subject = top.dep_ in SUBJECTS
        speaks = token.i in self.mind.sources
        quoted = self.mind.speaker_of_quote(token.i)
        for actor in self.mind.active.values():
            if speaks and (actor.dead or actor is quoted):
                continue  # who is quoted calls itself "I"
            if gender and not (actor.human and (actor.gender in {"", gender} or not actor.sure)):
                continue
            if word in self._neuter and (actor.kind not in BODIES or actor.plural):
                continue
            if word in self._plural and not (actor.plural or actor.kind in BODIES):
                continue
            if actor.kind is ActorKind.OUTLET and not actor.subject:
                continue  # a credit, or where something was published
            if actor.verb == top.head.i and top.dep_ != "poss" and actor.last != token.i:
                continue  # two parts of one clause are two actors ("Smith told him")
            score = actor.salience * (PARALLEL if subject and actor.subject else 1.0)
            if actor is self.mind.spoke and token.dep_ != "poss" and token.i - actor.last < REACH:
                score += AGAIN
            if gender and actor.gender != gender:
                unsure = UNSURE if actor.kind is ActorKind.PERSON else UNKNOWN
                score *= unsure if not actor.gender else UNLIKELY
            if speaks and actor.accused:
                score *= UNLIKELY
            if word in self._plural and not actor.plural:
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
                return Reference(self.mind.named(place).actor, ResolvedBy.PRONOUN)
        return None


def _is_hedged(verb: Token) -> bool:
    """Whether a death is denied or only possible: "was not killed", "could have died", "threatened to kill"."""
    return verb.tag_ == "VB" or any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.children)
