"""Times, sayings and events of one article side by side: which time stands with which word.

The ground that `kg.extract.times` (what has a time of its own) and `kg.extract.times.inheritance` (what takes another's) stand on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.times import expressions, normalise
from kg.extract.times.dateline import article_day
from kg.extract.times.normalise import Anchor
from kg.extract.times.scope import NOMINAL, AnchoredTime, Scope
from kg.model import Attribution, CharSpan, EventMention, Tense, TimeBasis, TimeExpression

#: kinds of time that put no event on a day of their own: a clock's hour, "in recent weeks"
DATELESS = frozenset({"clock", "vague"})
#: kinds that lean on another time, and yield to one that does not
LEANING = DATELESS | {"hours", "relative", "near_weekday"}


class TimeAnchors:
    """One article's attributions and events with their tokens, and its times by sentence."""

    def __init__(
        self, parsed: ParsedArticle, attributions: Sequence[Attribution], events: Sequence[EventMention]
    ) -> None:
        self.parsed, self.attributions, self.events = parsed, attributions, events
        self.tree = parsed.tree
        self.dateline, self.from_text = article_day(parsed.article, parsed.lexicon)
        self.attribution_of = {each.id: each for each in attributions}
        self.cues = [self._indexes(each.cue) for each in attributions]
        self.triggers = [self._indexes((event.trigger,)) for event in events]
        self.heads = [parsed.tokens(event.trigger).root.i for event in events]
        self.event_at = {i: number for number, trigger in enumerate(self.triggers) for i in trigger}
        self.saying_at = {i: number for number, cue in enumerate(self.cues) for i in cue}
        self.scope = Scope(self.tree, parsed.lexicon, frozenset(self.event_at), frozenset(self.saying_at))
        self.sentences = parsed.sentence_numbers
        self.times = self._place_times()
        self.in_order = [placed for number in sorted(self.times) for placed in self.times[number]]
        self.of_saying = self._claim()
        self.claimed = {placed.first for placed in self.of_saying.values()}

    def _indexes(self, spans: Iterable[CharSpan]) -> frozenset[int]:
        return frozenset(token.i for span in spans for token in self.parsed.tokens(span) if not token.is_space)

    def _place_times(self) -> dict[int, list[AnchoredTime]]:
        """The article's times by the number of their sentence."""
        found: dict[int, list[AnchoredTime]] = {}
        for words in expressions.find_time_expressions(self.parsed.article.text, self.parsed.lexicon):
            tokens = self.parsed.tokens(words.span)
            if tokens.start not in self.parsed.silent and not (
                words.kind == "holiday" and self._names_kind(tokens.end - 1)
            ):
                placed = self.scope.place(words, tokens.start, tokens.end)
                found.setdefault(self.sentences[tokens.start], []).append(placed)
        return found

    def _names_kind(self, i: int) -> bool:
        """Whether a feast only says of what kind a noun is: "a Halloween party"; "Halloween night" is a time."""
        return self.tree.dep[i] == "compound" and self.tree.lower[self.tree.head[i]] not in self.scope.links["temporal"]

    def sentence(self, event: int) -> int:
        """The number of an event's sentence."""
        return self.sentences[self.heads[event]]

    def before(self, placed: AnchoredTime) -> str | None:
        """The day or night that the text gave last before a time: what "a day earlier" counts from; of nights, a night.

        What "that year" counts from need not be so short.
        """
        unit = placed.words.parts.get("unit", "").lower()
        earlier: list[str] = []
        for each in self.in_order[: self.in_order.index(placed)]:
            edtf = self.express(each, previous=earlier[-1] if earlier else None).edtf
            if edtf is not None and (normalise.is_short(edtf) or (unit in {"month", "year"} and ".." not in edtf)):
                earlier.append(edtf)
        nights = [edtf for edtf in earlier if "/" in edtf] if unit == "night" else []
        return next(reversed(nights or earlier), None)

    def express(
        self, placed: AnchoredTime, *, future: bool = False, previous: str | None = None, open_way: bool = False
    ) -> TimeExpression:
        """A time, resolved: ``previous`` is what "a night earlier" counts from."""
        led = self._leads_ahead(placed)
        words = replace(placed.words, bound="") if led else placed.words  # "adjourned until Monday": to that day
        edtf, basis = normalise.resolve(words, Anchor(self.dateline, future or led, previous, open_way))
        if self.from_text and basis is TimeBasis.DOCUMENT_DATE:
            basis = TimeBasis.DATELINE
        span, parts = words.span, words.parts
        night = parts.get("part", parts.get("word", "")).lower().endswith("night")
        return TimeExpression(span.of(self.parsed.article.text), edtf, basis, span, night=night)

    def _leads_ahead(self, placed: AnchoredTime) -> bool:
        """As in "Was set for Nov. 6", "adjourned until Monday": the verb and its preposition lead to a coming day."""
        tree = self.tree
        if tree.lemma[placed.governor] not in self.scope.links["ahead"]:
            return False
        return any(tree.lower[i] in {"for", "to", "until", "till"} for i in range(max(placed.first - 2, 0), placed.end))

    def is_open_way(self, event: int, placed: AnchoredTime) -> bool:
        """Whether the words leave open whether a date lies behind or ahead: "opens Nov. 6", "the Nov. 6 hearing"."""
        tree, verb = self.tree, self.scope.clause(placed.governor)
        auxiliaries = {tree.lower[c] for c in tree.children[verb] if tree.dep[c] in {"aux", "auxpass"}}
        past = tree.tag[verb] == "VBD" or bool(auxiliaries & {"was", "were", *self.scope.links["perfect"]})
        return not past or (self.events[event].tense is Tense.PRESENT and not auxiliaries)

    # ---------------------------------------------------------------- which time is a saying's

    def _claim(self) -> dict[int, AnchoredTime]:
        """The time of each saying that has one, by the attribution's number: the one right beside its cue, if there is."""
        found: dict[int, AnchoredTime] = {}
        for number, cue in enumerate(self.cues):
            times = self.times.get(self.sentences[min(cue)], []) if cue else []
            times = [placed for placed in times if not placed.words.bound and placed.words.kind not in DATELESS]
            beside = [placed for placed in times if self._is_beside(placed, cue)]
            for placed in beside or [placed for placed in times if self._dates_saying(placed, number)]:
                found.setdefault(number, placed)
        return found

    def _dates_saying(self, placed: AnchoredTime, number: int) -> bool:
        cue, attribution = self.cues[number], self.attributions[number]
        if any(span.overlaps(placed.words.span) for span in attribution.content) or self._trails(placed, attribution):
            return False
        return placed.governor in cue or self.scope.clause(placed.governor) in cue

    def _trails(self, placed: AnchoredTime, attribution: Attribution) -> bool:
        """Whether nothing but a blank parts a time from content before it: "were shot down overnight, the army said"."""
        return any(0 <= placed.words.span.start - span.end <= 1 for span in attribution.content)

    def _is_beside(self, placed: AnchoredTime, cue: frozenset[int]) -> bool:
        """Right after the cue, but for words like "on" and "late": "said late on Tuesday that"."""
        between = self.tree.pos[max(cue) + 1 : placed.first]
        return max(cue) < placed.first and all(pos in {"ADP", "ADV"} for pos in between)

    # ---------------------------------------------------------------- which time is an event's

    def own(self, event: int) -> AnchoredTime | None:
        """The time that an event is reported with: the one that reaches its word by the shortest way."""
        ranked = []
        for placed in self.times.get(self.sentence(event), ()):
            if (
                (placed.first in self.claimed and not self._is_saying_of(event, placed))
                or self.counts_from(placed, event)
                or not self._share_attribution(event, placed)
                or self._is_of_another(event, placed)
            ):
                continue
            steps = self._steps(event, placed.governor, ahead=self._leads_ahead(placed))
            if steps is None and placed.governor in self.saying_at:
                steps = len(self.tree)  # it trails the content, though the parse attaches it to the cue
            if steps is not None:
                ranked.append((placed.words.kind in LEANING, steps, abs(placed.first - self.heads[event]), placed))
        return min(ranked, key=lambda each: each[:3])[3] if ranked else None

    def _is_of_another(self, event: int, placed: AnchoredTime) -> bool:
        """Whether a time is of another thing of the sentence that the event does not share its time with.

        "Stars of the 1940s died", "a convicted man fled on Monday", "ordered on Monday his execution".
        """
        tree, at = self.tree, self.heads[event]
        if placed.governor in self.triggers[event]:
            return False
        words = {tree.lower[i] for i in (placed.first, placed.first - 1) if i >= 0}
        if "of" in words and tree.pos[placed.governor] in NOMINAL:
            return True
        if tree.dep[at] == "amod" and self.events[event].type in self.scope.links["aftermath"]:
            return True
        ahead = self.events[event].tense is Tense.FUTURE
        return ahead and tree.tag[placed.governor] == "VBD" and not self._leads_ahead(placed)

    def _is_saying_of(self, event: int, placed: AnchoredTime) -> bool:
        """Whether a time is that of the saying which the event's own word is: "have this morning charged him with"."""
        return any(
            each is placed and self.cues[number] & self.triggers[event] for number, each in self.of_saying.items()
        )

    def counts_from(self, placed: AnchoredTime, event: int) -> bool:
        """Whether a time counts from the event: "two days after the bridge fell" from the fall."""
        inner = placed.inner
        return inner is not None and (inner in self.triggers[event] or inner in self.scope.above(self.heads[event]))

    def _is_scheduled(self, verb: int, trigger: frozenset[int]) -> bool:
        """As in "The trial was set for Nov. 6", "elections scheduled for Sunday": the verb that says when the noun will be."""
        tree = self.tree
        if tree.dep[verb] in {"acl", "relcl"} and tree.head[verb] in trigger:
            return True
        return any(c in trigger for c in tree.kids(verb, "nsubj", "nsubjpass", "dobj"))

    def _steps(self, event: int, governor: int, *, ahead: bool = False) -> int | None:
        """How far an event's word is from the one that governs a time; None where the time does not reach it."""
        trigger = self.triggers[event]
        if governor in trigger:
            return 0
        if any(self.scope.under(i, governor) for i in trigger) or self._says_taking_place(governor, trigger):
            return 1
        if ahead and self._is_scheduled(governor, trigger):
            return 1
        for i in trigger:
            for steps, up in enumerate(self.scope.above(i), start=2):
                if up in trigger:
                    break
                if up == governor:
                    return steps
        return self._lent(governor, trigger)

    def _lent(self, governor: int, trigger: frozenset[int]) -> int | None:
        """As in "Four were hurt when the roof fell in on Sunday": the time of a clause aside, for the clause above."""
        clause, aside = self.scope.clause(governor), self.tree.children
        marked = any(self.tree.lower[c] in self.scope.links["aside"] for c in aside[clause])
        lends = marked and self.tree.dep[clause] == "advcl" and governor not in self.event_at
        return len(self.tree) if lends and self.tree.head[clause] in trigger else None

    def _says_taking_place(self, verb: int, trigger: frozenset[int]) -> bool:
        """As in "The offensive launched in May", "a wound suffered on Friday": the verb that says that the noun took place."""
        tree, links = self.tree, self.scope.links
        modifies = tree.dep[verb] in {"acl", "relcl"} and tree.head[verb] in trigger
        return modifies and (tree.lemma[verb] in links["begins"] or tree.lemma[verb] in links["carries"])

    def _share_attribution(self, event: int, placed: AnchoredTime) -> bool:
        """Whether the time stands in the words of the event's source."""
        source = self.attribution_of.get(self.events[event].told_by)
        if source is not None:
            inside = any(span.overlaps(placed.words.span) for span in source.content)
            return inside or self._trails(placed, source)
        return not any(span.overlaps(placed.words.span) for each in self.attributions for span in each.content)
