"""Room 3: from what each article tells to what spans them: who is who, what is one happening, how claims relate."""

from kg.resolve.incremental import IncrementalResolver, resolve, stamp
from kg.resolve.known_entities import KnownEntities, load_known_entities

__all__ = ["IncrementalResolver", "KnownEntities", "load_known_entities", "resolve", "stamp"]
