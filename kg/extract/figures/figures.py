"""Assign the figures of a text to its events, each with its role and measure.

`assign_figures` gives each event its quantities (`kg.extract.figures.quantities`). A figure belongs to the
event whose word governs what is counted ("shot down 11 of them"), to the one that modifies it ("15 people injured in
the fire"), or is that event itself ("65 air strikes"). The whole that a figure is part of stands in the same event's
figures, so that ``of`` can name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.voices import Voices
from kg.extract.figures.measures import NONE, OTHER, MeasureFinder, MeasureMatch
from kg.extract.figures.name_lists import count_names
from kg.extract.figures.quantities import Quantity
from kg.extract.lexicon import Lexicon
from kg.model import Attribution, EventMention, Figure

VERBAL = frozenset({"VERB", "AUX"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "acomp", "attr", "oprd", "xcomp", "ccomp", "prt"})
#: relations by which a verb only completes the one above it
COMPLETES = frozenset({"xcomp", "aux", "auxpass", "acomp"})
#: kinds of unit that say of an event how long or how strong it was, whatever its verb
MEASURES = frozenset({"duration", "magnitude"})
#: the types of events that no type of the scheme fits
GENERAL = frozenset({"Occurrence", "State"})
#: verbs that give no role
EMPTY = frozenset({"be", "have"})


def assign_figures(
    parsed: ParsedArticle,
    found: Sequence[Quantity],
    events: Sequence[EventMention],
    said: Sequence[Attribution] = (),
) -> tuple[EventMention, ...]:
    """The events with their figures: of what is ``said``, each with those that its own source gives."""
    return FigureLinker(parsed, found, events, said).link() if events else ()


class FigureLinker:
    """Finds, for each quantity of an article, the events that it counts for, and its measure."""

    def __init__(
        self,
        parsed: ParsedArticle,
        found: Sequence[Quantity],
        events: Sequence[EventMention],
        said: Sequence[Attribution],
        voices: Voices | None = None,
    ) -> None:
        self.parsed, self.events = parsed, events
        self.tree = parsed.tree
        self.quantities = found
        voices = voices or Voices(parsed, said)
        self.speakers, self.sources = voices.owner, voices.sources
        self.said = said
        self.event_at: dict[int, list[int]] = {}
        for number, event in enumerate(events):
            for token in parsed.tokens(event.trigger):
                self.event_at.setdefault(token.i, []).append(number)
        measures = MeasureFinder(parsed, frozenset(event.type for event in events))
        self.owners: list[list[int]] = []
        self.matches: list[MeasureMatch] = []
        for quantity in self.quantities:
            owners = self._owners(quantity)
            match = measures.find(quantity, [events[n].type for n in owners], self._last_count(quantity))
            if match.at is not None and all(events[n].type in GENERAL for n in owners):
                owners = [*self.event_at.get(match.at, []), *owners][:1] or owners  # "left nine dead": of the death
            if quantity.weak and not self._is_counted(quantity, match, owners):
                owners, match = [], MeasureMatch(NONE)
            self.owners.append(owners)
            self.matches.append(match)
        inner = {q.whole for i, q in enumerate(self.quantities) if q.whole is not None and q.whole > i}
        self.roles = [self._measured_role(i, inner=i in inner) for i in range(len(self.quantities))]

    def _last_count(self, quantity: Quantity) -> MeasureMatch | None:
        """The measure of the last count of the same sentence or the one before, with the type of its event."""
        sentences = self.parsed.sentence_numbers
        for number in range(len(self.matches) - 1, -1, -1):
            other, match = self.quantities[number], self.matches[number]
            if sentences[quantity.at] - sentences[other.at] > 1:
                return None
            if match.measure not in (NONE, OTHER) and not other.numeral.kind:
                types = [self.events[n].type for n in self.owners[number]]
                return replace(match, type=next(iter(types), match.type))
        return None

    def link(self) -> tuple[EventMention, ...]:
        """Give each event its figures."""
        numbers: list[set[int]] = [set() for _ in self.events]
        for number, owners in enumerate(self.owners):
            whole = self.quantities[number].whole
            for owner in owners:
                if self._is_reported(number, owner):
                    numbers[owner].add(number)
                    if whole is not None and self._is_reported(whole, owner, of=True):
                        numbers[owner].add(whole)
        return tuple(self._with_figures(event, found) for event, found in zip(self.events, numbers, strict=True))

    def _with_figures(self, event: EventMention, found: set[int]) -> EventMention:
        figures = tuple(self._figures(sorted(found)))
        if not figures and (listed := count_names(self.parsed, event)):
            figures = (listed,)
        return replace(event, figures=figures) if figures else event

    def _is_counted(self, quantity: Quantity, match: MeasureMatch, owners: Sequence[int]) -> bool:
        """Whether a weak number ("one", "no", "both") counts something, and does not only negate it ("no deaths")."""
        measured = match.measure in _roles(self.parsed.lexicon)["measure"]
        if quantity.numeral.value == 1 and match.measure not in (OTHER, NONE):
            return True
        if quantity.numeral.written == "none":
            return measured and quantity.noun not in self.event_at
        typed = any(self.events[n].type not in GENERAL for n in owners)
        return measured or (typed and quantity.numeral.value != 2)

    def has_event(self, number: int) -> bool:
        """Whether some event of the quantity's own source has it."""
        return any(self._is_reported(number, owner) for owner in self.owners[number])

    def _is_reported(self, number: int, owner: int, *, of: bool = False) -> bool:
        """Whether a quantity stands in no other content than the event's source's: each gives its own figures.

        The whole that it is a part of may stand in another statement of the same claimant: "They launched 42. ... It
        shot down 33 of them."
        """
        speaker, told_by = self.speakers[self.quantities[number].at], self.events[owner].told_by
        if speaker < 0 and self.sources[self.quantities[number].at]:  # "Three witnesses said the bridge fell"
            return told_by not in {each.id for each in self.said}
        if speaker < 0 or self.said[speaker].id == told_by:
            return True
        claimant = self.said[speaker].claimant
        mine = next((each.claimant for each in self.said if each.id == told_by), None)
        return of and claimant is not None and mine is not None and mine.id == claimant.id

    def _figures(self, numbers: list[int]) -> Iterator[Figure]:
        """An event's figures, in reading order."""
        for number in numbers:
            quantity = self.quantities[number]
            numeral, whole = quantity.numeral, quantity.whole
            yield Figure(
                numeral.span,
                numeral.span.of(self.parsed.article.text),
                numeral.value,
                numeral.low,
                numeral.high,
                numeral.comparator,
                numeral.unit,
                self._counts(quantity, self.roles[number]),
                self.roles[number],
                numbers.index(whole) if whole in numbers else None,
                self.matches[number].measure,
            )

    # ---------------------------------------------------------------- for which event

    def _owners(self, quantity: Quantity) -> list[int]:
        """The events that a quantity counts for, the one whose word it depends on first."""
        tree, found = self.tree, list[int]()
        for i in (quantity.noun, quantity.top):
            if i is not None and i in self.event_at:
                return [*self.event_at[i], *self.event_at.get(tree.head[i], ())]
        for clause in self._clauses(quantity):
            for verb in tree.conjuncts(clause):
                found.extend(self.event_at.get(verb, ()))
        if quantity.numeral.written in ("none", "nobody"):
            found.extend(self.event_at.get(tree.head[quantity.top], ()))
        elif not (found and tree.dep[quantity.top] == "conj"):  # "three killed and 12 others injured": not killed
            found.extend(self._above(quantity))
        return list(dict.fromkeys(found))

    def _clauses(self, quantity: Quantity) -> list[int]:
        """The verbs that modify what is counted: "15 people injured", "drones that were launched"; "62 missing" too."""
        ways = dict.fromkeys((quantity.noun, quantity.top, quantity.at)) if quantity.own else ()
        clauses = [clause for i in ways if i is not None for clause in self.tree.kids(i, "acl", "relcl")]
        behind = [kid for i in ways if i is not None for kid in self.tree.kids(i, "amod") if kid > i]
        clauses += [kid for kid in behind if kid in self.event_at]
        parts = [q.at for q in self.quantities if q.whole is not None and self.quantities[q.whole] is quantity]
        of_parts = {up for at in parts for up in self.tree.climb(at)}  # "42 drones, of which 33 were shot down"
        return [clause for clause in clauses if clause not in of_parts]

    def _above(self, quantity: Quantity) -> list[int]:
        tree = self.tree
        for up in tree.climb(quantity.top):
            if up in self.event_at:
                return self.event_at[up]
            if tree.dep[up] == "appos":  # "fighting around the port, a town of 300 houses"
                return []
            if self._is_verb(up) and tree.dep[up] not in COMPLETES:
                if tree.dep[up] in {"acl", "relcl"}:  # "a raid lasting five hours"
                    return self.event_at.get(tree.head[up], [])
                return self._beside(quantity, up)
        return []

    def _beside(self, quantity: Quantity, verb: int) -> list[int]:
        """The events that a verb without an event has for arguments: "put the toll at 31", "the number of people killed rose"."""
        tree, found = self.tree, list[int]()
        for kid in tree.children[verb]:
            if tree.dep[kid] not in ARGUMENTS or (tree.dep[kid] == "ccomp" and kid < verb):
                continue
            for i in (kid,) if kid == quantity.top else tree.measured(kid):
                clauses = tree.kids(i, "acl", "relcl") if i != kid or tree.is_measure(kid) else []
                found.extend(each for each in (i, *clauses) if each in self.event_at)
        before = [each for each in found if each < quantity.at]  # "the number of dead at 40 and of missing at 12"
        return [number for each in before[-1:] or found for number in self.event_at[each]]

    def _is_verb(self, i: int) -> bool:
        """Whether it is a verb in its own right: "including" is none."""
        return self.tree.pos[i] in VERBAL and self.tree.dep[i] != "prep"

    # ---------------------------------------------------------------- in which role, of what

    def _measured_role(self, number: int, *, inner: bool) -> str:
        """The role in the words of the measure: "sent to hospital" is injured; who kills is not killed."""
        role, measure = self._role(number, inner=inner), self.matches[number].measure
        named = _roles(self.parsed.lexicon)["measure"]
        if measure in named and not inner:
            return measure
        return "" if measure == OTHER and role in named else role

    def _role(self, number: int, *, inner: bool) -> str:
        """The participle of the event's verb, "shot down"; of what is itself an event, its verb's, "carried out".

        Of "two of six missiles were destroyed", the six (``inner``) were only what their own clause says, if anything.
        """
        quantity, tree = self.quantities[number], self.tree
        if quantity.numeral.kind in MEASURES:
            return quantity.numeral.kind
        words = _roles(self.parsed.lexicon)
        if (said := self.matches[number].at) is not None and tree.pos[said] in VERBAL and not inner:
            return self._participle(said, words["verb"] | words["word"])
        verb = next((clause for clause in self._clauses(quantity) if tree.pos[clause] in VERBAL), None)
        if verb is None and not inner:
            verb = next((up for up in tree.climb(quantity.top) if self._is_verb(up)), None)
            if self.owners[number]:
                event = self.events[self.owners[number][0]]
                at = self.parsed.tokens(event.trigger).root.i
                if tree.lemma[at] in words["word"]:
                    return words["type"].get(event.type) or words["word"][tree.lemma[at]]
                verb = at if tree.pos[at] in VERBAL else verb
        if verb is None or tree.lemma[verb] in EMPTY:
            return ""
        known = next((self.events[n].type for n in self.event_at.get(verb, ())), "")
        if known in words["type"]:
            return words["type"][known]
        return self._participle(verb, words["verb"] | words["word"])

    def _participle(self, verb: int, words: dict[str, str]) -> str:
        tree, lemma = self.tree, self.tree.lemma[verb]
        particle = "".join(f" {tree.lower[c]}" for c in tree.kids(verb, "prt"))
        if not particle and tree.lower[verb + 1 : verb + 2] == ["down"] and lemma == "shoot":
            particle = " down"
        if lemma + particle in words:
            return words[lemma + particle]
        if lemma in words:
            return words[lemma] + particle
        if lemma.endswith("e"):
            return f"{lemma}d{particle}"
        if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
            return f"{lemma[:-1]}ied{particle}"
        return f"{lemma}ed{particle}"

    def _counts(self, quantity: Quantity, role: str) -> str:
        """What is counted, in the plural: "drones"; people, where the words name only the harm."""
        noun = quantity.noun
        if noun is None:
            return (
                "people"
                if quantity.numeral.unit == "count" and role in _roles(self.parsed.lexicon)["type"].values()
                else ""
            )
        lemma, irregular = self.tree.lemma[noun], _plurals(self.parsed.lexicon)
        if lemma in irregular:
            return irregular[lemma]
        word = self.tree.lower[noun]
        if self.tree.tag[noun] in ("NNS", "NNPS") or (word.endswith("s") and quantity.numeral.value != 1):
            return word
        if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
            return f"{lemma[:-1]}ies"
        return lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh")) else "s")


@cache
def _roles(lexicon: Lexicon) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"verb": {}, "word": {}, "type": {}, "measure": {}}
    for row in lexicon.rows("figure_roles"):
        found[row["kind"]][row["word"]] = row["role"]
    return found


@cache
def _plurals(lexicon: Lexicon) -> dict[str, str]:
    return {row["singular"]: row["plural"] for row in lexicon.rows("plurals")}
