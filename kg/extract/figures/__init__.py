"""Figures: numbers with their hedges as intervals, what they count, and the event they belong to.

In: `ParsedArticle` and its events. Out: the events with `kg.model.Figure` values.
Read quantities.py for finding numbers, figures.py for giving them to events.
"""
