"""When: the time of each event as reported, and of each saying, read against the article's day.

A time dates the word that governs it and what shares that word's time (`kg.extract.times.scope`); one beside a cue
("said on Wednesday") dates the saying. An event reported without a time takes that of the story it belongs to
(`kg.extract.times.inheritance`). Nothing is dated only by the day of publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.times.anchoring import DATELESS, LEANING, TimeAnchors
from kg.extract.times.incident_times import IncidentTimes
from kg.extract.times.inheritance import TimeInheritance
from kg.extract.times.scope import AnchoredTime
from kg.model import Attribution, EventMention, Narration, Tense, TimeExpression


def date_attributions(parsed: ParsedArticle, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with ``asserted``: when it was said, where the text says so."""
    anchors = TimeAnchors(parsed, attributions, ())
    dated: list[Attribution] = []
    for number, attribution in enumerate(attributions):
        asserted = _asserted(number, dated, anchors)
        dated.append(attribution if asserted is None else replace(attribution, asserted=asserted))
    return tuple(dated)


def date_events(
    parsed: ParsedArticle,
    attributions: Sequence[Attribution],
    narrations: Sequence[Narration],  # noqa: ARG001 - the stage hands all narrations to every reader of events
    events: Sequence[EventMention],
) -> tuple[EventMention, ...]:
    """The events with their time, where the text gives one or an earlier event hands one on."""
    if not events:
        return ()
    anchors = TimeAnchors(parsed, attributions, events)
    times: list[TimeExpression | None] = [None] * len(events)
    story = TimeInheritance(anchors, times)
    order = sorted(range(len(events)), key=lambda event: (anchors.sentence(event), anchors.heads[event]))
    for _, each in groupby(order, key=anchors.sentence):
        _date_sentence(list(each), times, story, anchors)
    IncidentTimes(anchors, times).fill()
    return tuple(
        event if time is None else replace(event, time=time) for event, time in zip(events, times, strict=True)
    )


def _asserted(number: int, dated: Sequence[Attribution], anchors: TimeAnchors) -> TimeExpression | None:
    """When a saying was said: by its own time, or that of the saying it is coordinated with."""
    placed = anchors.of_saying.get(number)
    if placed is not None:
        return anchors.express(placed, previous=anchors.before(placed) if placed.words.kind in LEANING else None)
    tree = anchors.tree
    heads = {tree.head[i] for i in anchors.cues[number] if tree.dep[i] == "conj"}
    return next((a.asserted for a, cue in zip(dated, anchors.cues, strict=False) if cue & heads), None)


def _date_sentence(
    group: list[int], times: list[TimeExpression | None], story: TimeInheritance, anchors: TimeAnchors
) -> None:
    own = {event: anchors.own(event) for event in group}
    for event, placed in own.items():
        if placed is not None and placed.governor == story.tally(event):
            own[event] = None
    for event, placed in own.items():
        if placed is not None and placed.words.kind not in DATELESS:
            previous = None
            if placed.words.kind in LEANING:
                previous = anchors.before(placed) if placed.inner is None else story.time_at(placed.inner)
            future = anchors.events[event].tense is Tense.FUTURE
            open_way = anchors.is_open_way(event, placed)
            time = anchors.express(placed, future=future, previous=previous, open_way=open_way)
            times[event] = _opened(event, placed, time, anchors)
    counted = {event: _counted_back(event, story, anchors) for event in group if times[event] is None}
    for event, counted_time in counted.items():
        times[event] = counted_time
    story.hand_on(group)
    for event, placed in own.items():
        if placed is None or placed.words.kind not in DATELESS:
            continue
        clock, known = anchors.express(placed), times[event]  # "at 3 a.m.", which gives no day
        if known is None:
            times[event] = clock
        elif known.span is None:
            times[event] = replace(known, text=clock.text, span=clock.span)
    story.move_on([event for event in group if counted.get(event) is None])  # "a day after the truce" is an aside


def _opened(event: int, placed: AnchoredTime, time: TimeExpression, anchors: TimeAnchors) -> TimeExpression:
    """As in "Presses on with the offensive launched in May": what began then and goes on has no end yet."""
    tree, links = anchors.tree, anchors.scope.links
    begun = tree.lemma[placed.governor] in links["begins"] and placed.governor not in anchors.triggers[event]
    goes_on = tree.lemma[anchors.scope.clause(anchors.heads[event])] in links["goes_on"]
    if begun and goes_on and time.edtf is not None and "/" not in time.edtf:
        return replace(time, edtf=f"{time.edtf}/..")
    return time


def _counted_back(event: int, story: TimeInheritance, anchors: TimeAnchors) -> TimeExpression | None:
    """As in "Was hit overnight, three days after the assault" dates the assault: three days before."""
    for placed in anchors.times.get(anchors.sentence(event), ()):
        if anchors.counts_from(placed, event):
            return anchors.express(_reversed(placed), previous=story.time_of(placed.governor))
    return None


def _reversed(placed: AnchoredTime) -> AnchoredTime:
    """The time that leads back: of "three days after", "three days before"."""
    way = "before" if placed.words.parts["way"].lower() == "after" else "after"
    return replace(placed, words=replace(placed.words, parts={**placed.words.parts, "way": way}))
