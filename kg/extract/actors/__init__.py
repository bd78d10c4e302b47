"""Names and nominals that stand for actors: people, organisations, states, outlets, unnamed groups.

In: `ParsedArticle`. Out: `kg.model.Mention` values, and what names and titles mean.
Read mentions.py first.
"""
