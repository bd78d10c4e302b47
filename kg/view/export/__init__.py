"""Export of the graph or a subset: Turtle, TriG, N-Quads, JSON-LD, GraphML, CSV.

In: a store and a selection. Out: a file with the same bytes for the same store.
Read exports.py first.
"""
