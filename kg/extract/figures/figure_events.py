"""Events for figures that no trigger has an event for: "90,000 people joined the march" is an attendance.

In: the quantities and events of an article. Out: its narrations and events, with an event for each figure that had none: of the type
that its measure implies, else of a general type (an occurrence or a state), at the word that governs the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.voices import Voices
from kg.extract.events.events import make_event
from kg.extract.events.factuality import FactualityClassifier
from kg.extract.events.narration import NarrationSpans
from kg.extract.events.open_events import OCCURRENCE, STATE
from kg.extract.events.open_events import RULE as OPEN
from kg.extract.events.roles import RoleAssigner
from kg.extract.events.triggers import REGISTER, Arguments, Candidate, load_triggers
from kg.extract.figures.figures import FigureLinker
from kg.extract.figures.measures import NONE, OTHER, VERBAL, MeasureMatch, load_measures
from kg.extract.figures.quantities import NOMINAL, Quantity, quantity_words
from kg.model import Attribution, CharSpan, EventMention, Narration

#: how the events of this stage are signed
RULE = "figure"
#: relations in which a noun is an argument of its verb, and no part of a name or definition
ARGUMENTS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "dative", "attr", "oprd", "npadvmod", "conj", "ROOT", "advmod", "acomp", "agent"}
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that a figure needs: at which token, of which type, in whose content (an index of attributions, or -1)."""

    at: int
    type: str
    speaker: int


def add_events(
    parsed: ParsedArticle,
    quantities: Sequence[Quantity],
    events: Sequence[EventMention],
    narrations: Sequence[Narration],
    said: Sequence[Attribution],
) -> tuple[tuple[Narration, ...], tuple[EventMention, ...]]:
    """Add an event for each quantity that has none; both lists stay in text order."""
    voices = Voices(parsed, said)
    linker = FigureLinker(parsed, quantities, events, said, voices)
    events = _with_measured_types(events, linker)
    proposer = EventProposer(parsed, voices)
    wanted: dict[tuple[int, int], Proposal] = {}
    for number, quantity in enumerate(quantities):
        if not linker.has_event(number) and (proposal := proposer.propose(quantity, linker.matches[number])):
            wanted.setdefault((proposal.at, proposal.speaker), proposal)
    if not wanted:
        return tuple(narrations), tuple(events)
    maker = EventMaker(parsed, narrations, said, voices)
    made = [event for key in sorted(wanted) if (event := maker.make(wanted[key])) is not None]
    return maker.narrations(), tuple(sorted((*events, *made), key=lambda event: event.trigger.start))


def _with_measured_types(events: Sequence[EventMention], linker: FigureLinker) -> tuple[EventMention, ...]:
    """The events, those of a general type with the type that the measure of their figure implies: "put attendance at 90,000"."""
    types = {
        owner: match.type
        for number, match in enumerate(linker.matches)
        for owner in linker.owners[number]
        if match.type and events[owner].rule == OPEN and linker.has_event(number)
    }
    return tuple(replace(event, type=types.get(n, event.type)) for n, event in enumerate(events))


