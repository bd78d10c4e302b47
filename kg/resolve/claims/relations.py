"""Relate the claims of one happening: repeats, corroborates, contradicts, opposes, revises, updates, denies, accuses.

Claims that say the same by the same claimant are one voice: they are tied to the first of them (repeats), and only the
first is compared with other voices. No side is taken: a relation says by which rule, on what basis and with which
confidence, and what would make both claims hold (rules.tsv).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.model import Attribution, ClaimRelation, Extraction, Happening, Kind, Ref
from kg.resolve.articles.event_digest import EventDigest
from kg.resolve.articles.wording import Stance, stance_of
from kg.resolve.claims.figure_relations import relate_figures
from kg.resolve.claims.positions import relate_none_so_far, relate_positions
from kg.resolve.claims.rules import Wording, relation_by
from kg.resolve.claims.voices import Affiliations


def relate(
    happenings: Iterable[Happening], digests: Mapping[Ref, EventDigest], sides: Affiliations
) -> Iterator[ClaimRelation]:
    """Yield the relations between claims of each happening, in a fixed order."""
    for happening in happenings:
        events = [digests[ref] for ref in happening.events if ref in digests and digests[ref].claimant]
        yield from relate_figures(happening, events, sides)
        yield from relate_positions(happening, events, sides)
        yield from relate_none_so_far(events)


def relate_checks(extractions: Iterable[Extraction]) -> Iterator[ClaimRelation]:
    """Yield what articles say of claims explicitly: could not verify, has not acknowledged, denied."""
    for extraction in extractions:
        article = extraction.article.id
        known = {said.id: said.claimant.id if said.claimant else None for said in extraction.attributions}
        with_events = {event.told_by for event in extraction.events}
        for said in extraction.attributions:
            rule = _check_rule(extraction.article.text, said)
            if rule == "denied-in-text" and said.id in with_events:
                continue  # the denial names the event itself
            for other in said.about if rule else ():
                # nobody is silent on their own claims: such a sentence speaks of something else
                if rule and other in known and (not said.claimant or said.claimant.id != known[other]):
                    spans = tuple((article, span) for span in said.cue)
                    found = relation_by(rule, Ref(article, said.id), Ref(article, other), Wording(), spans)
                    yield replace(found, confidence=min(found.confidence, said.confidence))


def _check_rule(text: str, said: Attribution) -> str | None:
    """Return the rule of a claim about a claim; "did not know" and "do not expect" are none."""
    if said.kind is Kind.VERIFICATION:
        return {"could_not_verify": "could-not-verify", "refuted": "refuted-in-text"}.get(said.outcome or "")
    if said.kind is Kind.NON_STATEMENT:
        return "not-acknowledged"
    return "denied-in-text" if stance_of(text, said) is Stance.DENIES_ROLE else None
