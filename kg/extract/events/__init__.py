"""Events as reported: triggers, roles, factuality, and the spans of the article's own voice.

In: `ParsedArticle` and its attributions. Out: `kg.model.EventMention` and `kg.model.Narration` values.
Read events.py first.
"""
