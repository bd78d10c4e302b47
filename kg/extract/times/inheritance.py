"""The running time of a text, and how an event that is reported without a time gets one.

A past event goes on in the time of the past events reported last, a present one in that of the saying reported last ("reported
on Wednesday ... troops continue"); what is only named as news is of the day of the saying. A plan, or a time long ago,
ends the running time; so do a few sentences in which nothing is dated. What follows on an event (an arrest, a trial)
keeps a running time separate from the event's. An inherited time has no span, or, within a sentence, that of its words.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.times import normalise
from kg.extract.times.anchoring import LEANING, TimeAnchors
from kg.extract.times.incident import Incident
from kg.extract.times.scope import VERBAL
from kg.model import Certainty, Kind, Tense, TimeBasis, TimeExpression

#: how many sentences without a dated event the running time outlasts
LASTS = 3
#: how many days before or after the article's day an event may lie for its story to run on
RECENT = 7


class TimeInheritance:
    """The running time of an article; ``times`` are those of its events, filled sentence by sentence."""

    def __init__(self, anchors: TimeAnchors, times: list[TimeExpression | None]) -> None:
        self.anchors, self.times = anchors, times
        self.tree, self.links = anchors.tree, anchors.scope.links
        self.incident = Incident(anchors.parsed, anchors.events)
        self.past: dict[bool, tuple[TimeExpression, int]] = {}  # by whether it is the aftermath's; with its sentence
        self.of_type: dict[str, TimeExpression] = {}
        self.sayings = sorted(
            (anchors.sentences[min(cue)], number)
            for number, cue in enumerate(anchors.cues)
            if cue and (asserted := anchors.attributions[number].asserted) and asserted.edtf
        )

    def time_at(self, i: int) -> str | None:
        """When the event or the saying is dated whose word is ``i``, or stands above it, nearest first."""
        for up in (i, *self.tree.climb(i)):
            if (saying := self.anchors.saying_at.get(up)) is not None:
                asserted = self.anchors.attributions[saying].asserted
                return asserted.edtf if asserted else None
            time = self.times[event] if (event := self.anchors.event_at.get(up)) is not None else None
            if time is not None:
                return time.edtf
        return None

    def time_of(self, i: int) -> str | None:
        """When the event or the saying is dated whose word is ``i``."""
        dated = i in self.anchors.saying_at or i in self.anchors.event_at
        return self.time_at(i) if dated else None

    def tally(self, event: int) -> int | None:
        """The verb of a toll, whose time is not that of the deaths: "the toll from the quake rose on Wednesday"."""
        tree, at = self.tree, self.anchors.heads[event]
        summed = self.anchors.events[event].type in self.links["sum"]
        for up in (at, *tree.climb(at)):
            if tree.dep[up] == "nsubj":
                is_toll = (summed or up != at) and tree.lemma[tree.head[up]] in self.links["tally"]
                return tree.head[up] if is_toll else None
            if tree.pos[up] in VERBAL:
                return None
        return None

    # ---------------------------------------------------------------- handing on

    def hand_on(self, group: list[int]) -> None:
        """Give the events of one sentence that have no time the one that the language hands on to them."""
        ways: tuple[Callable[[int, list[int]], TimeExpression | None], ...] = (
            self._since,
            self._of_its_noun,
            self._within,
            self._as_reported,
            self._ended_by,
            self._running,
            self._within,
            self._again,
        )
        for way in ways:
            for event in group:
                if self.times[event] is None:
                    self.times[event] = way(event, group)

    def _since(self, event: int, group: list[int]) -> TimeExpression | None:
        """As in "Have fled since fighting broke out on April 15": from then on."""
        verb, auxiliaries = self._verb(self.anchors.heads[event])
        if not auxiliaries & self.links["perfect"]:
            return None
        for other in group:
            clause, time = self.anchors.scope.clause(self.anchors.heads[other]), self.times[other]
            since = any(self.tree.lower[c] == "since" for c in self.tree.kids(clause, "mark"))
            if since and self.tree.head[clause] == verb and time is not None and time.edtf is not None:
                return _inherited(time, f"{time.edtf.split('/')[0]}/..")
        return None

    def _of_its_noun(self, event: int, _: list[int]) -> TimeExpression | None:
        """As in "The 2007 quake that killed 500": the time of the noun that its clause says more about."""
        clause = self._modifies(self.anchors.heads[event])
        if clause is None:
            return None
        noun = self.tree.head[clause]
        event_there = self.anchors.event_at.get(noun)
        if event_there is not None:
            time = self.times[event_there]
            return time if time is not None and time.edtf else None
        placed = next(
            (each for each in self.anchors.times.get(self.anchors.sentences[noun], ()) if each.governor == noun), None
        )
        return self.anchors.express(placed) if placed is not None and placed.words.kind not in LEANING else None

    def _within(self, event: int, group: list[int]) -> TimeExpression | None:
        """The time of an event in the same sentence whose clause this one shares."""
        tense = self.anchors.events[event].tense
        if self.tree.dep[self.anchors.heads[event]] in {"compound", "nmod"}:
            return None  # "the murder charge": of the charge, whose time is not the murder's
        for other in group:
            time = self.times[other]
            alike = other != event and tense is self.anchors.events[other].tense
            if alike and time and time.edtf and self._is_linked(event, other):
                return time
        return None

    def _is_linked(self, event: int, other: int) -> bool:
        mention, scope = self.anchors, self.anchors.scope
        attribution_of = {mention.events[each].told_by for each in (event, other)}
        if len(attribution_of) > 1 and attribution_of & mention.attribution_of.keys():
            return False
        ours, theirs = ({up for i in mention.triggers[each] for up in (i, *scope.above(i))} for each in (event, other))
        return bool(ours & theirs)

    def _as_reported(self, event: int, _: list[int]) -> TimeExpression | None:
        """As in "Reported on Wednesday some success": what a saying only names, as news, is of the day of the saying."""
        mention, at = self.anchors.events[event], self.anchors.heads[event]
        source = self.anchors.attribution_of.get(mention.told_by)
        if source is None or source.asserted is None or source.kind is not Kind.CLAIM or mention.tense is Tense.FUTURE:
            return None
        if self.tree.pos[at] in VERBAL or self._is_known(at):
            return None
        verb = next((up for up in self.tree.climb(at) if self.tree.pos[up] in VERBAL), None)
        saying = self.anchors.saying_at.get(verb) if verb is not None else None
        return source.asserted if saying is not None and self.anchors.attributions[saying].id == source.id else None

    def _ended_by(self, event: int, _: list[int]) -> TimeExpression | None:
        """As in "Captured the town in May after months of fighting": the fighting ended by May."""
        tree, above = self.tree, list(self.tree.climb(self.anchors.heads[event]))
        after = next((up for up in above if tree.lower[up] == "after" and tree.dep[up] == "prep"), None)
        if after is None or not any(tree.lemma[up] in self.links["unit"] for up in above[: above.index(after)]):
            return None
        main = self.anchors.event_at.get(tree.head[after])
        time = self.times[main] if main is not None else None
        if time is None or time.edtf is None:
            return None
        return _inherited(time, f"../{time.edtf.split('/')[-1]}")

    def _running(self, event: int, _: list[int]) -> TimeExpression | None:
        """The time that the story stands at, for an event that goes on with it."""
        mention, at, here = self.anchors.events[event], self.anchors.heads[event], self.anchors.sentence(event)
        if mention.tense in (Tense.FUTURE, Tense.HABITUAL) or mention.certainty is Certainty.UNSPECIFIED:
            return None
        if not self._goes_on(at) or self.incident.is_of_case(event) or self.tree.dep[at] in {"compound", "nmod"}:
            return None
        if self._is_aftermath(event) and self.tree.pos[at] not in VERBAL:
            return None  # "the charges carry ten years": no act of the running time
        if self._is_now(event):
            time, since = (None, here) if self._is_sum(event) or not self._is_of_story(event) else self._said(here)
        else:
            time, since = self.past.get(self._is_aftermath(event), (None, here))
            time = None if self._steps_back(at) else time
        return _inherited(time, time.edtf) if time and here - since <= LASTS else None

    def _is_of_story(self, event: int) -> bool:
        """Whether it is of a type that a story of the day is made of: no investigation's state, no mere condition."""
        return bool(self.incident.lines[event]) and not self._is_aftermath(event)

    def _said(self, here: int) -> tuple[TimeExpression | None, int]:
        """When the last dated saying was said, and its sentence."""
        said = [(sentence, number) for sentence, number in self.sayings if sentence <= here]
        return (self.anchors.attributions[said[-1][1]].asserted, said[-1][0]) if said else (None, here)

    def _again(self, event: int, _: list[int]) -> TimeExpression | None:
        """As in "The shooting": the time that an event of this type was reported with last."""
        mention, at = self.anchors.events[event], self.anchors.heads[event]
        if self.tree.tag[at] != "NN" or mention.tense is not Tense.PAST:
            return None
        if not any(self.tree.lower[c] in {"the", "this"} for c in self.tree.children[at]):
            return None
        if self.incident.is_other(event):
            return None
        time = self.of_type.get(mention.type)
        return _inherited(time, time.edtf) if time else None

    # ---------------------------------------------------------------- how an event stands in its sentence

    def _is_known(self, at: int) -> bool:
        """Whether a noun speaks of what is known already: "the attack", "its war"."""
        return any(self.tree.lower[c] in self.links["known"] for c in self.tree.children[at])

    def _goes_on(self, at: int) -> bool:
        """Whether a word stands in the main line of its sentence: under no "after", and a noun by way of a verb."""
        tree = self.tree
        if any(self._bars(up) for up in (at, *tree.climb(at))) or self._identifies(at):
            return False
        noun = tree.outermost(at)
        if tree.pos[at] in VERBAL or tree.dep[noun] == "nsubj":
            return True
        if tree.dep[noun] in {"dobj", "nsubjpass"} and self._is_known(at):
            return True
        return any(tree.pos[up] in VERBAL for up in self.anchors.scope.above(at))

    def _bars(self, i: int) -> bool:
        tree, bars = self.tree, self.links["bar"]
        marked = any(tree.dep[c] == "mark" and tree.lower[c] in bars for c in tree.children[i])
        return marked or (tree.dep[i] == "prep" and tree.lower[i] in bars)

    def _identifies(self, at: int) -> bool:
        """Whether it stands in a clause that only says who is meant: "the girl who died"."""
        clause = self._modifies(at)
        return clause is not None and any(self.tree.lower[c] == "who" for c in self.tree.children[clause])

    def _modifies(self, at: int) -> int | None:
        """The clause with it, where that only modifies a noun: "the drones launched on Monday"."""
        tree, clause = self.tree, self.anchors.scope.clause(at)
        while tree.dep[clause] == "conj":
            clause = tree.head[clause]
        return clause if tree.dep[clause] in {"relcl", "acl"} else None

    def _is_now(self, event: int) -> bool:
        """Whether it is reported as of the saying: in the present, the perfect, or, in what is said, the past progressive."""
        mention = self.anchors.events[event]
        if mention.tense is Tense.PRESENT:
            return True
        verb, auxiliaries = self._verb(self.anchors.heads[event])
        progressive = self.tree.tag[verb] == "VBG" and bool(auxiliaries & {"was", "were"})
        return bool(auxiliaries & self.links["perfect"]) or (
            progressive and mention.told_by in self.anchors.attribution_of
        )

    def _is_sum(self, event: int) -> bool:
        """Whether it sums up what came before the saying: "389 have been killed", "the toll from the quake has risen"."""
        _, auxiliaries = self._verb(self.anchors.heads[event])
        summed = self.anchors.events[event].type in self.links["sum"] or self.tally(event) is not None
        return bool(auxiliaries & self.links["perfect"]) and summed

    def _steps_back(self, at: int) -> bool:
        """Whether the text goes back before the story ("had been"), or the verb gives no time of its own."""
        verb, auxiliaries = self._verb(at)
        return bool(auxiliaries & {"had", "to"}) or self.tree.tag[verb] in {"VB", "VBG"}

    def _verb(self, at: int) -> tuple[int, set[str]]:
        tree, verb = self.tree, self.anchors.scope.clause(at)
        return verb, {tree.lower[c] for c in tree.children[verb] if tree.dep[c] in {"aux", "auxpass"}}

    def _is_aftermath(self, event: int) -> bool:
        return self.anchors.events[event].type in self.links["aftermath"]

    # ---------------------------------------------------------------- moving on

    def move_on(self, group: list[int]) -> None:
        """Take the running time on to that of a sentence's past events, and end it where the text leaves it."""
        for event in group:
            mention, time = self.anchors.events[event], self.times[event]
            if time is None or time.edtf is None:
                continue
            if mention.tense is Tense.FUTURE or not self._is_recent(time.edtf):
                self.past.clear()
            elif mention.tense is Tense.PAST and not self._is_isolated(event):
                self.past[self._is_aftermath(event)] = time, self.anchors.sentence(event)
            if normalise.is_short(time.edtf):
                self.of_type[mention.type] = time
        tenses = {self.anchors.events[event].tense for event in group}
        if Tense.FUTURE in tenses and Tense.PAST not in tenses:
            self.past.clear()

    def _is_isolated(self, event: int) -> bool:
        """Whether the story does not go on from an event: one in a clause aside, or one person's death."""
        return self._modifies(self.anchors.heads[event]) is not None or self.incident.is_own_death(event)

    def _is_recent(self, edtf: str) -> bool:
        last, dateline = normalise.bounds(edtf)[1], self.anchors.dateline
        if last is None or not normalise.is_short(edtf):
            return False
        return dateline is None or abs((dateline - last).days) <= RECENT


def _inherited(time: TimeExpression, edtf: str | None) -> TimeExpression:
    return TimeExpression(time.text, edtf, TimeBasis.EVENT, None, time.span or time.from_span, time.night)
