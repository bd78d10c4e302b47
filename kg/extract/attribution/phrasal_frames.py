"""Cue verbs with something less than a clause: an infinitive, a prepositional phrase, a noun phrase, a predicate."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg.extract.attribution.candidates import is_negated, make_candidate
from kg.extract.attribution.clausal_frames import cue_words
from kg.extract.attribution.cues import Cue, load_cues
from kg.extract.attribution.sources import is_passive, is_voiced, source_of
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.token_spans import TokenRange, subtree_range
from kg.model import Attribution, Kind

_NOMINAL = frozenset(("NOUN", "PROPN", "NUM", "PRON", "ADJ"))
_DOERS = frozenset(("dobj", "dative", "nsubj"))


def regarded_as(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """As: described it as an attack      described -prep-> as -pobj-> attack; passive: seen by X as a success."""
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ != "as" or child.i < verb.i:
            continue
        if any(each.dep_ in ("pobj", "pcomp", "amod", "acomp", "advcl") for each in child.children):
            start = _object_start(verb, child)
            cued = [*cue_words(verb), child] if start > child.i else cue_words(verb)
            end = _before_sequel(parsed, child, _reach(parsed, verb, child, any_preposition=True))
            content = [*_passive_subject(verb), (start, end)]
            return _make_voiced(parsed, "as", cue, cued, content)
    return None


def _passive_subject(verb: Token) -> list[TokenRange]:
    return [subtree_range(child) for child in verb.children if child.dep_ == "nsubjpass"]


def predicate_complement(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """Called: called it an attack        called -oprd-> attack, or -ccomp-> attack without a complementiser.

    Or called -dobj-> rules, with the predicate attached to that: the rules "absurd"; the raid a disgrace.
    """
    for child in verb.children:
        if child.i < verb.i or any(each.dep_ == "mark" for each in child.children):
            continue
        if child.dep_ == "oprd" or (child.dep_ == "ccomp" and child.pos_ in ("NOUN", "ADJ", "PROPN")):
            content = [(min(_object_start(verb, child), child.left_edge.i), child.right_edge.i + 1)]
            return _make_voiced(parsed, "predicate", cue, cue_words(verb), [*_passive_subject(verb), *content])
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i and (judged := _judged(child)) is not None:
            content = [(child.left_edge.i, judged.right_edge.i + 1)]
            return _make_voiced(parsed, "predicate", cue, cue_words(verb), content)
    return None


def _judged(thing: Token) -> Token | None:
    """The predicate that the parser took for a modifier of the object: it follows the object, as modifiers do not."""
    for child in thing.subtree:
        if child.i <= thing.i or child.head.i >= child.i:
            continue
        bare = child.dep_ == "amod" or (child.dep_ == "acl" and child.pos_ == "ADJ")
        named = child.dep_ == "appos" and any(each.lower_ in ("a", "an") for each in child.children)
        if (bare or named) and thing.doc[child.left_edge.i - 1].text != ",":
            return child
    return None


def infinitive_complement(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """To: urged leaders to stand firm    urged -xcomp-> stand -aux-> to. Who is to do it is part of the content."""
    labels = (
        ("xcomp", "ccomp", "advcl", "acl")
        if verb.lemma_ in parsed.lexicon.words("attribution_words", "addressing")
        else ("xcomp", "ccomp")
    )
    for child in verb.children:
        if child.dep_ in labels and child.i > verb.i and child.tag_ in ("VB", "VBN"):
            to = next((each for each in child.children if each.lower_ == "to" and each.dep_ == "aux"), None)
            if to is not None and (withheld := _withheld(parsed, verb, child, to, cue)) is not None:
                return withheld
            if to is not None:
                negated = [each.i for each in child.children if each.dep_ == "neg" and each.i == to.i - 1]
                named = (
                    [verb, child]
                    if verb.lemma_ in parsed.lexicon.words("attribution_words", "object-control")
                    else [child]
                )
                doer = [
                    c.left_edge.i for each in named for c in each.children if c.dep_ in _DOERS and verb.i < c.i < to.i
                ]
                content = [(min([to.i, *negated, *doer]), _reach(parsed, verb, child, any_preposition=True))]
                return _make_voiced(parsed, "infinitive", cue, cue_words(verb), content)
    return None


def _withheld(parsed: ParsedArticle, verb: Token, action: Token, to: Token, cue: Cue) -> Attribution | None:
    """Refused to confirm that: one non-statement, whose content is what the second verb is about.

    refused -xcomp-> confirm -ccomp-> killed
    """
    if cue.kind is not Kind.NON_STATEMENT or is_negated(verb):
        return None
    frames = load_cues(parsed.lexicon).of_token(action)
    reporting = frames or action.lemma_ in parsed.lexicon.words("attribution_words", "withholding")
    about = next((child for child in action.rights if child.dep_ in ("ccomp", "dobj")), None)
    if not reporting or about is None or action.dep_ not in ("xcomp", "ccomp"):
        return None
    if about.dep_ == "dobj" and not _is_information(parsed, about):
        return None
    named = replace(cue, lemma=action.lemma_.lower())
    return _make_voiced(
        parsed, "infinitive", named, [*cue_words(verb), to, action], [(about.left_edge.i, action.right_edge.i + 1)]
    )


def _is_information(parsed: ParsedArticle, noun: Token) -> bool:
    """Whether an object is information, or a report: "refused to provide details", "declined to confirm the report"."""
    lemma = noun.lemma_.lower()
    return any(lemma in parsed.lexicon.words("attribution_words", use) for use in ("information", "telling-noun"))


def prepositional_complement(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """Of: spoke of clashes               spoke -prep-> of -pobj-> clashes."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in cue.words and child.i > verb.i:
            content = [(child.i + 1, _reach(parsed, verb, child, any_preposition=True))]
            if child.i + 1 <= child.right_edge.i:
                return _make_voiced(parsed, "preposition", cue, [*cue_words(verb), child], content)
    return None


