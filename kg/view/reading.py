"""From a store to the evidence that pages show, by SPARQL alone: first the frame of all of it, then the words of a part.

Everything is read through ``ask``, a function from the text of a SELECT to its rows (variable name to lexical value,
None where unbound), so that nothing here knows how the store is kept. The queries are sparql/render/*.rq.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.view.evidence import Count, Doubt, Evidence, Judged, Link, Report, Statement, Thing, Told
from kg.view.passages import Part, passage

Row = Mapping[str, str | None]
Ask = Callable[[str], Iterable[Row]]

_QUERIES = Path(__file__).parent / "sparql" / "render"
_BASE = "https://w3id.org/newsclaims/id/"
# The kind that is drawn, where a thing has several types: an outlet is a channel and an organization too.
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
    """The end of an IRI that names a thing: "actor/kyiv", "DroneStrike"."""
    if not iri:
        return ""
    if iri.startswith(_BASE):
        return iri[len(_BASE) :]
    return iri.rsplit("#", 1)[-1] if "#" in iri else iri.rsplit("/", 1)[-1]


def wording(name: str) -> str:
    """A term's name as words, where it has no label: "DroneStrike" is "drone strike"."""
    return "".join(" " + c.lower() if c.isupper() else c for c in name).replace("_", " ").replace("-", " ").strip()


def read(ask: Ask) -> Evidence:
    """The frame of everything, in a fixed order whatever the order of the rows: all but the statements' own words."""
    return _Frame(ask).evidence()


def fill(ask: Ask, evidence: Evidence, ids: Iterable[str]) -> Evidence:
    """``evidence`` with only the statements of ``ids``, each with its words, spans, figures and relations."""
    return replace(evidence, statements=_Words(ask, evidence).statements(sorted(set(ids))))


class _Rows:
    """Rows of a query by its name, the names as told already led to their entities."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.names = {local(r["name"]): local(r["entity"]) for r in self.rows("identities")}
        self.concepts = {local(r["concept"]): r["label"] or "" for r in self.rows("concepts")}

    def rows(self, name: str, within: tuple[str, Sequence[str]] | None = None) -> list[Row]:
        """All rows or, by a variable and local ids, only those in which it is one of these."""
        query = (_QUERIES / f"{name}.rq").read_text("utf-8")
        found: list[Row] = []
        for part in [None] if within is None else batched(within[1]):
            found += self.ask(query if within is None or part is None else _only(query, within[0], part))
        return sorted(found, key=lambda row: [value or "" for value in row.values()])

    def same(self, iri: str | None) -> str:
        """The entity that a name is held to be."""
        name = local(iri)
        return self.names.get(name, name)

    def concept(self, iri: str | None) -> str:
        """The label of a concept, or its name as words."""
        return self.concepts.get(local(iri)) or wording(local(iri).rsplit("/", 1)[-1])


def batched(ids: Sequence[str], size: int = 4000) -> Iterator[Sequence[str]]:
    """``ids`` in pieces that a query can hold."""
    for at in range(0, len(ids), size):
        yield ids[at : at + size]


def _only(query: str, variable: str, ids: Sequence[str]) -> str:
    values = " ".join(f"<{_BASE}{id_}>" for id_ in ids)
    return query.replace("WHERE {", f"WHERE {{ VALUES ?{variable} {{ {values} }}", 1)


class _Frame(_Rows):
    def evidence(self) -> Evidence:
        edges = {(self.same(r["from"]), local(r["relation"]), self.same(r["to"])) for r in self.rows("edges")}
        reports = self._reports()
        return Evidence(
            self._things(), self._told(edges), reports, self._statements(reports), tuple(sorted(edges)), self._judged()
        )

    def _things(self) -> dict[str, Thing]:
        kinds: dict[str, set[str]] = defaultdict(set)
        rows: dict[str, Row] = {}
        for row in self.rows("things"):
            kinds[local(row["thing"])].add(local(row["type"]))
            rows.setdefault(local(row["thing"]), row)
        aliases = self.several("aliases", "thing", "alias", str)
        things = {}
        for id_ in sorted(rows):
            row = rows[id_]
            things[id_] = Thing(
                id_,
                next(shown for type_, shown in _KINDS.items() if type_ in kinds[id_]),
                row["label"] or wording(id_.rsplit("/", 1)[-1]),
                tuple(aliases[id_]),
                local(row["party"]) or None,
                _number(row["lat"]),
                _number(row["lon"]),
            )
        return things

    def _told(self, edges: Iterable[tuple[str, str, str]]) -> dict[str, Told]:
        places: dict[str, list[str]] = defaultdict(list)
        for source, relation, to in sorted(edges):
            if relation == "located_in":
                places[source].append(to)
        told: dict[str, Told] = {}
        for row in self.rows("events"):
            id_, happening = local(row["event"]), local(row["happening"]) or None
            told.setdefault(id_, Told(id_, self.concept(row["type"]), row["edtf"], happening, tuple(places[id_])))
        return told

    def _reports(self) -> dict[str, Report]:
        reports: dict[str, Report] = {}
        for row in self.rows("articles"):
            id_ = local(row["article"])
            title = row["title"] or row["identifier"] or id_
            reports.setdefault(id_, Report(id_, title, self.same(row["outlet"]) or None, row["url"], row["published"]))
        return reports

    def _judged(self) -> dict[str, tuple[Judged, ...]]:
        judged: dict[str, list[Judged]] = defaultdict(list)
        for row in self.rows("assessments"):
            values = [row[key] or "" for key in ("reliability", "credibility", "note", "by", "on")]
            judged[self.same(row["thing"])].append(Judged(self.concept(row["actuality"]), *values))
        return {key: tuple(judged[key]) for key in sorted(judged)}

    def _statements(self, reports: Mapping[str, Report]) -> dict[str, Statement]:
        rows = {local(r["attribution"]): r for r in reversed(self.rows("attributions"))}
        kinds, events = self.several("kinds", "attribution", "kind"), self.several("about", "attribution", "event")
        doubts: dict[str, list[Doubt]] = defaultdict(list)
        for row in self.rows("doubts"):
            if local(row["statement"]) in rows:
                doubts[local(row["attribution"])].append(Doubt(local(row["statement"]), local(row["bond"])))
        return {
            id_: Statement(
                id=id_,
                article=local(row["article"]),
                kind=_kind(kinds[id_], row["polarity"]),
                claimant=self.same(row["claimant"]) or None,
                channel=self.same(row["channel"]) or None,
                relays=self._relays(id_, rows),
                date=row["asserted"] or reports[local(row["article"])].published,
                said=row["asserted"],
                polarity=local(row["polarity"]),
                events=tuple(events[id_]),
                doubts=tuple(doubts[id_]),
            )
            for id_, row in sorted(rows.items(), key=lambda item: item[0])
        }

    def several(
        self, query: str, key: str, value: str, name: Callable[[str | None], str] = local
    ) -> dict[str, list[str]]:
        """What each thing has of something that it may have several of."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for row in self.rows(query):
            found[local(row[key])][name(row[value])] = None
        return defaultdict(list, {each: list(values) for each, values in found.items()})

    def _relays(self, id_: str, rows: Mapping[str, Row]) -> tuple[str, ...]:
        relays: list[str] = []
        seen = {id_}
        outer = local(rows[id_]["relay"])
        while outer in rows and outer not in seen:
            seen.add(outer)
            relays.append(self.same(rows[outer]["claimant"]))
            outer = local(rows[outer]["relay"])
        return tuple(filter(None, relays))


