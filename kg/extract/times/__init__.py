"""Time expressions in news: reading them, anchoring them to a date, and giving them to events.

In: `ParsedArticle`, attributions, narrations, events. Out: the same values with EDTF times.
Read times.py first.
"""
