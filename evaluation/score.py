#!/usr/bin/env python3
"""Score extraction records (see ../design/record.md) against gold. Standard library only.

  score.py attributions GOLD.jsonl PRED.jsonl   PolNeAR / GGT / GUM / FactAppeal style gold
  score.py toponyms     GOLD.jsonl PRED.jsonl   recognition F1, accuracy@161km, end-to-end F1@161km
  score.py seeds        GOLD.json  PRED.jsonl   the two seed articles: every field of every claim

GOLD and PRED records are paired by "id"; a missing prediction counts as empty. Offsets are Unicode
code points, end exclusive, into the gold record's "text" (PRED must have been made from that text).
Add --json for one JSON object instead of the table, --errors N to print N misses and N false finds.

attributions, four measures:
  relation   one attribution found: content token-Jaccard >= .5, cue overlaps (where gold has one), source
             overlaps (or both have none). One to one. This is the headline figure.
  role_exact exact character match of each contiguous span per role, micro P/R/F1
  role_token word tokens covered by any span of the role
  ggt@t      Gender Gap Tracker's: a gold content is found if > t of its characters are covered (t .3, .8)
Each corpus has its own convention; the view is chosen by the gold file's name, or by a flag:
  --outermost (polnear*)               predictions with "embedded_in" set are left out: PolNeAR marks no nesting
  --speech    (ggt*, factappeal*)      predictions whose "medium" is "thought", or whose "level" is "act" (only the act and its topic
                                       are reported: no finite clause, no quotation), are left out: only statements are gold
  --split     (ggt*)                   each content span of a prediction counts as one: gold has one quote a stretch;
                                       the headline there is ggt@t, since gold gives floating quotes no source
"""

import argparse, collections, json, math, re, sys

WORD = re.compile(r"\w+(?:[’'\-]\w+)*", re.U)


