"""What resolving needs of one article: its events in short form, grouped, kept in an index.

In: `kg.model.Extraction`. Out: event digests and event groups.
Read event_digest.py first.
"""
