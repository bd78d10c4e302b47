"""Read the evidence of a store by SPARQL: first an overview of everything, then the words of selected statements.

Everything is read through ``ask``, a function from the text of a SELECT to its rows (variable name to lexical value,
None if unbound), so that this module is independent of the store. The queries are sparql/*.rq.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.view.graph_view.evidence import (
    Doubt,
    Entity,
    EventNode,
    Evidence,
    FigureNode,
    Judgement,
    Link,
    Report,
    Statement,
)
from kg.view.graph_view.excerpts import TextSegment, excerpt
from kg.view.times import time_label

Row = Mapping[str, str | None]
Ask = Callable[[str], Iterable[Row]]
Within = tuple[str, Sequence[str]] | None

_QUERIES = Path(__file__).parent / "sparql"
_BASE = "https://w3id.org/newsclaims/id/"
# The kind to draw if a thing has several types: an outlet is also a channel and an organization.
_KINDS = {
    "Outlet": "outlet",
    "UnnamedSource": "unnamed",
    "Source": "actor",
    "Channel": "channel",
    "Place": "place",
    "Party": "party",
    "Happening": "happening",
}


def local(iri: str | None) -> str:
    """Shorten an IRI to its local id: "actor/kyiv", "DroneStrike"."""
    if not iri:
        return ""
    if iri.startswith(_BASE):
        return iri[len(_BASE) :]
    return iri.rsplit("#", 1)[-1] if "#" in iri else iri.rsplit("/", 1)[-1]


def wording(name: str) -> str:
    """Turn the name of a term without a label into words: "DroneStrike" to "drone strike"."""
    return "".join(" " + c.lower() if c.isupper() else c for c in name).replace("_", " ").replace("-", " ").strip()


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Disable the garbage collector inside this block: it would scan millions of new values that contain no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@gc_disabled()
def load_evidence(ask: Ask) -> Evidence:
    """Read everything but the words of the statements, in an order that does not depend on the order of the rows."""
    return _Frame(ask).evidence()


@gc_disabled()
def load_details(ask: Ask, evidence: Evidence, ids: Iterable[str]) -> Evidence:
    """Read words, spans, figures and relations of the statements of ``ids``; the other statements are left out."""
    return replace(evidence, statements=_Words(ask, evidence).statements(sorted(set(ids))))


class _Locals(dict[str | None, str]):
    """Cache `local`: a large store repeats each IRI many times, and one string per IRI saves memory."""

    def __missing__(self, iri: str | None) -> str:
        name = self[iri] = local(iri)
        return name


class _Rows:
    """Reads the rows of queries by name, and replaces each name by its entity."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.local = _Locals()
        self.names = {self.local[r["name"]]: self.local[r["entity"]] for r in self.rows("identities")}
        self.concepts = {self.local[r["concept"]]: r["label"] or "" for r in self.rows("concepts")}

    def stream(self, name: str, within: Within = None) -> Iterator[Row]:
        """Read all rows, unordered; with a variable and local ids, only rows where the variable is one of these."""
        query = (_QUERIES / f"{name}.rq").read_text("utf-8")
        for part in [None] if within is None else batched(within[1]):
            yield from self.ask(query if within is None or part is None else _only(query, within[0], part))

    def rows(self, name: str, within: Within = None) -> list[Row]:
        """Read the same rows in a fixed order."""
        return sorted(self.stream(name, within), key=lambda row: [value or "" for value in row.values()])

    def traits(self, name: str, within: Within = None) -> dict[str, dict[str, str]]:
        """Group rows (thing, property, value) by thing; of several values the first is kept."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.stream(name, within):
            thing, iri, value = row.values()
            own, key = found[self.local[thing]], self.local[iri]
            if value is not None and (key not in own or value < own[key]):
                own[key] = value
        return found

    def several(self, name: str) -> dict[str, list[str]]:
        """Group rows of two columns by the first; the values of each group are sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.stream(name):
            thing, value = row.values()
            found[self.local[thing]].add(self.local[value])
        return {each: sorted(values) for each, values in found.items()}

    def same(self, iri: str | None) -> str:
        """Return the entity that a name stands for."""
        name = self.local[iri]
        return self.names.get(name, name)

    def concept(self, iri: str | None) -> str:
        """Return the label of a concept, or its name as words."""
        return self.concepts.get(self.local[iri]) or wording(self.local[iri].rsplit("/", 1)[-1])


def batched(ids: Sequence[str], size: int = 4000) -> Iterator[Sequence[str]]:
    """Split ``ids`` into batches that fit into a query."""
    for at in range(0, len(ids), size):
        yield ids[at : at + size]


def _only(query: str, variable: str, ids: Sequence[str]) -> str:
    values = " ".join(f"<{_BASE}{id_}>" for id_ in ids)
    return query.replace("WHERE {", f"WHERE {{ VALUES ?{variable} {{ {values} }}", 1)