def load(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def prf(tp, n_pred, n_gold):
    p, r = (tp / n_pred if n_pred else 0.0), (tp / n_gold if n_gold else 0.0)
    return {
        "P": round(100 * p, 1),
        "R": round(100 * r, 1),
        "F": round(100 * (2 * p * r / (p + r) if p + r else 0), 1),
        "gold": n_gold,
        "pred": n_pred,
    }


def spans(value):
    """[[s,e],...] or [s,e] or null -> list of (s, e)."""
    if not value:
        return []
    return [tuple(value)] if isinstance(value[0], int) else [tuple(x) for x in value]


class Words:
    def __init__(self, text):
        self.at = [(m.start(), m.end()) for m in WORD.finditer(text)]

    def __call__(self, sp):
        return {i for i, (a, b) in enumerate(self.at) for s, e in sp if a < e and b > s}


def chars(sp):
    return {i for s, e in sp for i in range(s, e)}


def jaccard(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def roles(record):
    return [
        {k: spans(a.get(k)) for k in ("source", "cue", "content")} | {"raw": a} for a in record.get("attributions", [])
    ]


def same_relation(words, g, p):
    """Jaccard of contents if p is the gold attribution g, else 0."""
    j = jaccard(words(g["content"]), words(p["content"]))
    if j < 0.5 or (g["cue"] and not chars(g["cue"]) & chars(p["cue"])):
        return 0.0
    if bool(g["source"]) != bool(p["source"]):
        return 0.0
    if g["source"] and not chars(g["source"]) & chars(p["source"]):
        return 0.0
    return j


def match(words, gold, pred):
    """Greedy one-to-one by Jaccard; -> {gold index: pred index}."""
    pairs = sorted(
        ((same_relation(words, g, p), -i, -k) for i, g in enumerate(gold) for k, p in enumerate(pred)), reverse=True
    )
    out, used = {}, set()
    for j, i, k in pairs:
        if j and -i not in out and -k not in used:
            out[-i] = -k
            used.add(-k)
    return out


def view(preds, outermost, speech, split):
    """A corpus's convention, laid over what was predicted."""
    if outermost:
        preds = [a for a in preds if not a["raw"].get("embedded_in")]
    if speech:
        preds = [a for a in preds if a["raw"].get("medium") != "thought" and a["raw"].get("level") != "act"]
    if split:
        preds = [a | {"content": [c]} for a in preds for c in a["content"]]
    return preds


def attributions(gold_path, pred_path, flags, errors):
    pred = {d["id"]: d for d in load(pred_path)}
    relation, by_style = [0, 0, 0], collections.defaultdict(lambda: [0, 0])
    exact = {k: [0, 0, 0] for k in ("source", "cue", "content")}
    token = {k: [0, 0, 0] for k in exact}
    ggt = {t: [0, 0, 0, 0] for t in (0.3, 0.8)}
    missing, misses, extras = 0, [], []
    for g in load(gold_path):
        p = pred.get(g["id"])
        missing += p is None
        words, G, P = Words(g["text"]), roles(g), view(roles(p or {}), *flags)
        for k in exact:
            gs, ps = {s for a in G for s in a[k]}, {s for a in P for s in a[k]}
            for i, v in enumerate((len(gs & ps), len(ps), len(gs))):
                exact[k][i] += v
            gw, pw = words(gs), words(ps)
            for i, v in enumerate((len(gw & pw), len(pw), len(gw))):
                token[k][i] += v
        found = match(words, G, P)
        for i, v in enumerate((len(found), len(P), len(G))):
            relation[i] += v
        for i, a in enumerate(G):
            by_style[str(a["raw"].get("type"))][1] += 1
            by_style[str(a["raw"].get("type"))][0] += i in found
        cut = lambda sp: " … ".join(g["text"][s:e] for s, e in sp)
        show = lambda a: f"{g['id']}: [{cut(a['source'])}] <{cut(a['cue'])}> {{{cut(a['content'])}}}"
        misses += [show(a) for i, a in enumerate(G) if i not in found]
        extras += [show(a) for k, a in enumerate(P) if k not in found.values()]
        for t in ggt:
            used = set()
            for a in G:
                c, best = chars(a["content"]), None
                for k, b in enumerate(P):
                    v = len(c & chars(b["content"])) / len(c) if c and k not in used else 0
                    if v > t and (best is None or v > best[0]):
                        best = (v, k)
                if best:
                    used.add(best[1])
                    ggt[t][0] += 1
                    s, s2 = chars(a["source"]), chars(P[best[1]]["source"])
                    ggt[t][3] += bool(s & s2) or (not s and not s2)
            ggt[t][1] += len(P)
            ggt[t][2] += len(G)
    if errors:
        print("MISSED", *misses[:errors], "FALSE", *extras[:errors], sep="\n  ")
    return {
        "relation": prf(*relation),
        "recall_by_style": {k: f"{a}/{b}" for k, (a, b) in sorted(by_style.items())},
        "role_exact": {k: prf(*v) for k, v in exact.items()},
        "role_token": {k: prf(*v) for k, v in token.items()},
        **{
            f"ggt@{t}": prf(*v[:3]) | {"source_ok": round(100 * v[3] / v[0], 1) if v[0] else None}
            for t, v in ggt.items()
        },
        "documents_missing": missing,
    }


def km(a, b, c, d):
    r = math.pi / 180
    x = math.sin((c - a) * r / 2) ** 2 + math.cos(a * r) * math.cos(c * r) * math.sin((d - b) * r / 2) ** 2
    return 12742.02 * math.asin(min(1, math.sqrt(x)))


def toponyms(gold_path, pred_path, errors):
    """Gold: toponyms that have coordinates. A hit overlaps a gold span, one to one."""
    pred = {d["id"]: d for d in load(pred_path)}
    tp = near = n_gold = n_pred = resolved = 0
    wrong = []
    for g in load(gold_path):
        G = [t for t in g["toponyms"] if t.get("lat") is not None]
        skip = [t for t in g["toponyms"] if t.get("lat") is None]
        P = [
            p
            for p in pred.get(g["id"], {}).get("places", [])
            if not any(p["span"][0] < t["end"] and p["span"][1] > t["start"] for t in skip)
        ]
        used = set()
        for t in G:
            best = None
            for k, p in enumerate(P):
                over = min(p["span"][1], t["end"]) - max(p["span"][0], t["start"])
                if k not in used and over > 0 and (best is None or over > best[0]):
                    best = (over, k)
            if best:
                used.add(best[1])
                tp += 1
                p = P[best[1]]
                if p.get("lat") is not None:
                    resolved += 1
                    ok = km(float(t["lat"]), float(t["lon"]), float(p["lat"]), float(p["lon"])) <= 161
                    near += ok
                    if not ok:
                        wrong.append(
                            f"{g['id']}: {t['text']} -> {p.get('label')} ({p['lat']},{p['lon']}), gold {t['lat']},{t['lon']}"
                        )
            else:
                wrong.append(f"{g['id']}: not found: {t['text']}")
        n_gold += len(G)
        n_pred += len(P)
    if errors:
        print(*wrong[:errors], sep="\n  ")
    return {
        "recognition": prf(tp, n_pred, n_gold),
        "accuracy@161km_of_recognised": round(100 * near / tp, 1) if tp else 0.0,
        "resolved": resolved,
        "end_to_end@161km": prf(near, n_pred, n_gold),
    }


FAMILY = {
    k: f
    for f, ks in {
        "attack": "DroneStrike MissileStrike AirStrike RocketFire Shelling Attack Explosion InfrastructureHit Invasion Offensive Counteroffensive Fighting TerritoryCapture BattlefieldGain Resistance",
        "defence": "Interception AirDefenceOperation RepelledAttack",
        "harm": "Injury Death PropertyDamage Fire PowerOutage InfrastructureHit",
        "diplomacy": "Meeting Visit AidRequest SupportStatement MilitaryAid Establishment Criticism Threat Intent",
        "alert": "AirRaidAlert ShelterOrder",
        "movement": "TroopMovement",
    }.items()
    for k in ks.split()
}
COMPARATOR = {"=": "eq", ">=": "ge", "<=": "le", ">": "gt", "<": "lt", "~": "approx"}


def name(x):
    return re.sub(r"\b(the|mr|ms|mrs|of|a)\b|[^\w ]", " ", (x or "").lower()).split()


def alike(a, b):
    """Labels are taken as the same when the shorter one's words all stand in the longer one."""
    a, b = set(name(re.sub(r"\(.*?\)", "", a or ""))), set(name(re.sub(r"\(.*?\)", "", b or "")))
    return bool(a and b) and (a <= b or b <= a)


def seeds(gold_path, pred_path, errors):
    pred = load(pred_path)
    with open(gold_path, encoding="utf-8") as f:
        gold = json.load(f)
    of = lambda doc: next((p for p in pred if doc in p["id"] or doc[:3] == p["id"][:3]), {})
    tally, missed = collections.defaultdict(lambda: [0, 0]), []

    def tick(field, ok, note=""):
        tally[field][1] += 1
        tally[field][0] += bool(ok)
        if not ok:
            missed.append(f"{field}: {note}")

    for doc in sorted({r["doc"] for r in gold}):
        p = of(doc)
        words = Words(p.get("text", ""))
        told = [r for r in gold if r["doc"] == doc and r["source"] and r["cue"]]
        G = [
            {
                "source": [(r["source"]["start"], r["source"]["end"])],
                "cue": [(r["cue"]["start"], r["cue"]["end"])],
                "content": [tuple(s) for s in r["content"]["segments"]],
                "raw": r,
            }
            for r in told
        ]
        P = roles(p)
        found = match(words, G, P)
        tally["attribution precision"][0] += len(found)
        tally["attribution precision"][1] += len(P)
        narr = p.get("narrations", [])
        hit = {}
        for i, g in enumerate(G):
            r = g["raw"]
            tick("attribution recall", i in found, f"{r['id']} {r['content_summary']}")
            if i in found:
                hit[r["id"]] = P[found[i]]["raw"]
        for r in (r for r in gold if r["doc"] == doc and not (r["source"] and r["cue"]) and r["kind"] == "narrator"):
            seg = words([tuple(s) for s in r["content"]["segments"]])
            best = max(narr, key=lambda n: jaccard(seg, words(spans(n["content"]))), default=None)
            ok = best is not None and jaccard(seg, words(spans(best["content"]))) >= 0.5
            tick("narration recall", ok, f"{r['id']} {r['content_summary']}")
            if ok:
                hit[r["id"]] = best
        events = collections.defaultdict(list)
        for e in p.get("events", []):
            events[e.get("told_by")].append(e)
        for r in (r for r in gold if r["doc"] == doc):
            a = hit.get(r["id"])
            note = f"{r['id']} {r['content_summary']}"
            if r["source"] and r["cue"]:
                tick("claimant", a and alike((a.get("claimant") or {}).get("label"), r["source"]["entity"]), note)
                tick("kind", a and a.get("kind") == r["kind"], note)
                tick("style", a and a.get("style") == r["type"], note)
                if r["channel"]:
                    tick("channel", a and alike((a.get("channel") or {}).get("label"), r["channel"]["entity"]), note)
                elif a and a.get("channel"):
                    tick("channel", False, note + " (none in gold)")
                if r["embedded_in"]:
                    tick("relay chain", a and a.get("embedded_in"), note)
            if r["kind"] in ("claim", "narrator") and r["event_type"]:
                mine = events.get(a.get("id"), []) if a else []
                for t in r["event_type"].split(";"):
                    tick("event type", any(e["type"] == t for e in mine), f"{note} {t}")
                    tick("event family", any(FAMILY.get(e["type"]) == FAMILY.get(t) for e in mine), f"{note} {t}")
                for place in (x for x in r["place"] if "implied" not in x and "origin" not in x):
                    got = [(e.get("place") or {}).get("label") for e in mine] + [
                        x.get("label") for e in mine for x in e.get("places", [])
                    ]
                    tick("event place", any(alike(x, place.replace("near ", "")) for x in got), f"{note} {place}")
                if r["date"] and r["date"]["edtf"]:
                    tick(
                        "event date",
                        any((e.get("time") or {}).get("edtf") == r["date"]["edtf"] for e in mine),
                        f"{note} {r['date']['edtf']}",
                    )
                elif mine:
                    tick("no invented date", not any((e.get("time") or {}).get("edtf") for e in mine), note)
                for f in (f for f in r["figures"] if f["value"] is not None and f["comparator"] != "ordinal"):
                    got = [x for e in mine for x in e.get("figures", [])]
                    want = COMPARATOR.get(f["comparator"], f["comparator"])
                    tick(
                        "figure",
                        any(x.get("value") == f["value"] and x.get("comparator") == want for x in got),
                        f"{note} {f['value']}",
                    )
    if errors:
        print(*missed[:errors], sep="\n  ")
    return {k: f"{a}/{b} = {100 * a / b:.0f}%" if b else "0/0" for k, (a, b) in tally.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["attributions", "toponyms", "seeds"])
    ap.add_argument("gold")
    ap.add_argument("pred")
    for flag in ("--outermost", "--speech", "--split"):
        ap.add_argument(flag, action="store_true")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--errors", type=int, default=0, metavar="N")
    a = ap.parse_args()
    if a.what == "attributions":
        corpus = a.gold.replace("\\", "/").rsplit("/", 1)[-1].lower()
        flags = (
            a.outermost or "polnear" in corpus,
            a.speech or "ggt" in corpus or "factappeal" in corpus,
            a.split or "ggt" in corpus,
        )
        result = attributions(a.gold, a.pred, flags, a.errors)
    else:
        result = {"toponyms": toponyms, "seeds": seeds}[a.what](a.gold, a.pred, a.errors)
    if a.json:
        print(json.dumps(result))
        return
    for k, v in result.items():
        print(f"{k:28}", v)


if __name__ == "__main__":
    sys.exit(main())
