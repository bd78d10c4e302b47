"""From tokens to an `Attribution`: what every rule of attribution hands over in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.attribution.cues import Cue
from kg.extract.attribution.sources import SourceTokens
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.quotation_marks import quote_near
from kg.extract.document.token_spans import TokenRange, count_shared, normalise, subtract, to_char_spans, trim
from kg.model import Attribution, Certainty, CharSpan, Kind, Polarity

_NEGATIONS = frozenset(("neg",))
_DENYING = frozenset(("never", "no", "neither", "hardly", "scarcely"))
#: words that stand for a content which is given elsewhere: "... which he confirmed"
_POINTING = frozenset(("WDT", "WP"))
_OR = frozenset(("or", "nor"))
_NOBODY = frozenset(("nobody", "none", "neither", "nothing"))


def make_candidate(  # noqa: PLR0913, PLR0917 - an attribution has these parts
    parsed: ParsedArticle,
    rule: str,
    cue: Cue,
    cue_tokens: Sequence[Token],
    source: SourceTokens | None,
    content: Sequence[TokenRange],
) -> Attribution | None:
    """An attribution as one rule saw it, its source and cue cut out of its content; None where no content is left."""
    doc = parsed.doc
    if any(token.i in parsed.silent for token in cue_tokens):
        return None
    ranges = list(content)
    for token in cue_tokens:
        ranges = subtract(ranges, (token.i, token.i + 1))
    if source is not None:
        source = _outside(parsed, source, ranges)
        for part in source.ranges:
            ranges = subtract(ranges, part)
    ranges = normalise(doc, ranges)
    if all(token.tag_ in _POINTING or token.lower_ == "that" for start, end in ranges for token in doc[start:end]):
        return None
    kind, polarity, certainty = _force(cue, cue_tokens[0])
    if _is_avoided(parsed, cue_tokens[0]) and kind is not Kind.NON_STATEMENT:
        kind, polarity, certainty = Kind.NON_STATEMENT, Polarity.NEGATIVE, Certainty.UNSPECIFIED
    if source is None and kind is not Kind.VERIFICATION and is_negated(cue_tokens[0]):
        kind, certainty = (
            Kind.NON_STATEMENT,
            Certainty.UNSPECIFIED,
        )  # "it was not known how many": no one says otherwise
    return Attribution(
        cue=_cue_spans(cue_tokens),
        content=to_char_spans(doc, ranges),
        source=to_char_spans(doc, source.ranges) if source is not None else (),
        rule=rule,
        kind=kind,
        medium=cue.medium,
        polarity=polarity,
        certainty=certainty,
        cue_lemma=cue.lemma,
    )


def _outside(parsed: ParsedArticle, source: SourceTokens, content: Sequence[TokenRange]) -> SourceTokens:
    """The source without the quotation that is its content: the parser attaches "We stay," to the prefect who says it."""
    for quote in quote_near(parsed.quotes, *source.token_range):
        if not quote.contains(source.head.i) and count_shared(content, [quote.token_range]):
            left = [
                each for each in subtract([source.token_range], quote.token_range) if each[0] <= source.head.i < each[1]
            ]
            return replace(source, token_range=trim(parsed.doc, left[0]) or source.token_range)
    return source


def is_negated(token: Token) -> bool:
    """Whether a "not" or "never" belongs to the verb itself, or its subject is nobody ("no group has claimed").

    A negation is shared by a second verb under the same auxiliary ("did not confirm or deny") and by an infinitive
    ("did not want to say"); not by a verb with a tense of its own ("did not attend and said").
    """
    if any(_nobody(child) for child in token.children if child.dep_ in ("nsubj", "nsubjpass")):
        return True
    if _has_negation(token):
        return True
    if token.dep_ in ("acomp", "oprd") and token.head.pos_ in ("AUX", "VERB"):
        return _has_negation(token.head)  # "was not aware that"
    if token.dep_ == "xcomp":
        return _has_negation(token.head) or (token.head.pos_ == "ADJ" and is_negated(token.head))
    return token.dep_ == "conj" and _shares_auxiliary(token) and is_negated(token.head)


def _is_avoided(parsed: ParsedArticle, verb: Token) -> bool:
    """Whether the verb or adjective that it depends on says that it was not said: "failed to say", "unable to say"."""
    through = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return (
        verb.dep_ in ("xcomp", "pcomp")
        and through.lemma_.lower() in parsed.lexicon.words("attribution_words", "avoiding")
        and not is_negated(through)
    )


def _has_negation(token: Token) -> bool:
    return any(child.dep_ in _NEGATIONS or child.lower_ in _DENYING for child in token.children)


def _shares_auxiliary(verb: Token) -> bool:
    """Whether a coordinated verb stands under the auxiliary of the first: bare forms do, participles behind "or" do."""
    first = verb.head
    if any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for child in verb.children):
        return False
    joined = next((child.lower_ for child in first.children if child.dep_ == "cc" and child.i < verb.i), "")
    if verb.tag_ == "VB":
        return first.tag_ == "VB"
    if joined == "nor":
        return verb.tag_ == first.tag_  # "neither confirmed nor denied"
    return verb.tag_ in ("VBN", "VBD", "VBG") and joined in _OR and first.tag_ in ("VBN", "VBG")


def _nobody(subject: Token) -> bool:
    return subject.lower_ in _NOBODY or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in subject.children)


def _force(cue: Cue, token: Token) -> tuple[Kind, Polarity, Certainty]:
    if not is_negated(token):
        polarity = Polarity.NEGATIVE if cue.negated == "denies" else Polarity.POSITIVE
        return cue.kind, polarity, cue.certainty
    if cue.negated == "negative":
        return cue.kind, Polarity.NEGATIVE, cue.certainty
    if cue.negated == "verification":
        return Kind.VERIFICATION, Polarity.NEGATIVE, Certainty.UNSPECIFIED
    return Kind.NON_STATEMENT, Polarity.NEGATIVE, Certainty.UNSPECIFIED


def _cue_spans(tokens: Sequence[Token]) -> tuple[CharSpan, ...]:
    """One span for each run of neighbouring tokens."""
    spans: list[CharSpan] = []
    for token in sorted(tokens, key=lambda each: each.i):
        start, end = token.idx, token.idx + len(token)
        if spans and spans[-1].end + 1 >= start:
            spans[-1] = CharSpan(spans[-1].start, end)
        else:
            spans.append(CharSpan(start, end))
    return tuple(spans)