def passive_accusation(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """Of, where who is accused is part of the content: accused the mayor of lying; the mayor is accused of lying.

    In the passive the article may name no one who accuses. The parser attaches "of" to any noun before it, too.
    """
    if verb.lemma_ not in parsed.lexicon.words("attribution_words", "accusing"):
        return None
    accused = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    by = [head for agent in verb.rights if agent.dep_ == "agent" for head in agent.children]
    holders = [verb, *by, *([accused] if accused is not None else [])]
    prep = next((c for each in holders for c in each.rights if c.dep_ == "prep" and c.lower_ in cue.words), None)
    if prep is None or prep.i == prep.right_edge.i:
        return None
    start, end = prep.i + 1, _reach(parsed, verb, prep, any_preposition=True)
    if is_passive(verb):
        source = source_of(verb, parsed.lexicon)
        content = [*_passive_subject(verb), (start, end)]
        return make_candidate(parsed, "preposition", cue, [*cue_words(verb), prep], source, content)
    if accused is None or accused.i > prep.i:
        return None
    return _make_voiced(
        parsed, "preposition", cue, cue_words(verb), [(accused.left_edge.i, max(end, accused.right_edge.i + 1))]
    )


def figure_complement(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """At: put the toll at 389; the toll was raised to 45        put -dobj-> toll, put -prep-> at -pobj-> 389."""
    labels = ("nsubjpass",) if is_passive(verb) else ("dobj",)
    counted = next((child for child in verb.children if child.dep_ in labels), None)
    if counted is None or not _counts(parsed, verb, counted):
        return None
    late = verb.doc[
        counted.i + 1 : verb.right_edge.i + 1
    ]  # the parser attaches "to 45" to any word of "people killed there"
    prep = next((each for each in late if each.dep_ == "prep" and each.lower_ in cue.words and _numbered(each)), None)
    source = source_of(verb, parsed.lexicon)
    if prep is None or (source is None and not is_passive(verb)):
        return None
    end = prep.right_edge.i + 1
    content = (
        [subtree_range(counted), (prep.i, end)]
        if is_passive(verb)
        else [(counted.left_edge.i, max(end, counted.right_edge.i + 1))]
    )
    return make_candidate(parsed, "figure", cue, cue_words(verb), source, content)


def _counts(parsed: ParsedArticle, verb: Token, counted: Token) -> bool:
    """Whether a toll or the like is what is put at a number; "put" needs only a number: put the crowd at 300."""
    put = verb.lemma_ in parsed.lexicon.words("attribution_words", "putting") and counted.ent_type_ != "PERSON"
    return put or counted.lemma_.lower() in parsed.lexicon.words("attribution_words", "counted")


def _numbered(prep: Token) -> bool:
    return any(head.tag_ == "CD" or any(c.tag_ == "CD" for c in head.children) for head in prep.children)


def object_complement(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """Object: reported some success      reported -dobj-> success."""
    source = source_of(verb, parsed.lexicon)
    if source is None and cue.negated == "verification" and is_negated(verb) and (subject := _passive_subject(verb)):
        return make_candidate(parsed, "object-passive", cue, cue_words(verb), None, subject)  # "could not be verified"
    if source is None or not is_voiced(source, parsed.lexicon):
        return None
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i and child.pos_ in _NOMINAL and child.tag_ not in ("WP", "WDT"):
            if (cue.words and child.lemma_.lower() not in cue.words) or _speaks(parsed, child) or _is_reflexive(child):
                return None
            content = [(child.left_edge.i, _short(child, _reach(parsed, verb, child, any_preposition=True)))]
            return make_candidate(parsed, "object", cue, cue_words(verb), source, content)
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and child.i > verb.i and not cue.words:
            return make_candidate(
                parsed, "object", cue, cue_words(verb), source, [(child.left_edge.i, _reach(parsed, verb, child))]
            )
    if is_passive(verb) and any(child.dep_ == "agent" for child in verb.children):
        for child in verb.children:
            if child.dep_ == "nsubjpass":
                return make_candidate(parsed, "object-passive", cue, cue_words(verb), source, [subtree_range(child)])
    return None


def _is_reflexive(noun: Token) -> bool:
    """Whether a pronoun points back at the subject: "supports himself" judges nothing."""
    return noun.pos_ == "PRON" and noun.lower_.endswith(("self", "selves"))


def _speaks(parsed: ParsedArticle, message: Token) -> bool:
    """Whether what a statement says has a cue of its own: issued a statement SAYING that ..."""
    if message.lemma_.lower() not in parsed.lexicon.words("attribution_words", "message"):
        return False
    return any(c.dep_ == "acl" and c.tag_ == "VBG" and load_cues(parsed.lexicon).of_token(c) for c in message.children)


def relative_object(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """Which: a summit which the Kremlin criticised     summit -relcl-> criticised -dobj-> which."""
    if verb.dep_ != "relcl" or not any(c.dep_ == "dobj" and c.tag_ in ("WDT", "WP") for c in verb.children):
        return None
    source = source_of(verb, parsed.lexicon)
    if source is None or not is_voiced(source, parsed.lexicon):
        return None
    head = verb.head
    return make_candidate(
        parsed, "object-relative", cue, cue_words(verb), source, [(head.left_edge.i, verb.left_edge.i)]
    )


def raised_subject(parsed: ParsedArticle, verb: Token, cue: Cue) -> Attribution | None:
    """Passive: The envoy is said to have left      said -nsubjpass-> envoy, said -xcomp-> left."""
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    action = next((child for child in verb.children if child.dep_ == "xcomp" and child.i > verb.i), None)
    if subject is None or action is None:
        return None
    return make_candidate(
        parsed,
        "raised",
        cue,
        cue_words(verb),
        source_of(verb, parsed.lexicon),
        [subtree_range(subject), subtree_range(action)],
    )


def _make_voiced(
    parsed: ParsedArticle, rule: str, cue: Cue, cued: list[Token], content: list[TokenRange]
) -> Attribution | None:
    """A draft where someone who can speak is named; "is expected to win" without one is the article's own voice."""
    source = source_of(cued[0], parsed.lexicon)
    if source is None or not is_voiced(source, parsed.lexicon):
        return None
    return make_candidate(parsed, rule, cue, cued, source, content)


def _object_start(verb: Token, child: Token) -> int:
    """Where the content begins: at the object that stands before "as" or the predicate; without one, behind "as"."""
    own = next((each for each in verb.children if each.dep_ == "dobj" and verb.i < each.i < child.i), None)
    if own is not None and own.pos_ in ("NOUN", "PROPN", "PRON"):
        return int(own.left_edge.i)
    return child.i + 1


def _short(head: Token, end: int) -> int:
    """The end before what a comma adds to a noun phrase: the plan, which failed; the mayor, a farmer.

    What follows it at the end is the article's own voice about a thing that the content already names.
    """
    for added in head.subtree:
        start = added.left_edge.i
        closes = added.dep_ in ("relcl", "appos") and start > head.i and added.right_edge.i + 1 == end
        if closes and added.doc[start - 1].text == ",":
            return int(start)
    return end


def _reach(parsed: ParsedArticle, verb: Token, child: Token, *, any_preposition: bool = False) -> int:
    """Where the phrase of ``child`` ends, with the prepositional phrases that the parser attached to the verb instead."""
    end = child.right_edge.i + 1
    for clause in child.children:
        if clause.dep_ == "advcl" and clause.i > child.i and any(each.dep_ == "mark" for each in clause.children):
            end = min(end, clause.left_edge.i)
    for late in verb.rights:
        if (
            late.left_edge.i != end
            or late.dep_ != "prep"
            or not (any_preposition or late.lower_ in parsed.lexicon.words("attribution_words", "late"))
        ):
            continue
        if not any(each.ent_type_ in ("DATE", "TIME") for each in late.children):
            end = int(late.right_edge.i) + 1
            break
    return int(end)


def _before_sequel(parsed: ParsedArticle, child: Token, end: int) -> int:
    """The end before what only says when: a threat to the city following the raid in March; a success after his visit."""
    for late in child.doc[child.i + 1 : end]:
        if (
            late.lower_ in parsed.lexicon.words("attribution_words", "sequel")
            and late.right_edge.i + 1 == end
            and late.dep_ in ("prep", "acl", "advcl")
        ):
            return int(late.left_edge.i)
    return end
