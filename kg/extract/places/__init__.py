"""Places: names in the text, the gazetteer entry that each means, and where each event is located.

In: `ParsedArticle`, `Gazetteer`, events. Out: `kg.model.PlaceMention` values, and events with their place.
Read places.py first.
"""