class _Words(_Rows):
    def __init__(self, ask: Ask, evidence: Evidence) -> None:
        super().__init__(ask)
        self.frame = evidence.statements

    def statements(self, ids: Sequence[str]) -> dict[str, Statement]:
        """The statements of ``ids``, filled."""
        only = ("attribution", ids)
        articles = sorted({self.frame[id_].article for id_ in ids})
        texts = {local(r["article"]): r["text"] or "" for r in self.rows("texts", ("article", articles))}
        rows = {local(r["attribution"]): r for r in reversed(self.rows("details", only))}
        spans, figures, links = self._spans(only), self._figures(only), self._links()
        found = {}
        for id_ in ids:
            bare, text = self.frame[id_], texts.get(self.frame[id_].article, "")
            if id_ in rows:
                bare = self._told(bare, rows[id_])
            marks = [*spans[id_], *(figure.part for figure in figures[id_] if figure.part)]
            said = {
                role: " … ".join(text[p.begin : p.end] for p in spans[id_] if p.role == role)
                for role in ("cue", "source")
            }
            found[id_] = replace(
                bare,
                cue=said["cue"],
                source=said["source"],
                spans=tuple(f"{part.begin},{part.end}" for part in spans[id_] if part.role == "content"),
                passage=tuple(passage(text, marks)),
                figures=tuple(figures[id_]),
                links=tuple(links[id_]),
            )
        return found

    def _told(self, bare: Statement, row: Row) -> Statement:
        return replace(
            bare,
            content=row["content"] or "",
            alternative=self.same(row["alternative"]) or None,
            role=row["role"],
            certainty=local(row["certainty"]),
            resolution=self.concept(row["resolution"]),
            confidence=_number(row["confidence"]),
            rule=row["rule"] or "",
            outcome=self.concept(row["outcome"]),
            act=row["act"] or "",
        )

    def _spans(self, only: tuple[str, Sequence[str]]) -> dict[str, list[Part]]:
        spans: dict[str, list[Part]] = defaultdict(list)
        for row in self.rows("spans", only):
            role = local(row["part"]).removesuffix("Span")
            spans[local(row["attribution"])].append(Part(int(row["begin"] or 0), int(row["end"] or 0), role))
        ordered = {key: sorted(value, key=lambda part: (part.begin, part.role)) for key, value in spans.items()}
        return defaultdict(list, ordered)

    def _figures(self, only: tuple[str, Sequence[str]]) -> dict[str, list[Count]]:
        figures: dict[str, dict[str, Count]] = defaultdict(dict)
        for row in self.rows("figures", only):
            part = Part(int(row["begin"]), int(row["end"]), "figure") if row["begin"] and row["end"] else None
            counted = " ".join(filter(None, (row["counts"], row["role"])))
            figure = Count(
                local(row["figure"]),
                row["words"] or "",
                value=_number(row["value"]),
                min=_number(row["min"]),
                max=_number(row["max"]),
                comparator=local(row["comparator"]),
                unit=row["unit"] or "count",
                measure=self.concept(row["measure"]) if row["measure"] else counted,
                scope=self.same(row["scope"]) or None,
                event=local(row["event"]) or None,
                whole=local(row["whole"]) or None,
                part=part,
            )
            figures[local(row["attribution"])].setdefault(figure.id, figure)
        return defaultdict(list, {key: sorted(value.values(), key=_where) for key, value in figures.items()})

    def _links(self) -> dict[str, list[Link]]:
        links: dict[str, list[Link]] = defaultdict(list)
        for row in self.rows("relations"):
            link = Link(
                local(row["relation"]), local(row["to"]), self.concept(row["basis"]), _number(row["confidence"])
            )
            links[local(row["from"])].append(link)
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


def _where(figure: Count) -> tuple[int, str]:
    return (figure.part.begin if figure.part else 0, figure.id)
