"""From a store to the evidence that pages show, by SPARQL alone.

Everything is read through ``ask``, a function from the text of a SELECT to its rows (variable name to lexical value,
None where unbound), so that nothing here knows how the store is kept. The queries are sparql/render/*.rq.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
    """Everything that the pages need, in a fixed order whatever the order of the rows."""
    return _Reader(ask).evidence()


class _Reader:
    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.names = {local(r["name"]): local(r["entity"]) for r in self._rows("identities")}
        self.concepts = {local(r["concept"]): r["label"] or "" for r in self._rows("concepts")}
        self.texts = {local(r["article"]): r["text"] or "" for r in self._rows("texts")}

    def evidence(self) -> Evidence:
        statements = self._statements()
        edges = {(self._same(r["from"]), local(r["relation"]), self._same(r["to"])) for r in self._rows("edges")}
        return Evidence(
            self._things(), self._told(edges), self._reports(), statements, tuple(sorted(edges)), self._judged()
        )

    def _rows(self, name: str) -> list[Row]:
        rows = self.ask((_QUERIES / f"{name}.rq").read_text("utf-8"))
        return sorted(rows, key=lambda row: [(key, row[key] or "") for key in sorted(row)])

    def _same(self, iri: str | None) -> str:
        """The entity that a name is held to be."""
        name = local(iri)
        return self.names.get(name, name)

    def _concept(self, iri: str | None) -> str:
        return self.concepts.get(local(iri)) or wording(local(iri).rsplit("/", 1)[-1])

    def _things(self) -> dict[str, Thing]:
        kinds: dict[str, set[str]] = defaultdict(set)
        rows: dict[str, Row] = {}
        for row in self._rows("things"):
            kinds[local(row["thing"])].add(local(row["type"]))
            rows.setdefault(local(row["thing"]), row)
        aliases: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("aliases"):
            aliases[local(row["thing"])].append(row["alias"] or "")
        things = {}
        for id_ in sorted(rows):
            row = rows[id_]
            kind = next(shown for type_, shown in _KINDS.items() if type_ in kinds[id_])
            label = row["label"] or wording(id_.rsplit("/", 1)[-1])
            things[id_] = Thing(
                id_,
                kind,
                label,
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
        for row in self._rows("events"):
            id_ = local(row["event"])
            told.setdefault(
                id_,
                Told(id_, self._concept(row["type"]), row["edtf"], local(row["happening"]) or None, tuple(places[id_])),
            )
        return told

    def _reports(self) -> dict[str, Report]:
        reports: dict[str, Report] = {}
        for row in self._rows("articles"):
            id_ = local(row["article"])
            title = row["title"] or row["identifier"] or id_
            reports.setdefault(id_, Report(id_, title, self._same(row["outlet"]) or None, row["url"], row["published"]))
        return reports

    def _judged(self) -> dict[str, tuple[Judged, ...]]:
        judged: dict[str, list[Judged]] = defaultdict(list)
        for row in self._rows("assessments"):
            values = [row[key] or "" for key in ("reliability", "credibility", "note", "by", "on")]
            judged[self._same(row["thing"])].append(Judged(self._concept(row["actuality"]), *values))
        return {key: tuple(judged[key]) for key in sorted(judged)}

    def _statements(self) -> dict[str, Statement]:
        rows = {local(r["attribution"]): r for r in reversed(self._rows("attributions"))}
        kinds, events = self._several("kinds", "attribution", "kind"), self._several("about", "attribution", "event")
        figures, spans = self._figures(), self._spans()
        doubts, links = self._doubts(rows, spans), self._links()
        published = {id_: report.published for id_, report in self._reports().items()}
        found = {}
        for id_ in sorted(rows):
            row = rows[id_]
            bare = self._bare(id_, row, spans[id_], figures[id_])
            found[id_] = replace(
                bare,
                kind=_kind(kinds[id_], row["polarity"]),
                relays=self._relays(id_, rows),
                date=row["asserted"] or published.get(bare.article),
                events=tuple(events[id_]),
                doubts=tuple(doubts[id_]),
                links=tuple(links[id_]),
            )
        return found

    def _bare(self, id_: str, row: Row, parts: list[tuple[Part, str]], figures: list[Count]) -> Statement:
        """What the row of a statement, its spans and its figures tell."""
        article = local(row["article"])
        marks = [part for part, _ in parts] + [figure.part for figure in figures if figure.part]
        said = {role: " … ".join(w for part, w in parts if part.role == role) for role in ("content", "cue", "source")}
        return Statement(
            id=id_,
            article=article,
            claimant=self._same(row["claimant"]) or None,
            alternative=self._same(row["alternative"]) or None,
            role=row["role"],
            channel=self._same(row["channel"]) or None,
            content=row["content"] or said["content"],
            cue=said["cue"],
            source=said["source"],
            spans=tuple(f"{part.begin},{part.end}" for part, _ in parts if part.role == "content"),
            passage=tuple(passage(self.texts.get(article, ""), marks)),
            said=row["asserted"],
            polarity=local(row["polarity"]),
            certainty=local(row["certainty"]),
            resolution=self._concept(row["resolution"]),
            confidence=_number(row["confidence"]),
            rule=row["rule"] or "",
            outcome=self._concept(row["outcome"]),
            act=row["act"] or "",
            figures=tuple(figures),
        )

    def _several(self, query: str, key: str, value: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(query):
            if local(row[value]) not in found[local(row[key])]:
                found[local(row[key])].append(local(row[value]))
        return found

    def _spans(self) -> dict[str, list[tuple[Part, str]]]:
        spans: dict[str, list[tuple[Part, str]]] = defaultdict(list)
        for row in self._rows("spans"):
            role = local(row["part"]).removesuffix("Span")
            spans[local(row["attribution"])].append(
                (Part(int(row["begin"] or 0), int(row["end"] or 0), role), row["exact"] or "")
            )
        return defaultdict(
            list, {key: sorted(value, key=lambda each: (each[0].begin, each[0].role)) for key, value in spans.items()}
        )

    def _figures(self) -> dict[str, list[Count]]:
        figures: dict[str, dict[str, Count]] = defaultdict(dict)
        for row in self._rows("figures"):
            part = Part(int(row["begin"]), int(row["end"]), "figure") if row["begin"] and row["end"] else None
            measure = (
                self._concept(row["measure"])
                if row["measure"]
                else " ".join(filter(None, (row["counts"], row["role"])))
            )
            figure = Count(
                local(row["figure"]),
                row["words"] or "",
                *(_number(row[key]) for key in ("value", "min", "max")),
                comparator=local(row["comparator"]),
                unit=row["unit"] or "count",
                measure=measure,
                scope=self._same(row["scope"]) or None,
                event=local(row["event"]) or None,
                whole=local(row["whole"]) or None,
                part=part,
            )
            figures[local(row["attribution"])].setdefault(figure.id, figure)
        return defaultdict(list, {key: sorted(value.values(), key=_where) for key, value in figures.items()})

    def _doubts(self, rows: Mapping[str, Row], spans: Mapping[str, list[tuple[Part, str]]]) -> dict[str, list[Doubt]]:
        doubts: dict[str, list[Doubt]] = defaultdict(list)
        for row in self._rows("doubts"):
            statement = local(row["statement"])
            if statement not in rows:
                continue
            cue = " … ".join(words for part, words in spans[statement] if part.role == "cue")
            act = rows[statement]["act"] or cue
            by = self._same(rows[statement]["claimant"]) or None
            doubts[local(row["attribution"])].append(Doubt(statement, local(row["bond"]), by, cue or act))
        return doubts

    def _links(self) -> dict[str, list[Link]]:
        links: dict[str, list[Link]] = defaultdict(list)
        for row in self._rows("relations"):
            link = Link(
                local(row["relation"]), local(row["to"]), self._concept(row["basis"]), _number(row["confidence"])
            )
            links[local(row["from"])].append(link)
        return links

    def _relays(self, id_: str, rows: Mapping[str, Row]) -> tuple[str, ...]:
        relays: list[str] = []
        seen = {id_}
        outer = local(rows[id_]["relay"])
        while outer in rows and outer not in seen:
            seen.add(outer)
            relays.append(self._same(rows[outer]["claimant"]))
            outer = local(rows[outer]["relay"])
        return tuple(filter(None, relays))


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
