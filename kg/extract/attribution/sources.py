"""Who a cue hands its content to: the subject of a verb, wherever the sentence keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.actors import names
from kg.extract.document.token_spans import TokenRange, subtract, subtree_range, trim
from kg.extract.lexicon import Lexicon

_SUBJECTS = frozenset(("nsubj", "csubj"))
_CLOSING = frozenset((",", "”", '"', "''", "’"))
_VERBAL = frozenset(("VERB", "AUX"))
#: how far a subject is looked for up a chain of coordinated and dependent verbs
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class SourceTokens:
    """The words that name a source, and their head; the relative pronoun that stands for them, if one does."""

    token_range: TokenRange
    head: Token
    pronoun: Token | None = None

    @property
    def ranges(self) -> list[TokenRange]:
        """The tokens, in reading order."""
        return [self.token_range] if self.pronoun is None else [self.token_range, (self.pronoun.i, self.pronoun.i + 1)]


def source_phrase(head: Token, without: Token | None = None, pronoun: Token | None = None) -> SourceTokens | None:
    """The noun phrase of ``head``, cut before what depends on ``without``."""
    ranges = [subtree_range(head)]
    if without is not None:
        ranges = subtract(ranges, subtree_range(without))
    for start, end in ranges:
        if start <= head.i < end and (token_range := trim(head.doc, (start, end))) is not None:
            return SourceTokens(token_range, head, pronoun)
    return None


def source_of(verb: Token, lexicon: Lexicon) -> SourceTokens | None:
    """The source of a cue verb, or None where the sentence names no one."""
    found = _inverted(verb) or _behind_dateline(verb, _subject(verb, lexicon)) or _beside(verb)
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "dep", "prep") and not (found and can_speak(found.head, lexicon)):
        return _nearest_animate(verb, lexicon) or found
    return found


def _inverted(verb: Token) -> SourceTokens | None:
    """The name that closes the sentence behind a comma and the verb: "Five were Indians, reported Reuters."."""
    doc = verb.doc
    if verb.i < 1 or verb.i + 1 >= len(doc) or doc[verb.i - 1].text not in _CLOSING or verb.tag_ not in ("VBD", "VBZ"):
        return None
    name = next((child for child in verb.rights if child.left_edge.i == verb.i + 1), None)
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
    if name is None or subject is None or name.pos_ != "PROPN" or name.ent_type_ not in ("PERSON", "ORG"):
        return None
    end = name.right_edge.i + 1
    return source_phrase(name) if end >= len(doc) or doc[end].text in (".", ",") or doc[end].is_space else None


def _behind_dateline(verb: Token, found: SourceTokens | None) -> SourceTokens | None:
    """The source without a dateline that the parser joined to it: "Nairobi, Aug 17 Peter Odera, a farmer, rejected"."""
    if found is None or found.head.ent_type_ != "GPE":
        return found
    doc, start = verb.doc, found.token_range[0]
    opens = start == 0 or (doc[start - 1].is_space and "\n" in doc[start - 1].text)
    if not opens or not any(token.ent_type_ == "DATE" for token in doc[found.head.i : verb.i]):
        return found
    name = next((ent for ent in doc[found.head.i + 1 : verb.i].ents if ent.label_ in ("PERSON", "ORG")), None)
    return found if name is None else source_phrase(name.root)


def _beside(verb: Token) -> SourceTokens | None:
    """The name or pronoun right before a verb which the parser left without a subject: it ends a sentence between them."""
    doc = verb.doc
    if verb.i == 0 or verb.tag_ not in ("VBD", "VBZ", "VBP") or is_passive(verb):
        return None
    name = doc[verb.i - 1]
    lost = name.dep_ in ("ROOT", "dep") or name.sent.start != verb.sent.start
    return source_phrase(name, without=verb) if lost and name.pos_ in ("PROPN", "PRON") and name.tag_ != "WDT" else None


def can_speak(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun or pronoun can speak, as far as its name or its word shows."""
    return (
        head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
        or head.lower_ in lexicon.words("attribution_words", "speaker")
        or head.lemma_.lower() in lexicon.words("attribution_words", "speaker")
        or (head.pos_ == "NOUN" and names.noun_of(head.lemma_, lexicon) is not None)
    )


