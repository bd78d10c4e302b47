"""Events as reported: what each attribution, and the article's own voice, says took place, is under way or will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg.extract.document.dependency_tree import DependencyTree
from kg.extract.document.parsed_article import ParsedArticle
from kg.extract.document.voices import Voices
from kg.extract.events.factuality import ORDER, Factuality, FactualityClassifier
from kg.extract.events.narration import NarrationSpans
from kg.extract.events.open_events import OCCURRENCE, STATE, label_of, open_candidates, predicate_of
from kg.extract.events.proposer import propose
from kg.extract.events.roles import RoleAssigner
from kg.extract.events.triggers import Arguments, Candidate, TriggerFinder, load_triggers
from kg.extract.lexicon import Lexicon
from kg.model import Attribution, Certainty, CharSpan, EventMention, Kind, Narration, Role, Tense

#: kinds of attribution that leave their content open: nobody reports it as done
LEFT_OPEN = frozenset({Kind.DIRECTIVE, Kind.NON_STATEMENT, Kind.VERIFICATION})


#: in acts.tsv, what stands for the kind of an attribution where the cue itself reports the event: "charged with murder"
ACT = "cue"

#: the rule name of proposed events, and the probability from which they are taken: cross-validated, 82 of 100 report an event
PROPOSED, PROPOSED_AT = "proposer", 0.6
#: the probability from which a word is taken whose rows ask for more than it has
AGAINST_ROWS = 0.95

#: types that stay events of their own where something is "part of" them
SEPARATE = frozenset({"Intent"})


@dataclass(slots=True)
class EventNode:
    """A candidate with its verdict and its speaker: the index of an attribution, or -1 for the article's own voice."""

    candidate: Candidate
    verdict: Factuality
    speaker: int
    joined: list[Candidate] = field(default_factory=list)


def find_events(
    parsed: ParsedArticle, attributions: Sequence[Attribution]
) -> tuple[tuple[Narration, ...], tuple[EventMention, ...]]:
    """Return the narrations and every event as reported, in text order, each with its attribution or narration.

    An event is reported by the innermost attribution, other than a relay, whose content has its trigger; else by a
    narration. A content or sentence in which no type fits gets an event of a general type.
    """
    tree = parsed.tree
    voices = Voices(parsed, attributions)
    judge = FactualityClassifier(tree, parsed.lexicon)
    finder = TriggerFinder(tree, load_triggers(parsed.lexicon))
    found = _join(_find_typed(parsed, attributions, voices, judge, finder), tree, finder)
    taken = {i for each in found for i in (each.candidate.at, each.candidate.verb) if i is not None}
    for candidate, speaker in open_candidates(parsed, attributions, voices, [each.speaker for each in found], taken):
        found.append(EventNode(candidate, _judge(candidate, speaker, attributions, judge), speaker))
    found.sort(key=lambda each: each.candidate.at)
    narrations, narration_ids = _narrate(found, NarrationSpans(tree, voices, finder.tables.classes))
    roles = RoleAssigner(parsed, tree)
    events = []
    for each in found:
        told_by = attributions[each.speaker].id if each.speaker >= 0 else narration_ids.get(each.candidate.at, "")
        if told_by:
            events.append(_mention(each, told_by, _cast(each, roles), tree))
    return narrations, tuple(events)


def _find_typed(
    parsed: ParsedArticle,
    attributions: Sequence[Attribution],
    voices: Voices,
    judge: FactualityClassifier,
    finder: TriggerFinder,
) -> list[EventNode]:
    """The events of types of the scheme, in text order; a cue reports an event only where acts.tsv says so."""
    tree, becomes = parsed.tree, speech_acts(parsed.lexicon)
    found = []
    for candidate in _candidates(parsed, finder):
        at, speaker = candidate.at, voices.owner[candidate.at]
        if (voices.cues[at] and (ACT, candidate.type) not in becomes) or (
            voices.sources[at] and speaker < 0 and tree.pos[at] not in {"VERB", "AUX"}
        ):
            continue
        if (speaker < 0 and judge.is_generic(at)) or judge.is_manner(at):
            continue
        verdict = _judge(candidate, speaker, attributions, judge)
        if speaker >= 0:
            candidate.type = becomes.get((attributions[speaker].kind, candidate.type), candidate.type)
        found.append(EventNode(candidate, verdict, speaker))
    return found


def _judge(
    candidate: Candidate, speaker: int, attributions: Sequence[Attribution], judge: FactualityClassifier
) -> Factuality:
    verdict = judge.judge(candidate, reported=speaker >= 0)
    return _as_said(verdict, attributions[speaker].kind) if speaker >= 0 else verdict


def make_event(
    candidate: Candidate,
    attribution: Attribution | None,
    told_by: str,
    judge: FactualityClassifier,
    roles: RoleAssigner,
) -> EventMention:
    """Make the event of a candidate that a later stage proposes: "joined" in "90,000 people joined the march"."""
    verdict = judge.judge(candidate, reported=attribution is not None)
    if attribution is not None:
        verdict = _as_said(verdict, attribution.kind)
    node = EventNode(candidate, verdict, -1)
    return _mention(node, told_by, _cast(node, roles), judge.tree)


