"""Room 3: from what each article tells to what spans them: who is who, what is one happening, how claims relate."""

from kg.resolve.incremental import Renewal, resolve, stamp
from kg.resolve.instances import find_instances
from kg.resolve.known_entities import World, read_world

__all__ = ["Renewal", "World", "find_instances", "read_world", "resolve", "stamp"]