def is_voiced(source: SourceTokens, lexicon: Lexicon) -> bool:
    """Whether a source is a name, or a noun or pronoun that can speak: someone, not "the cream" or "the siege"."""
    head = source.head
    return head.pos_ == "PROPN" or can_speak(head, lexicon)


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive, also as a participle before its clause: "Asked about the plan, he said ..."."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    opens = verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.i < verb.head.i
    return opens and not any(child.dep_ in ("aux", "nsubj") for child in verb.children)


def _subject(verb: Token, lexicon: Lexicon, depth: int = 0) -> SourceTokens | None:
    """The subject that a verb has, inherits, or relates to.

    has        Officials said ...                       said -nsubj-> Officials
    by         was announced by the ministry ...        announced -agent-> by -pobj-> ministry
    relates    the mayor, who said ...                  mayor -relcl-> said
    quoted     The agency quoted him as saying ...      quoted -dobj-> him, quoted -prep-> as -pcomp-> saying
    inherits   He stood up and said ...                 stood -conj-> said
    """
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if own is not None:
        return _own(verb, own)
    for by in (child for child in verb.children if child.dep_ == "agent"):
        for head in by.children:
            if head.dep_ == "pobj":
                return source_phrase(
                    head, without=next((c for c in head.rights if c.dep_ == "prep" and _verbal(c)), None)
                )
    if is_passive(verb) or depth > _DEPTH:
        return None
    return _quoted(verb) or _inherited(verb, lexicon, depth)


def _verbal(prep: Token) -> bool:
    """Whether a verb follows: accused by the party OF TAKING bribes. It belongs to the cue, not to the one who accuses."""
    return any(child.dep_ == "pcomp" for child in prep.children)


def _own(verb: Token, own: Token) -> SourceTokens | None:
    if own.tag_ in ("WDT", "WP", "WP$"):
        return source_phrase(verb.head, without=verb, pronoun=own) if verb.dep_ == "relcl" else None
    if own.dep_ == "csubj":
        return None
    if own.lower_ in ("it", "there") and own.dep_ == "expl":
        return None
    found = source_phrase(own, without=verb if own.is_ancestor(verb) else None)
    name = next(
        (c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "PROPN" and c.left_edge.i == own.right_edge.i + 1),
        None,
    )
    if found is not None and name is not None and own.pos_ == "NOUN":
        # "the rescue agency Ostra said": the parser gives the verb two subjects, which are one name
        return SourceTokens((found.token_range[0], name.right_edge.i + 1), name)
    return found


