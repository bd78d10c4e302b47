"""Query the store: named queries, free SPARQL, answers as tables.

In: a store and a query. Out: rows, and their text forms.
Read questions.py first: one .rq file is the query, the command and the manual page.
"""
