"""Entities: which names of different articles mean one actor.

In: mentions of articles, entities.tsv, judgements. Out: `kg.model.Entity` and `kg.model.IdentityLink` values.
Read identities.py first.
"""
