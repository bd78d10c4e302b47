"""Happenings: clusters of the event groups that report one real event.

In: event groups. Out: `kg.model.Happening` values.
Read happenings.py first, then clusters.py.
"""
