"""Who an attribution's source words mean: the claimant, the role, the channel.

Names go to the longest name the article has; pronouns and nominals to what was introduced or spoke before. Where the
evidence is thin the claimant is "unresolved": the words themselves, under an id that no other article shares.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.attribution.channels import ChannelFinder
from kg.extract.coreference.claimants import ClaimantResolver
from kg.extract.document.parsed_article import ParsedArticle
from kg.model import Attribution, Kind


def name_claimants(parsed: ParsedArticle, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The attributions, in their order, with claimant, role, channel and, where another reading is near, alternative.

    An attribution without source words gets the speaker that it continues, or none.
    """
    scene = ClaimantResolver(parsed, attributions)
    carriers = ChannelFinder(parsed, scene.mentions)
    named = []
    for number, each in enumerate(attributions):
        found = scene.speaker(number)
        claimant = found.claimant if found else None
        named.append(
            replace(
                each,
                claimant=claimant,
                claimants=found.joint if found else (),
                role=found.role if found else None,
                channel=each.channel or carriers.carrier(each, claimant),
                alternative=found.alternative if found else None,
            )
        )
    return _relays(named)


def _relays(named: list[Attribution]) -> tuple[Attribution, ...]:
    """The attributions; one that hands on only what its own claimant said is no relay: "the office said it could not ..."."""
    inner: dict[str, set[str | None]] = {}
    for each in named:
        if each.embedded_in is not None:
            inner.setdefault(each.embedded_in, set()).add(each.claimant.id if each.claimant else None)
    return tuple(
        replace(each, kind=Kind.CLAIM)
        if each.kind is Kind.RELAY and each.claimant and inner.get(each.id) == {each.claimant.id}
        else each
        for each in named
    )
