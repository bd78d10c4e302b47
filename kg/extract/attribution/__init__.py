"""Attributions: source, cue and content (PARC 3), with kind, channel, claimant and confidence.

In: `ParsedArticle` with its mentions. Out: `kg.model.Attribution` values.
Read verb_cues.py for the constructions, then merge.py for how candidates become attributions.
"""
