"""Similarity of texts: term weights, cosine, and an index from term to documents.

In: words of articles. Out: candidate pairs and their similarity.
Read word_vectors.py first.
"""
