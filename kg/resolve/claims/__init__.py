"""Relations between claims about one happening: contradicts, denies, revises, corroborates.

In: happenings with their event digests. Out: `kg.model.ClaimRelation` values.
Read relations.py first.
"""
