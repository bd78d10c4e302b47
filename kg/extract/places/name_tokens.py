"""Which tokens of a text may begin a name, or be one."""

from __future__ import annotations

from spacy.tokens import Doc, Token


def capitalised(doc: Doc) -> list[int]:
    """The indexes of the tokens that begin with a capital letter."""
    forms, strings = doc.to_array("ORTH").tolist(), doc.vocab.strings
    capital = {form for form in set(forms) if strings[form][:1].isupper()}
    return [i for i, form in enumerate(forms) if form in capital]


def is_name(token: Token) -> bool:
    """Whether a token is spelt and tagged as a part of a name."""
    return token.text[0].isupper() and token.pos_ not in {"PRON", "DET", "AUX", "CCONJ"} and not token.is_stop
