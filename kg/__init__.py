"""newsclaims: the claim graph of the news."""

__version__ = "0.1.0"
