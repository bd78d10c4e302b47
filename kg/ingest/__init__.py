"""Ingest stage: paths (files, folders, JSON Lines, standard input) to `kg.model.Article`."""

from kg.ingest.reader import read

__all__ = ["read"]