def added_cue(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a cue behind a comma goes on with who speaks, not with the person of the clause before.

    The agency said the road was closed, CITING the police.
    """
    comma = verb.left_edge.i == verb.i and verb.i > 0 and verb.doc[verb.i - 1].text == ","
    return (
        comma
        and verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and verb.lemma_ in lexicon.words("attribution_words", "adding")
    )


def _quoted(verb: Token) -> SourceTokens | None:
    """The one that is quoted as saying something, not the one that quotes; in the passive its subject."""
    through = verb.head
    if verb.dep_ != "pcomp" or through.lower_ != "as" or through.head.pos_ not in _VERBAL:
        return None
    labels = ("nsubjpass",) if is_passive(through.head) else ("dobj",)
    named = next((child for child in through.head.children if child.dep_ in labels), None)
    return source_phrase(named, without=through) if named is not None else None


def _inherited(verb: Token, lexicon: Lexicon, depth: int) -> SourceTokens | None:
    head = verb.head
    added = verb.dep_ == "conj" and outer_verb(verb) is None and any(child.dep_ == "ccomp" for child in verb.rights)
    if added and is_passive(head):
        hurt = next((child for child in head.children if child.dep_ == "nsubjpass"), None)
        return (
            source_phrase(hurt) if hurt is not None and can_speak(hurt, lexicon) else None
        )  # "was not hurt and announced that"
    if verb.dep_ == "conj" and head.pos_ in _VERBAL:
        return _subject(outer_verb(verb) or head, lexicon, depth + 1)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return _sender(head, lexicon, verb, depth) or source_phrase(head, without=verb)
    if verb.dep_ not in ("xcomp", "advcl", "pcomp", "ccomp") or verb.tag_ not in ("VBG", "VB", "VBN"):
        return None
    if verb.tag_ == "VBN" and not any(child.lemma_ == "have" for child in verb.children):
        return None
    if head.pos_ == "ADP":
        head = head.head
    if head.pos_ in ("ADJ", "ADV") and head.dep_ in ("acomp", "oprd", "advmod"):
        head = head.head  # "was unable to say"; "stopped short of saying"
    if added_cue(verb, lexicon) and head.dep_ == "ccomp" and head.i > head.head.i:
        head = head.head
    if verb.dep_ == "xcomp" and is_passive(head) and head.lemma_ in lexicon.words("attribution_words", "perceived"):
        # "she was heard to say": she
        patient = next((child for child in head.children if child.dep_ == "nsubjpass"), None)
        return source_phrase(patient) if patient is not None else None
    if (
        verb.dep_ in ("xcomp", "ccomp")
        and verb.tag_ == "VB"
        and head.lemma_ in lexicon.words("attribution_words", "object-control")
    ):
        controller = next((child for child in head.children if child.dep_ in ("dobj", "dative")), None)
        if controller is not None:
            return source_phrase(controller, without=verb)
    return _subject(head, lexicon, depth + 1) if head.pos_ in _VERBAL else None


def _sender(message: Token, lexicon: Lexicon, verb: Token, depth: int) -> SourceTokens | None:
    """Whose message says it: the ministry issued a statement saying ...; a letter from the union warning ..."""
    if message.lemma_.lower() not in lexicon.words("attribution_words", "message"):
        return None
    for child in message.children:
        if child.dep_ == "poss":
            return source_phrase(child)
        if child.dep_ == "prep" and child.lower_ in ("from", "by"):
            named = next((each for each in child.children if each.dep_ == "pobj"), None)
            return source_phrase(named, without=verb) if named is not None else None
    found = _subject(message.head, lexicon, depth + 1) if message.dep_ == "dobj" else None
    return found if found is not None and can_speak(found.head, lexicon) else None


def outer_verb(verb: Token) -> Token | None:
    """The cue that a verb continues although the parser attached it to that cue's clause.

    "He said that the bridge held and predicted that ..."    "said -ccomp-> held -conj-> predicted"; same tense, own clause
    """
    head = verb.head
    if verb.dep_ == "conj" and head.dep_ == "acl" and head.tag_ != verb.tag_:
        claim = head.head  # repeated her claim that 700 had died, and called for ...
        same = claim.dep_ == "dobj" and claim.head.tag_ == verb.tag_ == "VBD"
        return claim.head if same and not any(c.dep_ in _SUBJECTS for c in verb.children) else None
    if verb.dep_ != "conj" or head.dep_ != "ccomp" or head.i < head.head.i:
        return None
    if verb.tag_ != head.head.tag_ or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    labels = [child.dep_ for child in verb.children]
    if "nsubj" in labels:
        return None
    quotes = any(token.is_quote for token in verb.doc[verb.i + 1 : verb.i + 5])
    urges = "dobj" in labels and any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in verb.children)
    return head.head if quotes or urges or "ccomp" in labels else None


def _nearest_animate(verb: Token, lexicon: Lexicon) -> SourceTokens | None:
    """A dangling "warning that" takes the nearest subject before it that can speak."""
    doc: Doc = verb.doc
    for index in range(verb.i - 1, verb.sent.start - 1, -1):
        token = doc[index]
        if token.pos_ == "VERB" and token.dep_ != "amod":
            found = _subject(token, lexicon)
            if found is not None and can_speak(found.head, lexicon):
                return found
    return None


def tokens_after(verb: Token) -> SourceTokens | None:
    """The noun phrase right of a cue that the parser took for an object: "...", said the driver."""
    for child in verb.rights:
        named = child.pos_ in ("PROPN", "NOUN", "PRON") and child.ent_type_ not in ("DATE", "TIME")
        if child.pos_ == "PROPN" and child.dep_ == "xcomp" and child.i == verb.i + 1:
            return source_phrase(child)
        if named and child.dep_ in ("dobj", "npadvmod", "attr", "oprd", "dep", "appos", "nsubj"):
            return source_phrase(child)
    return None