def _candidates(parsed: ParsedArticle, finder: TriggerFinder) -> list[Candidate]:
    """The words that rows of triggers.tsv find, and those that the proposer adds, in text order."""
    found = list(finder.find(parsed.silent))
    taken = {candidate.at for candidate in found} | {c.verb for c in found if c.verb is not None} | parsed.silent
    becomes = _proposed_types(parsed.lexicon)
    for proposal in propose(parsed, PROPOSED_AT):
        at = proposal.at
        if at not in taken and (proposal.probability >= AGAINST_ROWS or not finder.rejects(at)):
            verb, agent = finder.light_verb(at) if parsed.tree.pos[at] == "NOUN" else (None, "")
            arguments = Arguments(parsed.tree, at, verb, agent)
            kind = becomes.get(proposal.type, proposal.type)
            found.append(Candidate(at, kind, PROPOSED, arguments, verb, agent, proposal.probability))
    return sorted(found, key=lambda candidate: candidate.at)


@cache
def _proposed_types(lexicon: Lexicon) -> Mapping[str, str]:
    return {row["proposed"]: row["becomes"] for row in lexicon.rows("proposed_types")}


@cache
def speech_acts(lexicon: Lexicon) -> Mapping[tuple[str, str], str]:
    """The rows of acts.tsv: what an event's type becomes under a kind of attribution."""
    return {(row["kind"], row["type"]): row["becomes"] for row in lexicon.rows("acts")}


def _as_said(verdict: Factuality, kind: Kind) -> Factuality:
    """A verdict within an attribution of some kind: what is asked for is not done, what "would" be is said for sure."""
    if kind in LEFT_OPEN:
        return replace(
            verdict, certainty=Certainty.UNSPECIFIED, tense=Tense.FUTURE if kind is Kind.DIRECTIVE else verdict.tense
        )
    if kind is Kind.COMMITMENT and verdict.tense is not Tense.PAST:
        return replace(
            verdict, tense=Tense.FUTURE, certainty=max(verdict.certainty, Certainty.PROBABLE, key=ORDER.index)
        )
    return verdict


def _join(found: list[EventNode], tree: DependencyTree, finder: TriggerFinder) -> list[EventNode]:
    """Let a nominal join the verbal event that it belongs to: "attacked as part of a massive strike" is one event.

    A nominal that stays separate learns from the verb what was used: "drones were shot down during an attack".
    """
    verbs = {each.candidate.at: each for each in found if tree.pos[each.candidate.at] in {"VERB", "AUX"}}
    kept = []
    for each in found:
        verb, part = _verb_above(each.candidate.at, verbs, tree)
        if verb is None or verb.speaker != each.speaker:
            kept.append(each)
        elif part and each.candidate.type not in SEPARATE:
            verb.joined.append(each.candidate)
            if verb.candidate.type == "Attack":
                verb.candidate.type = each.candidate.type
        else:
            each.candidate.type = finder.refine(each.candidate.type, verb.candidate.arguments)
            kept.append(each)
    return kept


def _verb_above(at: int, verbs: dict[int, EventNode], tree: DependencyTree) -> tuple[EventNode | None, bool]:
    """The verbal event whose clause a nominal stands in, and whether it is called a part of the nominal."""
    if at in verbs:
        return None, False
    part = False
    for above in (at, *tree.climb(at)):
        part = part or tree.lemma[above] == "part"
        if above in verbs:
            return verbs[above], part
        if tree.pos[above] in {"VERB", "AUX"}:
            break
    return None, False


def _narrate(found: list[EventNode], spans: NarrationSpans) -> tuple[tuple[Narration, ...], dict[int, str]]:
    """The narrations, and for each event of the article's own voice, by its token, the id of the one that reports it."""
    own = [(spans.head(each.candidate.at), each) for each in found if each.speaker < 0]
    own = [(head, each) for head, each in own if not spans.points_back(head, each.candidate.at)]
    heads = frozenset(head for head, _ in own)
    groups: dict[int, list[EventNode]] = {}
    for head, each in own:
        groups.setdefault(head, []).append(each)
    pieces = []
    for head, group in groups.items():
        content = spans.content(head, heads, group[0].candidate.at)
        if content:
            pieces.append((content, group))
    pieces.sort(key=lambda piece: piece[0][0])
    narrations, narration_ids = [], {}
    for number, (content, group) in enumerate(pieces, start=1):
        verdict = group[0].verdict
        narrations.append(Narration(f"n{number}", content, verdict.polarity, verdict.certainty))
        narration_ids.update(dict.fromkeys((each.candidate.at for each in group), f"n{number}"))
    return tuple(narrations), narration_ids


def _cast(each: EventNode, casting: RoleAssigner) -> tuple[Role, ...]:
    roles = casting.cast(each.candidate)
    for candidate in each.joined:
        known = {role.role for role in roles}
        roles += tuple(role for role in casting.cast(candidate) if role.role not in known)
    return roles


def _mention(each: EventNode, told_by: str, roles: tuple[Role, ...], tree: DependencyTree) -> EventMention:
    at, doc = each.candidate.at, tree.doc
    first = last = at
    if tree.pos[at] == "NOUN":
        while first > 0 and tree.pos[first - 1] in {"NOUN", "ADJ"} and tree.dep[first - 1] == "compound":
            first -= 1
    elif at + 1 < len(tree) and tree.head[at + 1] == at and tree.dep[at + 1] == "prt":
        last += 1
    is_open = each.candidate.type in (OCCURRENCE, STATE)
    return EventMention(
        trigger=CharSpan(doc[first].idx, doc[last].idx + len(doc[last])),
        type=each.candidate.type,
        told_by=told_by,
        roles=roles,
        polarity=each.verdict.polarity,
        certainty=each.verdict.certainty,
        tense=each.verdict.tense,
        rule=each.candidate.rule,
        confidence=each.candidate.confidence,
        predicate=predicate_of(tree, each.candidate) if is_open else "",
        label=label_of(tree, each.candidate, roles) if is_open else "",
    )
