"""Who takes part in an event, and as what: roles.tsv over an event's arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.events.triggers import Candidate, load_triggers
from kg.extract.lexicon import Lexicon
from kg.model import CharSpan, Mention, Role

#: what depends on a noun and is still its name: "the village of Bila", "two men"
KEPT = frozenset(
    {"compound", "amod", "nummod", "poss", "nmod", "case", "quantmod", "det", "advmod", "npadvmod", "punct"}
)


#: what names a time and takes no part
TIMES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class RoleRule:
    """A row of roles.tsv."""

    slot: str
    words: frozenset[str]
    role: str


@cache
def role_rules(lexicon: Lexicon) -> Mapping[str, tuple[RoleRule, ...]]:
    """The rows of roles.tsv, by event type; those for any type under "*"."""
    classes = load_triggers(lexicon).classes
    order: dict[str, list[tuple[int, RoleRule]]] = {"*": []}
    for number, row in enumerate(lexicon.rows("roles")):
        name = row["class"]
        words = frozenset({name}) if name.isupper() else classes[name] if name != "*" else frozenset()
        for kind in row["types"].split("|"):
            order.setdefault(kind, []).append((number, RoleRule(row["slot"], words, row["role"])))
    shared = order["*"]
    return {
        kind: tuple(part for _, part in sorted([*own, *(shared if kind != "*" else ())], key=lambda x: x[0]))
        for kind, own in order.items()
    }


class RoleAssigner:
    """Gives the events of one reading their roles."""

    def __init__(self, parsed: ParsedArticle, tree: DependencyTree) -> None:
        self.parsed, self.tree = parsed, tree
        self.parts = role_rules(parsed.lexicon)
        self.own_lives = load_triggers(parsed.lexicon).classes["life"]
        self.mentions: dict[int, Mention] = {}
        for mention in sorted(parsed.of(Mention), key=lambda m: -len(m.span)):
            head = mention.head or mention.span
            self.mentions.update(dict.fromkeys(range(head.start, head.end), mention))

    def cast(self, candidate: Candidate) -> tuple[Role, ...]:
        """The roles of an event, in text order; an argument plays one part."""
        found: dict[int, Role] = {}
        rows = self.parts.get(candidate.type, self.parts["*"])
        nominal = self.tree.pos[candidate.at] not in {"VERB", "AUX"}
        for slot, at in self._arguments(candidate):
            if at in found:
                continue
            if self.tree.ent[at] in TIMES:
                continue
            slots = {slot, "subj"} if slot == "self" else {slot, f"noun {slot}"} if nominal else {slot}
            for row in rows:
                if row.slot in slots and (not row.words or self._fits(at, row.words)):
                    if row.role != "-" and (role := self._role(row.role, at, candidate.at)) is not None:
                        found[at] = role
                    break
        return tuple(found[at] for at in sorted(found))

    def _arguments(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        tree, at, verb = self.tree, candidate.at, candidate.verb
        verbal = tree.pos[at] in {"VERB", "AUX"}
        if verbal:
            objects = [x for x in tree.objects(at) if not self._is_own_life(x)]
            yield from (("obj", x) for x in objects)
            yield from (("subj" if objects else "self", x) for x in tree.subjects(at))
        else:
            yield from (("poss", x) for x in tree.kids(at, "poss"))
            yield from (
                ("mod", x) for x in tree.kids(at, "amod", "compound", "nmod") if tree.ent[x] in {"NORP", "GPE", "ORG"}
            )
            if tree.pos[at] == "ADJ":
                yield from (("self", x) for x in candidate.arguments["subj"])
            elif verb is not None and candidate.agent:
                yield from (("subj" if candidate.agent == "agent" else "obj", x) for x in tree.subjects(verb))
        yield from candidate.arguments.phrases()

    def _is_own_life(self, at: int) -> bool:
        """As in "Six people lost their lives": what the subject has of its own, and suffers by."""
        return self.tree.lower[at] in self.own_lives and any(
            self.tree.tag[c] == "PRP$" for c in self.tree.kids(at, "poss")
        )

    def _fits(self, at: int, words: frozenset[str]) -> bool:
        tree = self.tree
        return any(tree.lemma[x] in words or tree.lower[x] in words or tree.ent[x] in words for x in tree.measured(at))

    def _role(self, role: str, at: int, trigger: int) -> Role | None:
        tree, doc = self.tree, self.tree.doc
        if tree.tag[at] in {"WDT", "EX"} or tree.dep[at] == "expl":
            return None
        if tree.pos[at] == "NOUN":  # "a neighbour, Bettie Jones": the name says more
            at = next((c for c in tree.kids(at, "appos") if tree.ent[c] == "PERSON"), at)
        first, last = self._phrase(at, trigger)
        span = CharSpan(doc[first].idx, doc[last].idx + len(doc[last]))
        mention = self.mentions.get(doc[at].idx)
        return Role(role, span, " ".join(span.of(self.parsed.article.text).split()), mention.id if mention else None)

    def _phrase(self, at: int, trigger: int) -> tuple[int, int]:
        """The first and last token of a noun's phrase, without what is said of it beyond its name."""
        tree = self.tree
        if tree.pos[at] in {"VERB", "AUX"}:
            return at, at
        inside, todo = [at], [at]
        while todo:
            here = todo.pop()
            for c in tree.children[here]:
                if c == trigger:
                    continue
                of = tree.dep[c] == "prep" and tree.lower[c] == "of"
                if (
                    tree.dep[c] in KEPT
                    or of
                    or (tree.dep[c] in {"pobj", "pcomp"} and here != at)
                    or tree.dep[c] in {"conj", "cc"}
                ):
                    if tree.dep[c] in {"conj", "cc"} and tree.pos[here] not in {"NOUN", "PROPN", "ADJ", "NUM"}:
                        continue
                    inside.append(c)
                    todo.append(c)
        first, last = min(inside), max(inside)
        while (
            first < last
            and (tree.dep[first] in {"punct", "det", "cc"} or tree.pos[first] in {"PUNCT", "SPACE", "DET"})
            and first != at
        ):
            first += 1
        while last > at and tree.pos[last] in {"PUNCT", "SPACE", "CCONJ"}:
            last -= 1
        return self._balance(first, last)

    def _balance(self, first: int, last: int) -> tuple[int, int]:
        """Take in, or leave out, a bracket whose other half stands beside."""
        lower = self.tree.lower
        words = lower[first : last + 1]
        if ")" in words and "(" not in words[: words.index(")")]:
            first -= 1 if first and lower[first - 1] == "(" else 0
        if "(" in words and ")" not in words[words.index("(") :]:
            last += 1 if last + 1 < len(lower) and lower[last + 1] == ")" else 0
        return first, last
