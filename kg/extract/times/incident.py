"""The main incident of an article, and which events belong to it: what a reader takes to be of one place and one time.

A shooting, the deaths of it and the rescue belong to one incident; "another shooting", "the 2007 quake" and "a quake in
September" do not. Times and places are inherited within an incident only (`kg.extract.times`, `kg.extract.places`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.lexicon import Lexicon
from kg.extract.times.scope import VERBAL, time_links
from kg.model import EventMention, Tense

#: lines of the table that an incident itself may have; the others come of one
CAUSES = ("violence", "attack", "nature", "unrest")
#: lines that may belong to one incident: a bombing is also an attack
ALIKE = frozenset({"violence", "attack"})
#: how many lines, blank ones too, the head of an article has at most
HEAD = 6


class Incident:
    """The main incident among the events of an article; events are named by their index."""

    def __init__(self, parsed: ParsedArticle, events: Sequence[EventMention]) -> None:
        self.parsed, self.events = parsed, events
        self.tree, self.links = parsed.tree, time_links(parsed.lexicon)
        lines = incident_lines(parsed.lexicon)
        self.heads = [parsed.tokens(event.trigger).root.i for event in events]
        self.lines = [lines.get(event.type, "") for event in events]
        self.order = sorted(range(len(events)), key=lambda event: self.heads[event])
        self.line = next((self.lines[event] for event in self.order if self.lines[event] in CAUSES), "harm")

    def sentence(self, event: int) -> int:
        """The number of an event's sentence."""
        return self.parsed.sentence_numbers[self.heads[event]]

    def is_part(self, event: int) -> bool:
        """Whether an event is of a kind that the main incident consists of, and reported as one thing that took place."""
        line = self.lines[event]
        if line not in {self.line, "harm", "response"} and not {line, self.line} <= ALIKE:
            return False
        mention = self.events[event]
        return mention.tense not in (Tense.FUTURE, Tense.HABITUAL) and not self.is_other(event)

    def is_headline(self, event: int) -> bool:
        """Whether an event stands in a head line: a paragraph at the top of the article that no full stop ends."""
        paragraphs = self.parsed.paragraphs
        number = paragraphs[self.heads[event]]
        if number > HEAD:
            return False
        line = [i for i in range(len(paragraphs)) if paragraphs[i] == number and self.tree.pos[i] != "SPACE"]
        return self.tree.doc[line[-1]].text not in {".", "!", "?", "”", '"', "''"}

    def is_other(self, event: int) -> bool:
        """Whether the words say that another event is meant: "another shooting", "earlier attacks", "a similar fire"."""
        tree, at = self.tree, self.heads[event]
        if tree.pos[at] in VERBAL:
            return self.is_of_case(event)
        return any(tree.lower[c] in self.links["other"] for c in tree.children[at])

    def is_of_case(self, event: int) -> bool:
        """Whether a verb only says more about a new thing: "cases in which people were killed"."""
        noun = self._said_of(self.heads[event])
        return noun is not None and noun not in self.heads and self._is_new(noun)

    def is_one_of_many(self, event: int) -> bool:
        """Whether it is a blow of a war, of which there are many, and no definite noun says that a known one is meant."""
        if self.lines[event] != "attack" or (self.line != "attack" and "war" not in self.lines):
            return False
        at, tree = self.heads[event], self.tree
        known = {"the", "this", "that", *self.links["known"]}
        return tree.tag[at] not in {"NN", "NNP"} or not any(tree.lower[c] in known for c in tree.children[at])

    def _said_of(self, at: int) -> int | None:
        """The noun that the clause of a verb says more about: "cases in which people were killed"."""
        tree = self.tree
        while tree.dep[at] in {"conj", "advcl", "xcomp"}:
            at = tree.head[at]
        lower = {tree.lower[i] for i in range(max(at - 6, 0), at)}
        return tree.head[at] if tree.dep[at] == "relcl" and lower & {"which", "where", "when"} else None

    def _is_new(self, noun: int) -> bool:
        """Whether a noun brings in something that was not reported before: "cases", "a 2003 incident"."""
        words = {self.tree.lower[c] for c in self.tree.kids(noun, "det", "poss", "nummod")}
        return not words & {"the", "this", "that", "these", "those"} and self.tree.pos[noun] == "NOUN"

    def is_indefinite(self, event: int) -> bool:
        """Whether a noun brings in a new thing: "a shooting", bare "shootings"."""
        tree, at = self.tree, self.heads[event]
        if tree.pos[at] in VERBAL:
            return False
        words = {tree.lower[c] for c in tree.kids(at, "det", "poss", "nummod")}
        if tree.tag[at] in {"NNS", "NNPS"}:
            return not words & {"the", "these", "those", "both", *self.links["known"]}
        bare = not words and tree.dep[at] not in {"compound", "nmod"}
        return bool(words & {"a", "an"}) or bare

    def is_state(self, event: int) -> bool:
        """Whether it reports what is so now: "is in critical condition"; in a headline the present reports news."""
        if self.events[event].tense is not Tense.PRESENT or self.tree.lemma[self.heads[event]] == "dead":
            return False
        verb = next(
            (up for up in (self.heads[event], *self.tree.climb(self.heads[event])) if self.tree.pos[up] in VERBAL), None
        )
        if verb is None:
            return False
        perfect = any(self.tree.lower[c] in self.links["perfect"] for c in self.tree.kids(verb, "aux"))
        return not perfect and not self.is_headline(event)

    def is_own_death(self, event: int) -> bool:
        """As in "Carl Hume died early Sunday": the day of one person's death is not that of what it came of."""
        tree, at = self.tree, self.heads[event]
        if tree.lemma[at] not in self.links["dies"] or tree.pos[at] not in VERBAL:
            return False
        return any(
            tree.tag[c] in {"NN", "NNP", "PRP"} and not tree.kids(c, "conj", "nummod") and tree.lower[c] != "they"
            for c in tree.kids(at, "nsubj", "nsubjpass")
        )

    def of_other_victim(self, event: int, other: int) -> bool:
        """Whether two deaths are those of two people: "John Gotti died" where the story is Vincent Gigante's death."""
        one, two = (self._names(self.heads[each]) for each in (event, other))
        return bool(one) and bool(two) and not one & two

    def _names(self, at: int) -> set[str]:
        """The words of the name of who dies; none where no name does."""
        tree = self.tree
        heads = [c for c in tree.kids(at, "nsubj", "nsubjpass") if tree.tag[c] == "NNP"]
        return {tree.lower[i] for head in heads for i in (head, *tree.kids(head, "compound")) if tree.tag[i] == "NNP"}

    def points_aside(self, number: int) -> bool:
        """Whether a sentence begins by pointing back at the one before: "That temblor", "It killed six"."""
        sentence = [i for i, n in enumerate(self.parsed.sentence_numbers) if n == number][:3]
        return any(self.tree.lower[i] in self.links["pointing"] for i in sentence)


@cache
def incident_lines(lexicon: Lexicon) -> dict[str, str]:
    """The line of each event type of incident_types.tsv."""
    return {row["type"]: row["line"] for row in lexicon.rows("incident_types")}
