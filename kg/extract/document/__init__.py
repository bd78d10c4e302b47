"""One article as columns of tokens: parse, sentences, dependency tree, quotation marks.

In: `kg.model.Article`. Out: `ParsedArticle`, the only object that the packages after this one read.
Read parsed_article.py first; spaCy is loaded only in spacy_parser.py.
"""
