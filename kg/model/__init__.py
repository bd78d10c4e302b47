"""The nouns of the house: frozen values that know neither spaCy nor RDF.

Offsets count Unicode code points into ``Article.text``, from 0, end exclusive.
Names are the field's: an attribution has source, cue and content (PARC 3); a mention is told apart from the instance
it speaks of (ACE, GAF/SEM); factuality is polarity x certainty (FactBank); dates are EDTF (Library of Congress, level 1).

An ``id`` within an article ("a7", "e1") is unique in its `Extraction`. Ids of actors, channels, outlets and places
("actor/oleksiy-kuleba", "channel/telegram", "place/kyiv") are the same in every article that names the same name;
an unnamed source ("officials") has the article's id in its own, so that it is never the same in two articles.
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
    Article,
    CharSpan,
    Issue,
    Severity,
)

__all__ = [
    "ActorKind",
    "Article",
    "Attribution",
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
]
