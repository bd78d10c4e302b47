"""Room 3: from what each article tells to what spans them: who is who, what is one happening, how claims relate."""

from kg.resolve.stage import resolve
from kg.resolve.world import World, read_world

__all__ = ["World", "read_world", "resolve"]