class EventProposer:
    """Chooses the word that reports the event of a figure."""

    def __init__(self, parsed: ParsedArticle, voices: Voices) -> None:
        self.tree, self.voices, self.silent = parsed.tree, voices, parsed.silent
        self.words = {kind: frozenset(words) for kind, words in quantity_words(parsed.lexicon).items()}
        self.crimes = parsed.lexicon.classes()["crime"]
        sports = load_measures(parsed.lexicon).classes["sport"]
        self.sports = len(sports.intersection(parsed.tree.lemma)) >= REGISTER

    def propose(self, quantity: Quantity, match: MeasureMatch) -> Proposal | None:
        """The event of a quantity with its measure; None where the number counts for no event."""
        if match.measure == NONE:
            return None
        speaker = self.voices.owner[quantity.at]
        if speaker < 0 and (self.voices.sources[quantity.at] or self.voices.cues[quantity.at]):
            return None  # "three witnesses said"
        at = match.at
        if at is None:
            at = self._governor(quantity, match)
        if at is None or at in self.silent:
            return None
        if self.voices.cues[at] and speaker >= 0:
            at = quantity.noun if quantity.noun is not None and match.measure != OTHER else None
            if at is None:
                return None
        return Proposal(at, match.type or self._general(at), speaker)

    def _general(self, at: int) -> str:
        return STATE if self.tree.lemma[at] in self.words["state"] or self.tree.pos[at] == "ADJ" else OCCURRENCE

    def _governor(self, quantity: Quantity, match: MeasureMatch) -> int | None:
        """The verb whose argument a quantity is; past a noun ("a house with 12 rooms") only where its words give a measure."""
        tree, below, kind = self.tree, quantity.top, quantity.numeral.kind
        sure = match.measure != OTHER and not kind
        if kind == "duration" and not self._lasts(quantity.top):
            return None  # "had worked there for 15 years"
        if self.sports and not sure and kind != "money":
            return None
        for up in tree.climb(quantity.top):
            if tree.pos[up] in VERBAL and tree.dep[up] != "prep":
                return (
                    up if sure or tree.lemma[up] not in self.words["state"] or self._is_located(up, quantity) else None
                )
            if not sure and kind != "money" and not self._passes(below, up):
                return None
            below = up
        return below if (sure or kind == "money") and tree.pos[below] in NOMINAL | {"NUM", "ADJ"} else None

    def _lasts(self, top: int) -> bool:
        """Whether a duration is that of something that lasts: "60 years for murder", "added three years to his sentence"."""
        tree, lasting = self.tree, self.words["lasting"]
        near = tree.subtree(top)
        for up in tree.climb(top):
            near.append(up)
            if tree.pos[up] in VERBAL and tree.dep[up] != "prep":
                near += [inner for _, inner in tree.phrases(up)]
                break
        return any(tree.lemma[i] in lasting or tree.lemma[i] in self.crimes for i in near)

    def _is_located(self, verb: int, quantity: Quantity) -> bool:
        """As in "100 people were inside", "65 percent is offline", "the epicentre was 12 miles from the town"."""
        tree, kind = self.tree, quantity.numeral.kind
        if kind == "distance":
            return any(tree.lemma[x] in self.words["epicentre"] for x in tree.kids(verb, "nsubj"))
        if kind:
            return kind in {"percent", "money", "magnitude"} and tree.lemma[verb] == "be"
        place = tree.kids(verb, "prep", "advmod", "acomp")
        return tree.lemma[verb] == "be" and bool(place) and quantity.top in tree.kids(verb, "nsubj")

    def _passes(self, below: int, up: int) -> bool:
        """Whether a phrase is still an argument of what stands above: "for 125 seats", "five days of talks"."""
        tree = self.tree
        if tree.dep[below] in {"pobj", "conj"}:
            return True
        if (
            tree.pos[below] == "ADP"
            and tree.lower[below] == "of"
            and tree.lemma[up] in self.words["lasting"] | self.words["epicentre"]
        ):
            return True
        if tree.pos[below] == "ADP":
            return tree.pos[up] in VERBAL | {"ADV", "ADJ"}  # "put the number closer to 20,000"
        return tree.dep[below] in ARGUMENTS


class EventMaker:
    """Makes events of proposals, and the narrations that report those of the article's own voice."""

    def __init__(
        self, parsed: ParsedArticle, narrations: Sequence[Narration], said: Sequence[Attribution], voices: Voices
    ) -> None:
        self.parsed, self.said = parsed, said
        self.known = list(narrations)
        self.voices = voices
        self.narration_at: dict[int, str] = {}
        for narration in narrations:
            self._take(narration)
        tree = parsed.tree
        self.judge = FactualityClassifier(tree, parsed.lexicon)
        self.roles = RoleAssigner(parsed, tree)
        self.spans = NarrationSpans(tree, self.voices, load_triggers(parsed.lexicon).classes)

    def make(self, proposal: Proposal) -> EventMention | None:
        """The event, reported by the attribution or by a narration; None where neither can report it."""
        attribution = self.said[proposal.speaker] if proposal.speaker >= 0 else None
        candidate = Candidate(proposal.at, proposal.type, RULE, Arguments(self.parsed.tree, proposal.at))
        told_by = attribution.id if attribution else self._narration(proposal.at, candidate)
        return make_event(candidate, attribution, told_by, self.judge, self.roles) if told_by else None

    def narrations(self) -> tuple[Narration, ...]:
        """The narrations, in text order."""
        return tuple(sorted(self.known, key=lambda each: each.content[0]))

    def _narration(self, at: int, candidate: Candidate) -> str:
        """The narration that contains a token, a new one where none does."""
        if at in self.narration_at:
            return self.narration_at[at]
        head = self.spans.head(at)
        content = self.spans.content(head, frozenset({head}), at) or (self._clause(at),)
        verdict = self.judge.judge(candidate, reported=False)
        narration = Narration(f"n{len(self.known) + 1}", content, verdict.polarity, verdict.certainty)
        self.known.append(narration)
        self._take(narration)
        return narration.id

    def _clause(self, at: int) -> CharSpan:
        return self.parsed.span(self.parsed.doc[at])

    def _take(self, narration: Narration) -> None:
        for span in narration.content:
            tokens = self.parsed.tokens(span)
            for i in range(tokens.start, tokens.end):
                self.voices.taken[i] = True
                self.narration_at.setdefault(i, narration.id)
