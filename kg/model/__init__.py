"""Data model: frozen dataclasses, independent of spaCy and RDF.

Offsets are Unicode code points into ``Article.text``, from 0, end exclusive.
Terms are those of the field: an attribution has source, cue and content (PARC 3); a mention differs from the instance
it refers to (ACE, GAF/SEM); factuality is polarity x certainty (FactBank); dates are EDTF (Library of Congress, level 1).

An ``id`` within an article ("a7", "e1") is unique in its `Extraction`. Ids of actors, channels, outlets and places
("actor/oleksiy-kuleba", "channel/telegram", "place/kyiv") are the same in every article with the same name;
the id of an unnamed source ("officials") contains the article's id, so that it is never the same in two articles.
"""

from __future__ import annotations

from kg.model.corpus import (
    ClaimRelation,
    Corpus,
    CorpusChange,
    Entity,
    Happening,
    IdentityLink,
    MeasureLink,
    Ref,
    Relation,
    WireCopy,
)
from kg.model.findings import (
    ActorKind,
    Attribution,
    Basis,
    Certainty,
    Channel,
    ChannelKind,
    Claimant,
    Comparator,
    EventMention,
    Extraction,
    Extractor,
    Figure,
    Kind,
    Level,
    Medium,
    Mention,
    Narration,
    Place,
    PlaceMention,
    Polarity,
    ResolvedBy,
    Role,
    Style,
    Tense,
    TimeBasis,
    TimeExpression,
)
from kg.model.texts import (
    FAILED,
    Article,
    CharSpan,
    Issue,
    Severity,
    failure,
)

__all__ = [
    "FAILED",
    "ActorKind",
    "Article",
    "Attribution",
    "Basis",
    "Certainty",
    "Channel",
    "ChannelKind",
    "CharSpan",
    "ClaimRelation",
    "Claimant",
    "Comparator",
    "Corpus",
    "CorpusChange",
    "Entity",
    "EventMention",
    "Extraction",
    "Extractor",
    "Figure",
    "Happening",
    "IdentityLink",
    "Issue",
    "Kind",
    "Level",
    "MeasureLink",
    "Medium",
    "Mention",
    "Narration",
    "Place",
    "PlaceMention",
    "Polarity",
    "Ref",
    "Relation",
    "ResolvedBy",
    "Role",
    "Severity",
    "Style",
    "Tense",
    "TimeBasis",
    "TimeExpression",
    "WireCopy",
    "failure",
]
