"""Who a pronoun, a role or a part of a name refers to.

In: `ParsedArticle` with its mentions, and an attribution's source. Out: `kg.model.Claimant`, unresolved where it is open.
Read claimants.py first: it asks salience.py, pronouns.py and nominals.py in turn.
"""
