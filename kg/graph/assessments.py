"""Assessments of sources, claims and happenings by analysts, in a named graph that no build overwrites.

An assessed claim is stored with its words and article, an assessed happening with the words of its reports. When an
article is extracted again and the IRI of the target changes, it is matched by these words. An assessment without a match
(article withdrawn, words gone) is kept unchanged, and matched when its target is in the store again.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import InputError
from kg.graph import vocab
from kg.graph.find import Target, TargetKind, ask_from_file, claims_of
from kg.graph.store import Store
from kg.graph.vocab import ASSESSMENTS, KG, KGV, RDF, RDFS, Quad, text

#: possible conclusions of an analyst
ACTUALITIES = {
    "confirmed": KGV.confirmedByAnalyst,
    "doubted": KGV.doubtedByAnalyst,
    "rejected": KGV.rejectedByAnalyst,
}

#: minimum share of a claim's words that must remain for it to be the same claim
KEPT = 0.5


@dataclass(frozen=True, slots=True)
class Rating:
    """An assessment: Admiralty code A-F (of a source) and 1-6 (of information), a conclusion, and a reason.

    ``by`` is the analyst, ``on`` the date (YYYY-MM-DD); other fields are None if not given.
    """

    by: str
    on: str
    reliability: str | None = None
    credibility: int | None = None
    actuality: str | None = None
    note: str | None = None

    def __str__(self) -> str:
        code = f"{self.reliability or ''}{self.credibility or ''}"
        words = ": ".join(filter(None, (", ".join(filter(None, (code, self.actuality))), self.note)))
        return f"{words} ({self.by}, {self.on})"


@dataclass(frozen=True, slots=True)
class UnanchoredRating:
    """An assessment whose claim, source or happening is no longer in the store; it is kept."""

    label: str
    words: str
    target: str

    def __str__(self) -> str:
        of = f'"{" ".join(self.words.split())}"' if self.words else self.target.removeprefix(vocab.ID)
        return f"the target of the assessment {self.label!r} is no longer in the store; the assessment is kept: {of}"


def record_rating(store: Store, target: Target, rating: Rating) -> str:
    """Add an assessment to the store and return its IRI. Recording the same assessment twice has no effect.

    Raises InputError if it has no rating, or one that does not fit the target.
    """
    return record_ratings(store, [(target, rating)])[0]


def record_ratings(store: Store, ratings: Iterable[tuple[Target, Rating]]) -> list[str]:
    """Add several assessments and return their IRIs; if one is invalid, none is added. See `record_rating`."""
    recorded = [_assessment_quads(store, target, rating) for target, rating in ratings]
    fresh = (quad for quads in recorded for quad in quads)
    store.replace_assessments(sorted({*store.quads(ASSESSMENTS), *fresh}))
    return [quads[0].subject for quads in recorded]


def _assessment_quads(store: Store, target: Target, rating: Rating) -> list[Quad]:
    check_rating(target, rating)
    quotations = _quotations(store, target)
    content = [target.address, *quotations, rating.by, rating.on, rating.reliability, rating.credibility]
    content += [rating.actuality, rating.note]
    digest = hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    me = vocab.minted("judgement", digest)
    return [Quad(me, p, o, ASSESSMENTS) for p, o in _statements(target, rating, quotations)]


def reanchor_ratings(store: Store) -> list[UnanchoredRating]:
    """Move each assessment to the current IRI of its target; return those whose target is no longer in the store."""
    judged = _judged(store)
    in_articles = _by_document(store, judged)
    moved: dict[str, str] = {}
    adrift: list[UnanchoredRating] = []
    for each in judged:
        candidates = in_articles.get(each.document or "", [])
        place = _find(store, each, candidates)
        if place is None:
            adrift.append(UnanchoredRating(each.label, each.words[0] if each.words else "", each.target[1:-1]))
            if any(claim.address == each.target for claim in candidates):
                place = _nowhere(each)  # its IRI now belongs to a different claim, which was not assessed
        if place not in (None, each.target):
            moved[each.address] = place
    if moved:
        store.replace_assessments(sorted(_moved(store.quads(ASSESSMENTS), moved)))
    return adrift


# ------------------------------------------------------------------------------- recording


def check_rating(target: Target, rating: Rating) -> None:
    """Raise InputError if rating or analyst is missing, or the rating does not fit the target."""
    if not rating.by.strip():
        raise InputError(
            "an assessment needs the name of the analyst", where="--by", fix="Give your name: --by 'A. Analyst'."
        )
    if not (rating.reliability or rating.credibility or rating.actuality or rating.note):
        fix = "Give --reliability, --credibility, --actuality or --note."
        raise InputError("no rating given", where=target.name, fix=fix)
    if target.kind is TargetKind.SOURCE and (rating.credibility or rating.actuality):
        fix = "Use --reliability for a source; --credibility and --actuality are for a claim or a happening."
        raise InputError("a source has only a reliability", where=target.name, fix=fix)
    if target.kind is TargetKind.HAPPENING and rating.reliability:
        fix = "Use --credibility or --actuality; --reliability is for a source, or the source of a claim."
        raise InputError("a happening has no reliability", where=target.name, fix=fix)


def _quotations(store: Store, target: Target) -> list[str]:
    if target.kind is TargetKind.CLAIM:
        return [target.words]
    if target.kind is TargetKind.HAPPENING:
        return [row["content"] for row in ask_from_file(store, "tellings-of.rq", "<urn:node>", target.address)]
    return []


def _statements(target: Target, rating: Rating, quotations: list[str]) -> Iterator[tuple[str, str]]:
    yield RDF.type, KG.Assessment
    yield RDF.type, KG.Judgement
    yield RDFS.label, text(str(rating))
    yield KG.assesses, target.address
    if target.document:
        yield KG.inDocument, target.document
    for words in quotations:
        yield KG.quotation, text(words)
    yield KG.judgedBy, text(rating.by)
    yield KG.judgedOn, vocab.day(rating.on)
    if rating.reliability:
        yield KG.reliability, text(rating.reliability)
    if rating.credibility:
        yield KG.credibility, vocab.integer(rating.credibility)
    if rating.actuality:
        yield KG.actuality, ACTUALITIES[rating.actuality]
    if rating.note:
        yield KG.note, text(rating.note)


# ------------------------------------------------------------------------------- matching after a rebuild


@dataclass(frozen=True, slots=True)
class _Judged:
    address: str
    label: str
    target: str
    there: bool
    document: str | None
    words: tuple[str, ...]


def _judged(store: Store) -> list[_Judged]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in ask_from_file(store, "assessments.rq"):
        rows[row["assessment"]].append(row)
    return [
        _Judged(
            f"<{address}>",
            found[0]["label"],
            f"<{found[0]['target']}>",
            any("kind" in row for row in found),
            f"<{found[0]['document']}>" if "document" in found[0] else None,
            tuple(sorted({row["words"] for row in found if "words" in row})),
        )
        for address, found in rows.items()
    ]


def _by_document(store: Store, judged: Iterable[_Judged]) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = defaultdict(list)
    for claim in claims_of(store, {each.document for each in judged if each.document}):
        found[claim.document or ""].append(claim)
    return found


def _find(store: Store, judged: _Judged, candidates: Iterable[Target]) -> str | None:
    if judged.document:
        return _find_claim(judged, candidates)
    if judged.words:
        return _find_happening(store, judged)
    return judged.target if judged.there else None


def _nowhere(judged: _Judged) -> str:
    """Make an unused IRI for the assessed words in their article."""
    digest = hashlib.sha256("\0".join(judged.words).encode()).hexdigest()[:16]
    return vocab.minted("attribution", vocab.name_of(judged.document or ""), f"untold-{digest}")


def _find_claim(judged: _Judged, candidates: Iterable[Target]) -> str | None:
    """Find the claim with the most similar words; of equals the nearest to the old position."""
    words = _plain(judged.words[0])
    near = [(_word_overlap(words, _plain(claim.words)), claim.address) for claim in candidates]
    ranked = [(-overlap, _distance(address, judged.target), address) for overlap, address in near if overlap]
    return min(ranked)[-1] if ranked else None


def _word_overlap(words: str, content: str) -> float:
    """Return the overlap of the words, 1 if they are equal; 0 if too few of the assessed words remain."""
    if words in content:
        return (len(words) or 1) / (len(content) or 1)
    kept = len(content) / len(words)
    return kept if content in words and kept >= KEPT else 0


def _find_happening(store: Store, judged: _Judged) -> str | None:
    """Find the happening of most of these words; if several, the assessed one if it is among them."""
    rows = ask_from_file(store, "happenings-with-words.rq", '"words"', " ".join(map(text, judged.words)))
    votes = {f"<{row['happening']}>": int(row["claims"]) for row in rows}
    most = [address for address, count in votes.items() if count == max(votes.values())]
    if len(most) == 1:
        return most[0]
    return judged.target if judged.target in votes or (judged.there and not votes) else None


def _moved(quads: Iterable[Quad], moved: dict[str, str]) -> Iterator[Quad]:
    for quad in quads:
        if quad.predicate == KG.assesses and quad.subject in moved:
            yield quad._replace(object=moved[quad.subject])
        else:
            yield quad


def _distance(one: str, other: str) -> int:
    """Return the distance of two attributions of an article, by the offsets in their IRIs; 0 for the same."""
    if one == other:
        return 0
    return 1 + abs(_offset(one) - _offset(other))


def _offset(address: str) -> int:
    found = re.search(r"\d+", address.rpartition(":")[2])
    return int(found[0]) if found else 0


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