class _Frame(_Rows):
    def evidence(self) -> Evidence:
        edges = sorted(
            {(self.same(r["from"]), self.local[r["relation"]], self.same(r["to"])) for r in self.stream("edges")}
        )
        reports = self._reports()
        return Evidence(
            self._things(),
            self._event_nodes(edges),
            reports,
            self._statements(reports),
            tuple(edges),
            self._judged(),
            self._contested(),
        )

    def _things(self) -> dict[str, Entity]:
        kinds, traits = self.several("things"), self.traits("traits")
        aliases: dict[str, list[str]] = defaultdict(list)
        for row in self.rows("aliases"):
            aliases[self.local[row["thing"]]].append(row["alias"] or "")
        things = {}
        for id_ in sorted(kinds):
            own = traits.get(id_, {})
            lat, lon = _number(own.get("lat")), _number(own.get("long"))
            kind = next(shown for type_, shown in _KINDS.items() if type_ in kinds[id_])
            label = own.get("label") or wording(id_.rsplit("/", 1)[-1])
            things[id_] = Entity(
                id_,
                kind,
                time_label(label) if kind == "happening" else label,
                tuple(dict.fromkeys(aliases.get(id_, ()))),
                self.local[own.get("memberOfParty")] or None,
                lat if lon is not None else None,
                lon if lat is not None else None,
            )
        return things

    def _event_nodes(self, edges: Iterable[tuple[str, str, str]]) -> dict[str, EventNode]:
        places: dict[str, list[str]] = defaultdict(list)
        for source, relation, to in edges:
            if relation == "located_in":
                places[source].append(to)
        traits, nodes = self.traits("events"), {}
        for id_ in sorted({self.local[row["event"]] for row in self.stream("tellings")}):
            own = traits.get(id_, {})
            happening = self.local[own.get("tellsOf")] or None
            nodes[id_] = EventNode(
                id_, self.concept(own.get("eventType")), own.get("edtf"), happening, tuple(places.get(id_, ()))
            )
        return nodes

    def _reports(self) -> dict[str, Report]:
        traits = self.traits("articles")
        return {
            id_: Report(
                id_,
                own.get("title") or own.get("headline") or own.get("identifier") or id_,
                self.same(own.get("narrator")) or None,
                own.get("url"),
                own.get("datePublished"),
            )
            for id_, own in sorted(traits.items())
        }

    def _judged(self) -> dict[str, tuple[Judgement, ...]]:
        judged: dict[str, list[Judgement]] = defaultdict(list)
        for row in self.rows("assessments"):
            values = [row[key] or "" for key in ("reliability", "credibility", "note", "by", "on")]
            judged[self.same(row["thing"])].append(Judgement(self.concept(row["actuality"]), *values))
        return {key: tuple(judged[key]) for key in sorted(judged)}

    def _contested(self) -> tuple[tuple[str, str], ...]:
        pairs = ((self.local[row["claim"]], self.local[row["other"]]) for row in self.stream("contested"))
        return tuple(sorted({(min(pair), max(pair)) for pair in pairs}))

    def _statements(self, reports: Mapping[str, Report]) -> dict[str, Statement]:
        traits, article = self.traits("attributions"), self._articles()
        kinds, events, doubts = self.several("kinds"), self.several("about"), self._doubts(article)
        statements = {}
        for id_ in sorted(article):
            own = traits.get(id_, {})
            said = own.get("assertedAt")
            statements[id_] = Statement(
                id=id_,
                article=article[id_],
                kind=_kind(kinds.get(id_, ()), own.get("polarity")),
                claimant=self.same(own.get("claimant")) or None,
                channel=self.same(own.get("channel")) or None,
                relays=self._relays(id_, traits) if "embeddedIn" in own else (),
                date=said or reports[article[id_]].published,
                said=said,
                polarity=self.local[own.get("polarity")],
                events=tuple(events.get(id_, ())),
                doubts=tuple(doubts.get(id_, ())),
            )
        return statements

    def _articles(self) -> dict[str, str]:
        """Map each attribution to its article."""
        found: dict[str, str] = {}
        for row in self.stream("statements"):
            id_, article = self.local[row["attribution"]], self.local[row["article"]]
            found[id_] = min(article, found.get(id_, article))
        return found

    def _doubts(self, known: Container[str]) -> dict[str, list[Doubt]]:
        doubts: dict[str, list[Doubt]] = defaultdict(list)
        for row in self.rows("doubts"):
            if self.local[row["statement"]] in known:
                doubt = Doubt(self.local[row["statement"]], self.local[row["bond"]])
                doubts[self.local[row["attribution"]]].append(doubt)
        return doubts

    def _relays(self, id_: str, traits: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
        relays: list[str] = []
        seen = {id_}
        outer = self.local[traits[id_]["embeddedIn"]]
        while outer in traits and outer not in seen:
            seen.add(outer)
            relays.append(self.same(traits[outer].get("claimant")))
            outer = self.local[traits[outer].get("embeddedIn")]
        return tuple(filter(None, relays))


class _Words(_Rows):
    def __init__(self, ask: Ask, evidence: Evidence) -> None:
        super().__init__(ask)
        self.frame = evidence.statements

    def statements(self, ids: Sequence[str]) -> dict[str, Statement]:
        """Fill in the statements of ``ids``."""
        only = ("attribution", ids)
        articles = sorted({self.frame[id_].article for id_ in ids})
        texts = {self.local[r["article"]]: r["text"] or "" for r in self.stream("texts", ("article", articles))}
        traits, spans, figures = self.traits("details", only), self._spans(only), self._figures(only)
        links = self._links(ids)
        found = {}
        for id_ in ids:
            bare, own, text = self.frame[id_], traits.get(id_, {}), texts.get(self.frame[id_].article, "")
            marks = [*spans[id_], *(figure.part for figure in figures[id_] if figure.part)]
            said = {
                role: " … ".join(text[p.begin : p.end] for p in spans[id_] if p.role == role)
                for role in ("cue", "source")
            }
            found[id_] = replace(
                bare,
                **self._details(own),
                cue=said["cue"],
                source=said["source"],
                spans=tuple(f"{part.begin},{part.end}" for part in spans[id_] if part.role == "content"),
                passage=tuple(excerpt(text, marks)),
                figures=tuple(figures[id_]),
                links=tuple(links[id_]),
            )
        return found

    def _details(self, own: Mapping[str, str]) -> dict[str, Any]:
        return {
            "content": own.get("content", ""),
            "alternative": self.same(own.get("alternativeClaimant")) or None,
            "role": own.get("claimantRole"),
            "certainty": self.local[own.get("certainty")],
            "resolution": self.concept(own.get("sourceResolution")),
            "confidence": _number(own.get("confidence")),
            "rule": own.get("rule", ""),
            "outcome": self.concept(own.get("outcome")),
            "act": own.get("withheldAct", ""),
        }

    def _spans(self, only: Within) -> dict[str, list[TextSegment]]:
        spans: dict[str, list[TextSegment]] = defaultdict(list)
        for row in self.stream("spans", only):
            role = self.local[row["part"]].removesuffix("Span")
            spans[self.local[row["attribution"]]].append(
                TextSegment(int(row["begin"] or 0), int(row["end"] or 0), role)
            )
        ordered = {key: sorted(value, key=_place) for key, value in spans.items()}
        return defaultdict(list, ordered)

    def _figures(self, only: Within) -> dict[str, list[FigureNode]]:
        traits: dict[str, dict[str, str]] = defaultdict(dict)
        figures: dict[str, set[str]] = defaultdict(set)
        for row in self.stream("figures", only):
            attribution, figure, key, value = (
                row[name] or "" for name in ("attribution", "figure", "property", "value")
            )
            own, key = traits[self.local[figure]], self.local[key]
            figures[self.local[attribution]].add(self.local[figure])
            own[key] = min(value, own.get(key, value))
        parts: dict[str, TextSegment] = {}
        for row in self.stream("figure-spans", only):
            part = TextSegment(int(row["begin"] or 0), int(row["end"] or 0), "figure")
            parts[self.local[row["figure"]]] = min(part, parts.get(self.local[row["figure"]], part), key=_place)
        found = {key: [self._count(id_, traits[id_], parts.get(id_)) for id_ in ids] for key, ids in figures.items()}
        return defaultdict(list, {key: sorted(value, key=_where) for key, value in found.items()})

    def _count(self, id_: str, own: Mapping[str, str], part: TextSegment | None) -> FigureNode:
        counted = " ".join(filter(None, (own.get("counts"), own.get("countRole"))))
        return FigureNode(
            id_,
            own.get("lexical", ""),
            value=_number(own.get("value")),
            min=_number(own.get("minValue")),
            max=_number(own.get("maxValue")),
            comparator=self.local[own.get("comparator")],
            unit=own.get("unit") or "count",
            measure=self.concept(own["measure"]) if "measure" in own else counted,
            scope=self.same(own.get("scopePlace")) or None,
            event=self.local[own.get("figureOf")] or None,
            whole=self.local[own.get("ofFigure")] or None,
            part=part,
        )

    def _links(self, ids: Sequence[str]) -> dict[str, list[Link]]:
        links: dict[str, list[Link]] = defaultdict(list)
        for row in self.rows("relations", ("from", ids)):
            link = Link(
                self.local[row["relation"]],
                self.local[row["to"]],
                self.concept(row["basis"]),
                _number(row["confidence"]),
            )
            links[self.local[row["from"]]].append(link)
        return links


def _kind(kinds: Iterable[str], polarity: str | None) -> str:
    names = set(kinds)
    for name in (
        "NarratorClaim",
        "Relay",
        "Directive",
        "Commitment",
        "Opinion",
        "NonStatement",
        "VerificationStatement",
    ):
        if name in names:
            return wording(name)
    return "denial" if local(polarity) == "negative" else "claim"


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None


def _place(part: TextSegment) -> tuple[int, str, int]:
    return (part.begin, part.role, part.end)


def _where(figure: FigureNode) -> tuple[int, str]:
    return (figure.part.begin if figure.part else 0, figure.id)
