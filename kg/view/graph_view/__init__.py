"""The claim graph for people: evidence read from the store, and the network drawn from it.

In: query results. Out: `Evidence` and `Graph`.
Read evidence.py for the values, load_evidence.py for how they are read.
"""
