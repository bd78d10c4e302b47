"""Score the happenings of the store: articles to incidents (GVC), event mentions to event instances (ECB+).

B-cubed, MUC, CEAF-e and their mean, the CoNLL F1 (Pradhan et al. 2014); percentages. Nothing is told the gold topics.

incident_articles  every article belongs to one gold incident; ours is the happening that most of its events tell of. Two
                   baselines beside it: TF-IDF with publication dates, and same place with same day. ``killed`` and
                   ``injured``: the share of incidents whose record's count lies within some claim's interval, beside the
                   share that the first such figure of the earliest article gives.
event_coreference  gold mentions of validated sentences (elsewhere chains are not annotated). Ours are the events of one type
                   in one happening of the store, aligned with gold triggers that they overlap, one to one. Scored over the
                   aligned mentions, and over all gold mentions, where one that we do not have stands alone. The baseline
                   groups aligned mentions whose trigger has one lemma.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kg.model import CharSpan, Corpus, EventMention, Extraction, Ref
from kg.record import from_line
from kg.resolve import KnownEntities, resolve

Record = dict[str, Any]
Partition = Mapping[Hashable, Hashable]  # item -> the name of its cluster

#: TF-IDF baseline, tuned on the train part: the least cosine, and the most days between two publications
ALIKE, NEAR = 0.16, 60

#: what counts as killed and injured, by role
ROLES = {"killed": frozenset({"killed", "dead", "died"}), "injured": frozenset({"injured", "wounded", "hurt"})}


def score(kind: str, gold: Path, found: Path) -> dict[str, float]:
    """The figures of one gold file: ``kind`` is "incident_articles" (GVC) or "event_coreference" (ECB+)."""
    records = [json.loads(line) for line in gold.read_text("utf-8").split("\n") if line]
    extractions = [from_line(line, str(found)) for line in found.read_text("utf-8").split("\n") if line]
    measure = incident_articles if kind == "incident_articles" else event_coreference
    return measure(records, extractions)


# ----------------------------------------------------------------------------- articles to incidents


def incident_articles(gold: Sequence[Record], extractions: Sequence[Extraction]) -> dict[str, float]:
    """GVC: figures of the dev part where the file has one, clustered together with all the rest."""
    wanted: Partition = {record["id"]: record["incident"] for record in gold}
    part = {record["id"] for record in gold if record.get("split") == "dev"} or set(wanted)
    corpus = resolve(extractions, KnownEntities())
    ways: dict[str, Partition] = {
        "": by_happening(corpus, extractions),
        "TF-IDF ": by_tfidf(extractions),
        "place-day ": by_place_and_day(extractions),
    }
    figures = {}
    for name, found in ways.items():
        figures |= {f"{name}{metric}": value for metric, value in agreement(wanted, found, part).items()}
    return figures | counted([r for r in gold if r["id"] in part], extractions)


def by_happening(corpus: Corpus, extractions: Iterable[Extraction]) -> Partition:
    """Each article to the happening of most of its events, of those that others tell of too if any; else it is alone."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for happening in corpus.happenings:
        for event in happening.events:
            told[event.article][happening.id] += 1
    shared = Counter(id_ for counts in told.values() for id_ in counts)

    def best(article: str) -> str:
        counts = told[article]
        return (
            min(counts, key=lambda id_: (shared[id_] == 1, -counts[id_], -shared[id_], id_))
            if counts
            else f"alone/{article}"
        )

    return {e.article.id: best(e.article.id) for e in extractions}


def by_tfidf(extractions: Sequence[Extraction]) -> Partition:
    """Articles joined, as long as there are such pairs, by the cosine of their words, published within some days."""
    words = {e.article.id: Counter(re.findall(r"[a-z]{3,}", e.article.text.lower())) for e in extractions}
    spread = Counter(word for counts in words.values() for word in counts)
    vectors = {id_: _unit(counts, spread, len(words)) for id_, counts in words.items()}
    days = {e.article.id: _day(e.article.published) for e in extractions}
    ids = sorted(words)
    pairs = [
        (a, b)
        for i, a in enumerate(ids)
        for b in ids[i + 1 :]
        if days[a] is not None and days[b] is not None and abs(days[a] - days[b]) <= NEAR  # type: ignore[operator]
        and sum(weight * vectors[b].get(word, 0) for word, weight in vectors[a].items()) >= ALIKE
    ]  # fmt: skip
    return _joined(ids, pairs)


def _unit(counts: Counter[str], spread: Counter[str], whole: int) -> dict[str, float]:
    weights = {word: (1 + math.log(n)) * math.log(whole / spread[word]) for word, n in counts.items()}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {word: w / length for word, w in weights.items()}


def by_place_and_day(extractions: Sequence[Extraction]) -> Partition:
    """Articles held together where the commonest place and the first event's day are the same."""
    keys: dict[Hashable, Hashable] = {}
    for extraction in extractions:
        inner = {place.id for place in extraction.places_known if place.kind not in {"country", "admin1", "region"}}
        places = Counter(place.id for place in extraction.places if place.id in inner)
        day = next((e.time.edtf for e in extraction.events if e.time and e.time.edtf), extraction.article.published)
        where = min(places, key=lambda p: (-places[p], p), default=extraction.article.id)
        keys[extraction.article.id] = (where, (day or "")[:10])
    return keys


