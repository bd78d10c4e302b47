"""Cue verbs with a clause: before it, after it, around it, or attached with "as"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.extract.attribution.candidates import is_negated, make_candidate
from kg.extract.attribution.cues import SAYS, Cue, load_cues
from kg.extract.attribution.quoted_relays import quoted_content
from kg.extract.attribution.sources import (
    SourceTokens,
    added_cue,
    can_speak,
    is_passive,
    outer_verb,
    source_of,
    tokens_after,
)
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.quotation_marks import quote_near
from kg.extract.document.token_spans import TokenRange, subtract, subtree_range
from kg.model import Attribution, Kind

_SUBJECT = frozenset(("nsubj", "nsubjpass", "expl", "csubj", "mark"))
_TENSED = frozenset(("VBD", "VBZ", "VBP", "MD"))
_PRESENT = frozenset(("VBZ", "VBP", "VBG"))
#: a comma and a conjunction stand between two coordinated clauses
_JOINT = 2
_PERCEPTION = frozenset(("see", "hear", "find", "feel", "watch"))


def clausal_complement(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """A complement clause, or two.

    before   The ministry said the bridge was destroyed.      said -ccomp-> destroyed
    after    The bridge was destroyed, the ministry said.     said -ccomp-> destroyed
    """
    found = [child for child in verb.children if child.dep_ == "ccomp" and _finite(child, verb)]
    before = [child for child in found if child.i < verb.i and verb.doc[child.right_edge.i + 1].text != ":"]
    behind = [child for child in found if child.i > verb.i]
    if not found:
        before = quoted_content(verb, parsed.lexicon)
    if before and behind:
        before, behind = _either(verb, before, behind)
    picked = before + behind or _behind_channel(verb)
    if not picked:
        return _behind_addressee(parsed, verb, cue)
    content = _fronted(verb, behind) + _leading(parsed, verb, behind) if not before else []
    source = source_of(verb, parsed.lexicon)
    for child in picked:
        ranges = _without_cue([subtree_range(child)], verb, picked)
        if child.i < verb.i and source is not None:
            ranges = [*ranges, *_up_to(verb, child, source)]
        if child.i < verb.i and not any(end > verb.i + 1 and start <= child.i for start, end in ranges):
            ranges = [each for each in ranges if each[0] < verb.i]
        content += _before_addition(parsed, child, _before_next_cue(child, ranges))
    content += (
        _reasons_behind(parsed, verb, behind) or _second_behind(parsed, verb, behind) or _with_behind(verb, before)
    )
    if source is not None and before and _quoted(parsed, source, verb):
        source = tokens_after(verb)  # "..., the old trust stuff," said a person: the parser makes the stuff the subject
    elif source is None and before and verb.dep_ == "ROOT":
        source = tokens_after(verb)  # "...?" asked the driver: the parser makes the driver an object
    if source is None and cue.kind is Kind.CLAIM and not is_passive(verb) and not is_negated(verb):
        return None  # "saying so is easy": nobody said it
    return make_candidate(parsed, "clause", cue, cue_words(verb), source, content)


def _quoted(parsed: ParsedArticle, source: SourceTokens, verb: Token) -> bool:
    """Whether the source stands in a quotation that the cue stands outside of."""
    return any(
        quote.contains(source.head.i)
        for quote in quote_near(parsed.quotes, *source.token_range)
        if not quote.contains(verb.i)
    )


def reason_clauses(parsed: ParsedArticle, verb: Token, said: Attribution) -> Iterator[Attribution]:
    """What a request gives as its reason is claimed, not asked: urged them to stay as the attack goes on, with ten hurt.

    asked -ccomp-> stay -advcl-> goes (finite, "as" or "because"), goes -prep-> with -pcomp-> hurt
    """
    asked = next((child for child in verb.children if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i), None)
    if asked is None or said.kind is not Kind.DIRECTIVE:
        return
    source = source_of(verb, parsed.lexicon)
    for why in asked.children:
        mark = next((child for child in why.children if child.dep_ == "mark"), None)
        if (
            why.dep_ != "advcl"
            or mark is None
            or mark.lower_ not in parsed.lexicon.words("attribution_words", "reason")
        ):
            continue
        start, end = mark.i + 1, why.right_edge.i + 1
        for side in why.children:
            if side.dep_ == "prep" and side.lower_ == "with" and any(child.dep_ == "pcomp" for child in side.children):
                end = min(end, side.i)
                yield from _reason(parsed, verb, source, (side.i + 1, side.right_edge.i + 1))
        yield from _reason(parsed, verb, source, (start, end))


def _reason(
    parsed: ParsedArticle, verb: Token, source: SourceTokens | None, content: TokenRange
) -> Iterator[Attribution]:
    found = make_candidate(parsed, "reason", SAYS, cue_words(verb), source, [content])
    if found is not None:
        yield found


def embedded_cue(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """The cue stands in its content, or behind it.

    amid     The bridge, he said, was destroyed.              destroyed -parataxis-> said
    comma    The bridge was destroyed, he said.               destroyed -ccomp-> said
    before   The mayor said too often, the bridge is closed.  closed -ccomp-> said
    """
    if verb.dep_ == "ccomp":
        head = verb.head
        if head.i > verb.i:
            return _opening(parsed, verb, cue)
        if any(child.dep_ == "mark" for child in verb.children):
            return None
        first = verb.left_edge.i
        if first == 0 or parsed.doc[first - 1].text != ",":
            return None
    elif verb.dep_ != "parataxis":
        return None
    source = source_of(verb, parsed.lexicon)
    if source is None:
        return None
    return make_candidate(
        parsed, "around", cue, cue_words(verb), source, subtract([subtree_range(verb.head)], subtree_range(verb))
    )


def _opening(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """Source and cue open the sentence, and the parser took them for the complement: said -ccomp-> becomes.

    The doctor said too often, the ward becomes a shelter.
    """
    head, source = verb.head, source_of(verb, parsed.lexicon)
    end = verb.right_edge.i + 1
    opens = head.dep_ == "ROOT" and verb.left_edge.i == verb.sent.start and source is not None
    led = [child for child in verb.rights if child.dep_ not in ("prep", "advmod")] == [] and verb.i + 1 < end
    if not (opens and led) or verb.doc[end].text != "," or verb.doc[verb.i + 1].is_punct:
        return None
    return make_candidate(parsed, "clause", cue, cue_words(verb), source, [(verb.i + 1, head.right_edge.i + 1)])


def as_clause(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """As: As the ministry said, the bridge was destroyed.   destroyed -advcl-> said -mark-> As."""
    if verb.dep_ != "advcl" or not any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
        return None
    if any(child.dep_ in ("dobj", "xcomp") for child in verb.children):
        return None
    source = source_of(verb, parsed.lexicon)
    if source is None or source.head.lower_ == "it" or not can_speak(source.head, parsed.lexicon):
        return None  # "as it relates to the plan" cites nobody
    return make_candidate(
        parsed, "as-said", cue, cue_words(verb), source, subtract([subtree_range(verb.head)], subtree_range(verb))
    )


def cue_words(verb: Token) -> list[Token]:
    """The verb, with its particle and its negation."""
    return [verb, *(child for child in verb.children if child.dep_ in ("prt", "neg"))]


def _finite(child: Token, verb: Token) -> bool:
    """Whether a complement is a clause of its own: it has a subject or a complementiser, or stands before the cue."""
    if child.i < verb.i:
        return True
    verbs = [child, *(each for each in child.children if each.dep_ in ("aux", "auxpass"))]
    marks = [each for one in verbs for each in one.children if each.dep_ in _SUBJECT]
    if not marks:  # "a lack which he says has hurt": its subject is the noun of the relative clause
        follows = child.left_edge.i == verb.i + 1  # "what he says is a lie"
        return (verb.dep_ == "relcl" or follows) and any(each.tag_ in _TENSED for each in verbs)
    if verb.lemma_ in _PERCEPTION and child.tag_ in ("VB", "VBG", "VBN"):
        return any(each.dep_ == "mark" for each in marks)
    return True


def _either(verb: Token, before: list[Token], behind: list[Token]) -> tuple[list[Token], list[Token]]:
    """Of clauses on both sides of a cue: both, where "that" opens the one behind; the one that no mark parts from it.

    both     "The bridge is gone," he said, adding that ...
    behind   Despite what she hears, she said it will hold.      the parser attaches the adjunct's verb to the cue, too
    """
    first = behind[0]
    parted = any(token.is_punct for token in verb.doc[verb.i + 1 : first.left_edge.i + 1])
    if not parted and not any(token.is_quote for token in verb.doc[before[0].left_edge.i : verb.i]):
        return [], behind
    return before, behind if any(child.lower_ == "that" for child in first.children) else []


def _behind_channel(verb: Token) -> list[Token]:
    """The clause that the parser attached to a channel: said in its update that ...   said -prep-> in -pobj-> update -acl->."""
    return [
        clause
        for prep in verb.children
        if prep.dep_ == "prep" and prep.i > verb.i
        for channel in prep.children
        for clause in channel.children
        if clause.dep_ in ("acl", "relcl") and any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)
    ]


def _behind_addressee(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """The clause behind "that" which the parser lost: "told the crowd that cuts will not help".

    It takes the clause for what is said of the crowd, or the noun "cuts" for its verb.
    """
    if verb.lemma_ not in parsed.lexicon.words("attribution_words", "telling") or is_passive(verb):
        return None
    addressee = next((child for child in verb.rights if child.dep_ in ("dobj", "dative")), None)
    source = source_of(verb, parsed.lexicon)
    if addressee is None or source is None:
        return None
    end = verb.right_edge.i + 1
    that = next((token.i for token in verb.doc[addressee.i + 1 : end] if token.lower_ == "that"), None)
    if that is None or any(
        t.tag_ in ("VB", "TO") or (t.dep_ == "prep" and t.head == verb) for t in verb.doc[addressee.i : that]
    ):
        return None
    return make_candidate(parsed, "clause", cue, cue_words(verb), source, [(that, end)])


def _fronted(verb: Token, behind: list[Token]) -> list[TokenRange]:
    """What stands before "..., he said, ..." where the clause goes on behind: an adjunct that the parser gave to the cue."""
    doc = verb.doc
    if not behind or verb.i + 1 >= len(doc) or doc[verb.i + 1].text != ",":
        return []
    subject = next((child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i), None)
    if subject is None or subject.left_edge.i == 0 or doc[subject.left_edge.i - 1].text != ",":
        return []
    lead = [
        child
        for child in verb.children
        if child.i < subject.left_edge.i and child.dep_ in ("advcl", "prep", "npadvmod")
    ]
    return [(lead[0].left_edge.i, subject.left_edge.i)] if lead else []


def _leading(parsed: ParsedArticle, verb: Token, behind: list[Token]) -> list[TokenRange]:
    """What opens the clause although the parser gave it to the cue: said too often, the ward becomes ..."""
    if not behind or behind[0].left_edge.i < 1 or behind[0].left_edge.i <= verb.i + 1:
        return []
    first = behind[0].left_edge.i
    comma = first - 1 if verb.doc[first - 1].text == "," else first
    lead = [child for child in verb.children if child.dep_ in ("prep", "advmod") and verb.i < child.i < comma]
    between = verb.doc[verb.i + 1 : comma + 2]
    if not lead or lead[0].left_edge.i != verb.i + 1 or verb.doc[comma].text != ",":
        return []
    return (
        []
        if any(token.lower_ in parsed.lexicon.words("attribution_words", "no-lead") for token in between)
        else [(verb.i + 1, comma)]
    )


def _reasons_behind(parsed: ParsedArticle, verb: Token, behind: list[Token]) -> list[TokenRange]:
    """What "so" or "because" adds right behind the clause, where the parser attached that to the cue."""
    end = behind[-1].right_edge.i + 1 if behind else len(verb.doc)
    for child in verb.rights:
        start = child.left_edge.i
        follows = start in (end, end + 1) and verb.doc[end].text in (",", verb.doc[start].text)
        if (
            child.dep_ == "advcl"
            and follows
            and verb.doc[start].lower_ in parsed.lexicon.words("attribution_words", "added")
        ):
            return [(end, child.right_edge.i + 1)]
    return []


def _second_behind(parsed: ParsedArticle, verb: Token, behind: list[Token]) -> list[TokenRange]:
    """A second clause which the parser coordinated with the cue: says the ward is full, and nurses are tired.

    Only where the cue is in the present or a participle: behind "said", a clause of its own is more often the article's.
    """
    if not behind or verb.tag_ not in _PRESENT:
        return []
    end = behind[-1].right_edge.i + 1
    for other in verb.rights:
        near_by = other.dep_ == "conj" and other.left_edge.i <= end + _JOINT
        owned = any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in other.children)
        if near_by and owned and "clause" not in load_cues(parsed.lexicon).of_token(other):
            second = (end, other.right_edge.i + 1)
            return [] if any(token.is_quote for token in verb.doc[second[0] : second[1]]) else [second]
    return []


def _up_to(verb: Token, child: Token, source: SourceTokens) -> list[TokenRange]:
    """What stands between a clause and the source behind it, where the parser attached that to the cue.

    A man shot his wife, her son and her mother, police said.      said -punct-> "," -preconj-> son
    """
    start, end = child.right_edge.i + 1, source.token_range[0]
    if end > verb.i or not start < end - 1:
        return []
    between = verb.doc[start:end]
    lost = not any(token.is_quote or (token.pos_ in ("VERB", "AUX") and token.head == verb) for token in between)
    return [(start, end)] if lost and between[0].text == "," else []


def _with_behind(verb: Token, before: list[Token]) -> list[TokenRange]:
    """What "with" adds behind the cue: The quake killed 708, the agency said on Tuesday, with 1,400 hurt."""
    added = [child for child in verb.rights if before and child.dep_ == "prep" and child.lower_ == "with"]
    return [
        (child.i, child.right_edge.i + 1)
        for child in added
        if verb.doc[child.i - 1].text == "," and any(each.dep_ == "pcomp" for each in child.children)
    ]


def _before_next_cue(child: Token, content: list[TokenRange]) -> list[TokenRange]:
    """Without a coordinated verb that goes on with the cue, not with its clause."""
    for other in child.children:
        if other.dep_ == "conj" and outer_verb(other) is not None:
            start = next(
                (each.i for each in child.children if each.dep_ == "cc" and each.i < other.i), other.left_edge.i
            )
            content = subtract(content, (start, child.right_edge.i + 1))
    return content


def _before_addition(parsed: ParsedArticle, child: Token, content: list[TokenRange]) -> list[TokenRange]:
    """Without what a comma adds at the end that is no part of what was said.

    although   the test was its biggest, although it may take days ...      the article speaks again
    citing     the road was closed, citing the police                      the source goes on, with a cue of its own
    """
    end = child.right_edge.i + 1
    for clause in child.children:
        start = clause.left_edge.i
        if clause.dep_ != "advcl" or clause.right_edge.i + 1 != end or child.doc[start - 1].text != ",":
            continue
        if child.doc[start].lower_ in parsed.lexicon.words("attribution_words", "concession") or added_cue(
            clause, parsed.lexicon
        ):
            return subtract(content, (start, end))
    return content


def _without_cue(content: Iterable[TokenRange], verb: Token, picked: list[Token]) -> list[TokenRange]:
    left = subtract(content, (verb.i, verb.i + 1))
    for child in verb.children:
        if child not in picked and not any(child.is_ancestor(each) for each in picked):
            left = subtract(left, subtree_range(child))
    return left