def counted(gold: Iterable[Record], extractions: Iterable[Extraction]) -> dict[str, float]:
    """Killed and injured of incidents: within some claim's interval, and by the first figure of the earliest article."""
    of = {e.article.id: e for e in extractions}
    incidents: dict[str, list[Record]] = defaultdict(list)
    for record in gold:
        incidents[record["incident"]].append(record)
    figures = {}
    for what, roles in ROLES.items():
        within = first = whole = 0
        for records in incidents.values():
            true = records[0]["incident_gold"].get(f"num_{what}")
            articles = sorted(
                (of[r["id"]] for r in records if r["id"] in of), key=lambda e: (e.article.published or "", e.article.id)
            )
            spans = [s for e in articles for event in e.events for s in _intervals(event, roles)]
            if true is None or (not true and not spans):
                continue
            whole += 1
            within += any(low <= true <= high for low, high in spans)
            first += bool(articles) and _first_number(articles[0].article.text) == true
        figures[f"{what} within a claim"] = _percent(within, whole)
        figures[f"{what} first figure"] = _percent(first, whole)
    return figures


def _intervals(event: EventMention, roles: frozenset[str]) -> list[tuple[float, float]]:
    found = [
        (f.min if f.min is not None else -math.inf, f.max if f.max is not None else math.inf)
        for f in event.figures
        if f.role in roles
    ]
    kind = {"Death": "killed", "Killing": "killed", "Injury": "injured"}.get(event.type)
    victims = [role for role in event.roles if role.role in {"victim", "target"}]
    return found or ([(1, 1)] if kind in roles and len(victims) == 1 and event.polarity == "positive" else [])


def _first_number(text: str) -> int | None:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    found = re.search(rf"\b(\d{{1,3}}|{'|'.join(words)})\b", text.lower())
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else words.index(found[1])


# ----------------------------------------------------------------------------- events to instances


def event_coreference(gold: Sequence[Record], extractions: Sequence[Extraction]) -> dict[str, float]:
    """ECB+: the happenings of the store, over gold mentions of validated sentences."""
    of = {e.article.id: e for e in extractions}
    found = by_happening_and_type(resolve(extractions, KnownEntities()), extractions)
    wanted: dict[Hashable, Hashable] = {}
    answers: dict[Hashable, Hashable] = {}
    lemmas: dict[Hashable, Hashable] = {}
    for record in gold:
        mentions = [m for m in record["mentions"] if m["kind"] == "event" and m["validated"]]
        events = {_key(record, mention): event for mention, event in _aligned(mentions, of.get(record["id"]))}
        for mention in mentions:
            key = _key(record, mention)
            wanted[key] = mention["cluster"]
            if key in events:
                ref = Ref(record["id"], events[key].id)
                answers[key] = found.get(ref, ref)
                lemmas[key] = stem(events[key].trigger.of(record["text"]))
    figures = {"aligned": _percent(len(answers), len(wanted))}
    for name, partition, part in (
        ("", answers, answers),
        ("lemma ", lemmas, answers),
        ("all mentions ", answers, wanted),
    ):
        figures |= {f"{name}{m}": v for m, v in agreement(wanted, partition, set(part)).items()}
    return figures


def by_happening_and_type(corpus: Corpus, extractions: Iterable[Extraction]) -> Partition:
    """Return each event's instance: the events of one type in one happening; an event of no happening stands alone."""
    types = {Ref(e.article.id, event.id): event.type for e in extractions for event in e.events}
    return {ref: (happening.id, types[ref]) for happening in corpus.happenings for ref in happening.events}


def _key(record: Record, mention: Record) -> tuple[str, int, int]:
    return record["id"], *mention["spans"][0]


def _aligned(mentions: Iterable[Record], extraction: Extraction | None) -> Iterable[tuple[Record, EventMention]]:
    left = list(extraction.events) if extraction else []
    for mention in mentions:
        spans = [CharSpan(*span) for span in mention["spans"]]
        event = next((e for e in left if any(e.trigger.overlaps(span) for span in spans)), None)
        if event is not None:
            left.remove(event)
            yield mention, event


def stem(words: str) -> str:
    """The last word, without what inflection adds."""
    word = re.split(r"[\s-]+", words.casefold())[-1]
    word = re.sub(r"(ss|sh|ch|x)es$", r"\1", word)
    word = re.sub(r"(?<=\w{3})(ing|ed|s)$", "", word) if not word.endswith("ss") else word
    return re.sub(r"([bdgmnprt])\1$", r"\1", word.removesuffix("e"))


# ----------------------------------------------------------------------------- the measures


def agreement(wanted: Partition, found: Partition, part: set[Any]) -> dict[str, float]:
    """B-cubed, MUC and CEAF-e F1 over the items of ``part``, and their mean; an item that ``found`` lacks stands alone."""
    keys, answers = _clusters(wanted, part), _clusters({i: found.get(i, ("alone", i)) for i in part}, part)
    scores = {name: _f1(*measure(keys, answers)) for name, measure in MEASURES.items()}
    return {"B3": scores["B3"], "CoNLL": round(sum(scores.values()) / 3, 1)}


def _clusters(partition: Partition, part: set[Any]) -> list[frozenset[Any]]:
    groups: dict[Hashable, set[Any]] = defaultdict(set)
    for item in part:
        groups[partition[item]].add(item)
    return [frozenset(group) for group in groups.values()]


def b_cubed(keys: Sequence[frozenset[Any]], answers: Sequence[frozenset[Any]]) -> tuple[float, float]:
    """Precision and recall of Bagga and Baldwin (1998)."""
    of_key = {item: key for key in keys for item in key}
    of_answer = {item: answer for answer in answers for item in answer}
    common = {i: len(of_key[i] & of_answer[i]) for i in of_key}
    n = len(common) or 1
    return sum(c / len(of_answer[i]) for i, c in common.items()) / n, sum(
        c / len(of_key[i]) for i, c in common.items()
    ) / n


def muc(keys: Sequence[frozenset[Any]], answers: Sequence[frozenset[Any]]) -> tuple[float, float]:
    """Precision and recall of Vilain et al. (1995): links."""

    def recall(one: Sequence[frozenset[Any]], other: Sequence[frozenset[Any]]) -> float:
        of = {item: number for number, group in enumerate(other) for item in group}
        links = sum(len(group) - 1 for group in one)
        kept = sum(len(group) - len({of[item] for item in group}) for group in one)
        return kept / links if links else 0.0

    return recall(answers, keys), recall(keys, answers)


def ceaf_e(keys: Sequence[frozenset[Any]], answers: Sequence[frozenset[Any]]) -> tuple[float, float]:
    """Precision and recall of Luo (2005), phi 4: the best one-to-one match of clusters."""
    of = {item: number for number, group in enumerate(answers) for item in group}
    worth: dict[tuple[int, int], float] = {}
    for i, key in enumerate(keys):
        for j, common in Counter(of[item] for item in key).items():
            worth[i, j] = 2 * common / (len(key) + len(answers[j]))
    best = sum(_best_match(part) for part in _components(worth))
    return best / (len(answers) or 1), best / (len(keys) or 1)


MEASURES: dict[str, Callable[[Sequence[frozenset[Any]], Sequence[frozenset[Any]]], tuple[float, float]]] = {
    "B3": b_cubed,
    "MUC": muc,
    "CEAFe": ceaf_e,
}


def _components(worth: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """The pairs parted into groups that share no row and no column."""
    nodes = sorted({("k", i) for i, _ in worth} | {("a", j) for _, j in worth})
    roots = _joined(nodes, [(("k", i), ("a", j)) for i, j in worth])
    parts: dict[Hashable, dict[tuple[int, int], float]] = defaultdict(dict)
    for (i, j), value in worth.items():
        parts[roots["k", i]][i, j] = value
    return list(parts.values())


def _best_match(worth: Mapping[tuple[int, int], float]) -> float:
    """The greatest sum of a one-to-one match (Kuhn and Munkres; rows are not more than columns)."""
    rows, columns = sorted({i for i, _ in worth}), sorted({j for _, j in worth})
    table = [[-worth.get((i, j), 0.0) for j in columns] for i in rows]
    if len(rows) > len(columns):
        table = [list(column) for column in zip(*table, strict=True)]
    n, m = len(table), len(table[0])
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for row in range(1, n + 1):
        _augment(table, row, u, v, match)
    return -sum(table[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def _augment(table: list[list[float]], row: int, u: list[float], v: list[float], match: list[int]) -> None:
    m = len(table[0])
    match[0], at = row, 0
    least, way, used = [math.inf] * (m + 1), [0] * (m + 1), [False] * (m + 1)
    while match[at]:
        used[at] = True
        delta, following = math.inf, 0
        for j in range(1, m + 1):
            if not used[j]:
                cost = table[match[at] - 1][j - 1] - u[match[at]] - v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, at
                if least[j] < delta:
                    delta, following = least[j], j
        for j in range(m + 1):
            if used[j]:
                u[match[j]] += delta
                v[j] -= delta
            else:
                least[j] -= delta
        at = following
    while at:
        match[at] = match[way[at]]
        at = way[at]


def _joined(items: Iterable[Any], pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    root = {item: item for item in items}

    def find(item: Any) -> Any:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    for one, other in pairs:
        root[find(one)] = find(other)
    return {item: find(item) for item in root}


def _f1(precision: float, recall: float) -> float:
    return round(200 * precision * recall / (precision + recall), 1) if precision + recall else 0.0


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _day(text: str | None) -> int | None:
    return date.fromisoformat(text).toordinal() if text and len(text) == len("2024-10-02") else None
