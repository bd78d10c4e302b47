#!/usr/bin/env python3
"""Gold for what a text tells: check an annotation, score records. Standard library only; told.md says what is marked.

  told.py check GOLD.json... --texts CORPORA_DIR   resolve every quotation; print what is wrong; exit 1 where anything is
  told.py score GOLD.json... --texts CORPORA_DIR --pred PRED.jsonl [--json] [--errors N]
  told.py agree ONE.json OTHER.json --texts CORPORA_DIR   two annotators of the same documents: the same figures
  told.py texts GOLD.json... --texts CORPORA_DIR   the articles, as JSON Lines for `kg extract`
  told.py links GOLD.json... --texts CORPORA_DIR --pairs PAIRS.json... --links LINKS.csv
      LINKS.csv: what `kg query -f csv -q "$(told.py sparql x --texts .)"` prints of a store that holds the articles of the gold

GOLD.json holds a list of documents. A figure or event is found where its span overlaps a gold one (one to one, longest overlap first);
what overlaps an "ignore" is left out on both sides.
  events   seen: the trigger is some event. found: trigger and family; a record's events of a type outside the families are seen only and never false, as are
           gold events of family "other". told: and realis, and voice. place, time: of those found that have one in gold; invented: of those
           found that have none.
  figures  found: span. read: and value and comparator. comparable: and measure and voice: what a comparison between sources stands on.
  links    shown: links of a store that set two claims against each other (contradicts, opposes, denies, revises); right where gold has a pair of that
           sort in the two claims (their figures where the link has basis spans), exact where the relation is the same. A disagreement is what gold
           pairs of the same two numbers of one happening and measure have in common: it is found where any of its pairs is shown.
"""

import argparse, collections, csv, glob, json, os, re, sys

FAMILY = {
    k: f
    for f, ks in {
        "attack": "Attack DroneStrike MissileStrike AirStrike RocketFire Shelling Bombing Ambush Sabotage Invasion Offensive Counteroffensive Fighting Siege TerritoryCapture BattlefieldGain CeasefireViolation WeaponTest",
        "defence": "Defence Interception AirDefenceOperation RepelledAttack Resistance",
        "crime": "Crime Shooting Stabbing Killing Beating Robbery Abduction SexualViolence Fraud Smuggling Arson Cyberattack",
        "harm": "Harm Death Injury Missing PropertyDamage InfrastructureHit PowerOutage Displacement Disruption EconomicLoss",
        "accident": "Accident Crash Sinking Collapse Derailment Fire Explosion Leak",
        "disaster": "Disaster Earthquake Flood Storm Landslide Tsunami VolcanicEruption Wildfire ExtremeHeat Epidemic",
        "response": "Response Rescue Search Evacuation HumanitarianAid Restoration",
        "alert": "Alert AirRaidAlert ShelterOrder EvacuationOrder WeatherWarning Warning Curfew",
        "justice": "Justice Execution Arrest Charge Trial Sentence Investigation Release Raid",
        "unrest": "Unrest Protest Riot LabourStrike Blockade Crackdown",
        "politics": "Politics Election Vote Legislation Appointment Resignation Dismissal Coup StateOfEmergency Announcement",
        "diplomacy": "Diplomacy Meeting Visit Negotiation Agreement Ceasefire Sanction SupportStatement MilitaryAid EconomicAid AidRequest Threat Demand Refusal Intent Establishment",
        "movement": "Movement TroopMovement Withdrawal Mobilisation MilitaryExercise Deportation Return",
        "talk": "Criticism Accusation",
    }.items()
    for k in ks.split()
}
#: families that the same mention may fairly be put in: a militant's shooting, a fire that was set
NEAR = [
    {"attack", "crime"},
    {"accident", "harm"},
    {"accident", "crime"},
    {"accident", "disaster"},
    {"response", "movement"},
    {"alert", "response"},
    {"defence", "attack"},
    {"justice", "crime"},
    {"diplomacy", "politics"},
    {"diplomacy", "movement"},
    {"politics", "unrest"},
    {"diplomacy", "talk"},
    {"response", "diplomacy"},
    {"crime", "harm"},
    {"harm", "movement"},
    {"attack", "harm"},
    {"accident", "attack"},
    {"diplomacy", "alert"},
    {"diplomacy", "crime"},
    {"talk", "politics"},
    {"business", "politics"},
]
MEASURES = set(
    "killed injured casualties missing rescued survived trapped aboard evacuated displaced affected infected arrested charged attended deployed launched intercepted destroyed damaged shots stolen money magnitude distance duration percent votes other".split()
)
NEAR_MEASURES = [
    {"rescued", "survived"},
    {"injured", "casualties"},
    {"killed", "casualties"},
    {"arrested", "charged"},
    {"evacuated", "displaced"},
    {"affected", "displaced"},
    {"destroyed", "damaged"},
    {"destroyed", "intercepted"},
    {"stolen", "money"},
    {"affected", "evacuated"},
]
REALIS = {"actual", "negated", "planned", "uncertain", "generic"}
COMPARATORS = set("eq ge gt le lt approx range vague".split())
FAMILIES = set(FAMILY.values()) | {"business", "other"}


def texts(folder):
    out = {}
    for path in glob.glob(os.path.join(folder, "*.jsonl")):
        with open(path, encoding="utf-8") as f:
            for line in f:
                d = json.loads(line)
                out.setdefault(os.path.basename(path), {})[d["id"]] = d
    return out


def load(paths):
    docs = []
    for p in paths:
        with open(p, encoding="utf-8") as f:
            got = json.load(f)
        docs += got if isinstance(got, list) else [got]
    return docs


def locate(text, q, n):
    at = -1
    for _ in range(n or 1):
        at = text.find(q, at + 1)
        if at < 0:
            return None
    return (at, at + len(q))


def resolve(doc, source):
    """A gold document with "span" in place of q and n; with a list of what is wrong."""
    text, wrong = source["text"], []
    for kind in ("events", "figures", "ignore"):
        for m in doc.get(kind, []):
            m["span"] = tuple(m["span"]) if m.get("span") else locate(text, m["q"], m.get("n", 1))
            m.setdefault("q", text[slice(*m["span"])] if m["span"] else "")
            if m["span"] is None:
                wrong.append(f"{doc['id']}: {kind} {m.get('id', '')}: not in the text: {m['q']!r} n={m.get('n', 1)}")
    ids = {e.get("id") for e in doc.get("events", [])}
    fids = {f.get("id") for f in doc.get("figures", [])}
    for e in doc.get("events", []):
        for key, ok in (("family", FAMILIES), ("realis", REALIS)):
            if e.get(key) not in ok:
                wrong.append(f"{doc['id']}: event {e.get('id')} {e['q']!r}: {key} {e.get(key)!r}")
        if e.get("type") not in FAMILY and e.get("type") != "other":
            wrong.append(f"{doc['id']}: event {e.get('id')} {e['q']!r}: type {e.get('type')!r}")
        if not e.get("voice"):
            wrong.append(f"{doc['id']}: event {e.get('id')}: no voice")
    for f in doc.get("figures", []):
        for key, ok in (("measure", MEASURES), ("comparator", COMPARATORS)):
            if f.get(key) not in ok:
                wrong.append(f"{doc['id']}: figure {f.get('id')} {f['q']!r}: {key} {f.get(key)!r}")
        if f.get("event") and f["event"] not in ids:
            wrong.append(f"{doc['id']}: figure {f.get('id')}: no event {f['event']!r}")
        if f.get("of") and f["of"] not in fids:
            wrong.append(f"{doc['id']}: figure {f.get('id')}: no figure {f['of']!r}")
        if not f.get("voice"):
            wrong.append(f"{doc['id']}: figure {f.get('id')}: no voice")
    spans = [m["span"] for m in doc.get("events", []) if m["span"]]
    wrong += [f"{doc['id']}: two events at {s}" for s, c in collections.Counter(spans).items() if c > 1]
    return wrong


def words(x):
    return set(
        re.sub(
            r"\b(the|a|an|mr|ms|mrs|of|his|her|its|their)\b|[^\w ]",
            " ",
            re.sub(r"\(.*?\)|[’']s\b", " ", (x or "").lower()),
        ).split()
    )


def alike(a, b):
    a, b = words(a), words(b)
    return bool(a and b) and (a <= b or b <= a or 2 * len(a & b) > len(a | b))


def near(a, b, pairs):
    return a == b or any({a, b} == p for p in pairs)


def number(x):
    return None if x is None else float(x)


def measure_of(figure, event):
    """A record's figure in the words of MEASURES."""
    if figure.get("measure") in MEASURES:
        return figure["measure"]
    role, counts, kind, unit = (
        (figure.get("role") or "").lower(),
        (figure.get("counts") or "").lower(),
        event.get("type", ""),
        figure.get("unit") or "count",
    )
    if unit == "percent":
        return "percent"
    if re.fullmatch(r"[A-Z]{3}", unit):
        return "stolen" if role in ("stolen", "robbed", "taken") or kind == "Robbery" else "money"
    if unit in ("kilometre", "metre", "mile", "foot", "kilometer", "meter", "centimetre"):
        return "distance"
    if unit in ("day", "hour", "minute", "second", "week", "month", "year"):
        return "duration"
    if "magnitude" in (role, unit, counts):
        return "magnitude"
    for want, roles, kinds in (
        ("killed", "killed dead died murdered slain drowned executed recovered", "Death Killing Execution"),
        ("injured", "injured wounded hurt hospitalised hospitalized", "Injury"),
        ("missing", "missing unaccounted", "Missing"),
        ("rescued", "rescued saved", "Rescue"),
        ("survived", "survived", ""),
        ("trapped", "trapped", ""),
        ("aboard", "aboard carried on board onboard carrying", ""),
        ("evacuated", "evacuated", "Evacuation"),
        ("displaced", "displaced fled homeless", "Displacement"),
        ("arrested", "arrested detained captured apprehended held", "Arrest"),
        ("charged", "charged indicted sentenced convicted tried", "Charge Sentence Trial"),
        ("attended", "attended marched rallied gathered protested", "Protest"),
        ("infected", "infected sickened", "Epidemic"),
        ("launched", "launched fired", "DroneStrike MissileStrike RocketFire"),
        ("intercepted", "shot down intercepted downed destroyed", "Interception"),
        ("destroyed", "destroyed flattened levelled", ""),
        ("damaged", "damaged", "PropertyDamage InfrastructureHit"),
        ("deployed", "deployed sent", "TroopMovement Mobilisation"),
        ("stolen", "stolen robbed", "Robbery"),
        ("affected", "affected hit", "Disruption PowerOutage"),
    ):
        if role in roles.split() or (role == "shot down" and want == "intercepted" and kind != "Shooting"):
            return want
        if not role and kind in kinds.split():
            return want
    if counts in ("shots", "rounds", "bullets"):
        return "shots"
    if counts == "votes":
        return "votes"
    return next(
        (
            w
            for w, ks in (("killed", "Death Killing"), ("injured", "Injury"), ("missing", "Missing"))
            if kind in ks.split()
        ),
        "other",
    )


def realis_of(e):
    if e.get("polarity") == "negative":
        return "negated"
    if e.get("tense") == "habitual":
        return "generic"
    if e.get("tense") == "future":
        return "planned"
    if e.get("certainty") in ("unspecified", "possible", "probable"):
        return "uncertain"
    return "actual"


#: readings that are taken as the same: what is ordered or asked is planned, and open
SAME_REALIS = [{"planned", "uncertain"}, {"generic", "actual"}]


def predicted(record):
    said = {a["id"]: a for a in record.get("attributions", [])}

    def voice(by):
        if by not in said:
            return ["narrator"]
        who = said[by].get("claimants") or [said[by].get("claimant")]
        return [(c or {}).get("label") or "?" for c in who]

    events, figures, seen = [], [], set()
    for e in record.get("events", []):
        v = voice(e.get("told_by"))
        base = {
            "voice": v,
            "place": (e.get("place") or {}).get("label"),
            "places": [p.get("label") for p in e.get("places", [])],
            "time": (e.get("time") or {}).get("edtf"),
            "raw": e,
        }
        events.append(
            base
            | {
                "span": tuple(e["trigger"]),
                "type": e["type"],
                "family": FAMILY.get(e["type"], "other"),
                "realis": realis_of(e),
            }
        )
        for f in e.get("figures", []):
            key = tuple(f["span"])
            if key in seen:  # the same number given to two events: the first stands
                continue
            seen.add(key)
            figures.append(
                base
                | {
                    "span": key,
                    "value": f.get("value"),
                    "min": f.get("min"),
                    "max": f.get("max"),
                    "comparator": f.get("comparator"),
                    "measure": measure_of(f, e),
                    "raw": f,
                }
            )
    return events, figures


def pair(gold, pred):
    cand = sorted(
        (
            (min(g["span"][1], p["span"][1]) - max(g["span"][0], p["span"][0]), -i, -k)
            for i, g in enumerate(gold)
            for k, p in enumerate(pred)
            if g["span"] and min(g["span"][1], p["span"][1]) > max(g["span"][0], p["span"][0])
        ),
        reverse=True,
    )
    out, used = {}, set()
    for _, i, k in cand:
        if -i not in out and -k not in used:
            out[-i] = -k
            used.add(-k)
    return out


def same_value(g, p):
    if g["comparator"] == "vague" or g.get("value") is None:
        return p["comparator"] in ("vague", "approx", "ge", "gt", "range") or number(p.get("min")) == number(
            g.get("min")
        )
    return number(g["value"]) == number(p.get("value")) and (
        g["comparator"] == p["comparator"]
        or (number(g.get("min")), number(g.get("max"))) == (number(p.get("min")), number(p.get("max")))
    )


def same_voice(g, p):
    told_by = p["voice"] if isinstance(p["voice"], list) else [p["voice"]]
    return any(g["voice"] == v or ("narrator" not in (g["voice"], v) and alike(g["voice"], v)) for v in told_by)


SPARQL = """SELECT ?link ?relation ?rule ?a ?b ?span ?acontent ?bcontent WHERE {
  ?link a kg:ClaimRelation ; kg:relation ?relation ; kg:rule ?rule ; kg:ofClaim ?a ; kg:toClaim ?b .
  OPTIONAL { ?link kg:basisSpan ?span } OPTIONAL { ?a kg:contentSpan ?acontent } OPTIONAL { ?b kg:contentSpan ?bcontent } }"""
AGAINST = {
    "updates": "revises",
    "contradicts": "contradicts",
    "opposes": "contradicts",
    "deniesClaim": "contradicts",
    "revises": "revises",
}


def place_of(iri):
    """The IRI of a span, .../doc/ID#char=1,9 -> ("ID", (1, 9))."""
    m = re.search(r"/doc/(.+)#char=(\d+),(\d+)$", iri or "")
    return m and (m[1], (int(m[2]), int(m[3])))


def links(gold_docs, pairs, rows, errors):
    """Precision of the links shown, recall of the disagreements in gold."""
    node = {
        f"{d['id']}#{m['id']}": (d["id"], m) for d in gold_docs for m in (*d.get("events", []), *d.get("figures", []))
    }
    key = lambda d: re.sub(r"[^\w-]", "", d)  # ids as IRIs spell them, roughly
    shown = collections.defaultdict(lambda: {"basis": set(), "a": set(), "b": set()})
    for r in rows:
        name = r["relation"].rsplit("#", 1)[-1]
        if name in AGAINST:
            s = shown[r["link"]]
            s |= {"relation": name, "rule": r["rule"], "of": r["a"], "to": r["b"]}
            for part, k in (("span", "basis"), ("acontent", "a"), ("bcontent", "b")):
                if place_of(r.get(part)):
                    s[k].add(place_of(r[part]))
    within = lambda where, doc, span: any(key(w) == key(doc) and span[0] < b and span[1] > a for w, (a, b) in where)
    unit, found, wanted = {}, set(), collections.defaultdict(list)
    for p in pairs:
        if p["a"] in node and p["b"] in node:
            (da, a), (db, b) = node[p["a"]], node[p["b"]]
            u = (
                p["relation"],
                str(sorted([str(a.get("value", a.get("type"))), str(b.get("value", b.get("type")))])),
                a.get("measure", ""),
                a.get("happening", ""),
            )
            unit[id(p)] = u
            wanted[u].append(p)
    right = exact = 0
    wrong = []
    for s in shown.values():
        hit = None
        for p in pairs:
            if id(p) not in unit or p["relation"] not in ("contradicts", "revises"):
                continue
            (da, a), (db, b) = node[p["a"]], node[p["b"]]
            for (dx, x), (dy, y) in (((da, a), (db, b)), ((db, b), (da, a))):
                if s["basis"]:
                    ok = within(s["basis"], dx, x["span"]) and within(s["basis"], dy, y["span"])
                else:
                    ok = within(s["a"], dx, x["span"]) and within(s["b"], dy, y["span"])
                if ok:
                    found.add(unit[id(p)])
                    hit = hit if hit and hit == AGAINST[s["relation"]] else p["relation"]
        right += hit is not None
        exact += hit == AGAINST[s["relation"]]
        if hit is None:
            wrong.append(f"{s['relation']} {s['rule']} {s['of'].rsplit('/', 1)[-1]} {s['to'].rsplit('/', 1)[-1]}")
    against = [u for u in wanted if u[0] in ("contradicts", "revises")]
    P, R = (right / len(shown) if shown else 0), (len(found) / len(against) if against else 0)
    if errors:
        print("shown, and not so in gold:", *wrong[:errors], sep="\n  ")
        print(
            "not shown:",
            *(
                f"{u} e.g. {wanted[u][0]['a']} {wanted[u][0]['b']}: {wanted[u][0]['why']}"
                for u in against
                if u not in found
            ),
            sep="\n  ",
        )
    return {
        "links shown": len(shown),
        "right": right,
        "relation exact": exact,
        "precision": round(100 * P, 1),
        "disagreements in gold": len(against),
        "found": len(found),
        "recall": round(100 * R, 1),
    }


class Tally:
    def __init__(self):
        self.n = collections.Counter()
        self.log = collections.defaultdict(list)

    def prf(self, key, gold, pred):
        tp, g, p = self.n[key], self.n[gold], self.n[pred]
        P, R = (tp / p if p else 0), (tp / g if g else 0)
        return {
            "P": round(100 * P, 1),
            "R": round(100 * R, 1),
            "F": round(100 * (2 * P * R / (P + R) if P + R else 0), 1),
            "right": tp,
            "gold": g,
            "pred": p,
        }

    def share(self, key, of):
        return {
            "%": round(100 * self.n[key] / self.n[of], 1) if self.n[of] else None,
            "right": self.n[key],
            "of": self.n[of],
        }


def compare(gold_docs, predict, source_of):
    t = Tally()
    for d in gold_docs:
        text = source_of(d)["text"]
        ev, fg = predict(d)
        ig = [m["span"] for m in d.get("ignore", []) if m["span"]]
        out = lambda xs: [x for x in xs if not any(x["span"] and x["span"][0] < b and x["span"][1] > a for a, b in ig)]
        ev, fg = out(ev), out(fg)
        ge, gf = out(d.get("events", [])), out(d.get("figures", []))
        t.n["all"] += len(ge)
        t.n["ge"] += sum(g["family"] != "other" for g in ge)
        t.n["pe"] += len(ev)
        t.n["gf"] += len(gf)
        t.n["pf"] += len(fg)
        cut = lambda m: (
            "%s: …%s[%s]%s…"
            % (
                d["id"][:18],
                text[max(0, m["span"][0] - 50) : m["span"][0]].replace("\n", " "),
                text[m["span"][0] : m["span"][1]],
                text[m["span"][1] : m["span"][1] + 50].replace("\n", " "),
            )
        )
        hit = pair(ge, ev)
        for i, g in enumerate(ge):
            p = ev[hit[i]] if i in hit else None
            if p is None:
                if g["family"] == "other":
                    continue
                t.log["event missed"].append(f"{g['type']} {cut(g)}")
                continue
            t.n["e span"] += 1
            if g["family"] == "other":  # outside the families: seen, neither found nor false
                t.n["pe"] -= 1
                continue
            ok = g["family"] == p["family"] or any({g["family"], p["family"]} == q for q in NEAR)
            if not ok and p["family"] == "other":  # an event without a type of the scheme: seen, not typed
                t.n["e untyped"] += 1
                t.n["pe"] -= 1
                t.log["event untyped"].append(f"{g['type']} {cut(g)}")
                continue
            if not ok:
                t.log["event family"].append(f"{g['family']} not {p['type']} {cut(g)}")
                continue
            t.n["e found"] += 1
            t.n["e type of"] += g["type"] != "other"
            t.n["e type"] += g["type"] == p["type"] and g["type"] != "other"
            r, v = near(g["realis"], p["realis"], SAME_REALIS), same_voice(g, p)
            t.n["e realis"] += r
            t.n["e voice"] += v
            t.n["e told"] += r and v
            if not r:
                t.log["event realis"].append(f"{g['realis']} not {p['realis']} {cut(g)}")
            if not v:
                t.log["event voice"].append(
                    f"{g['voice']} not {'/'.join(p['voice']) if isinstance(p['voice'], list) else p['voice']} {cut(g)}"
                )
            for key in ("place", "time"):
                if g.get(key):
                    t.n[f"e {key} of"] += 1
                    right = p.get(key) and (
                        p[key] == g[key]
                        if key == "time"
                        else alike(p[key], g[key]) or any(alike(x, g[key]) for x in p.get("places", []))
                    )
                    t.n[f"e {key}"] += bool(right)
                    if p.get(key) and not right:
                        t.n[f"e {key} wrong"] += 1
                        t.log[f"event {key}"].append(f"{g[key]} not {p[key]} {cut(g)}")
                elif p.get(key):
                    t.n[f"e {key} invented"] += 1
                    t.log[f"event {key}"].append(f"none, not {p[key]} {cut(g)}")
        spare = [p for k, p in enumerate(ev) if k not in hit.values()]
        t.n["pe"] -= sum(
            p["family"] == "other" for p in spare
        )  # what falls under no type is no claim to be one of the scheme's
        t.log["event false"] += [f"{p['type']} {cut(p)}" for p in spare if p["family"] != "other"]
        hit = pair(gf, fg)
        for i, g in enumerate(gf):
            p = fg[hit[i]] if i in hit else None
            if p is None:
                t.log["figure missed"].append(f"{g['measure']} {cut(g)}")
                continue
            t.n["f found"] += 1
            read, m, v = same_value(g, p), near(g["measure"], p["measure"], NEAR_MEASURES), same_voice(g, p)
            t.n["f read"] += read
            t.n["f measure"] += m
            t.n["f voice"] += v
            t.n["f comparable"] += read and m and v
            if not read:
                t.log["figure value"].append(
                    f"{g['comparator']} {g.get('value')} not {p['comparator']} {p.get('value')} {cut(g)}"
                )
            if not m:
                t.log["figure measure"].append(f"{g['measure']} not {p['measure']} {cut(g)}")
            if not v:
                t.log["figure voice"].append(
                    f"{g['voice']} not {'/'.join(p['voice']) if isinstance(p['voice'], list) else p['voice']} {cut(g)}"
                )
        t.log["figure false"] += [f"{p['measure']} {cut(p)}" for k, p in enumerate(fg) if k not in hit.values()]
    return {
        "documents": len(gold_docs),
        "event seen": t.share("e span", "all") | {"untyped": t.n["e untyped"]},
        "event found": t.prf("e found", "ge", "pe"),
        "event told": t.prf("e told", "ge", "pe"),
        "event type": t.share("e type", "e type of"),
        "event realis": t.share("e realis", "e found"),
        "event voice": t.share("e voice", "e found"),
        "event place": t.share("e place", "e place of")
        | {"wrong": t.n["e place wrong"], "invented": t.n["e place invented"]},
        "event time": t.share("e time", "e time of")
        | {"wrong": t.n["e time wrong"], "invented": t.n["e time invented"]},
        "figure found": t.prf("f found", "gf", "pf"),
        "figure read": t.prf("f read", "gf", "pf"),
        "figure measure": t.share("f measure", "f found"),
        "figure voice": t.share("f voice", "f found"),
        "figure comparable": t.prf("f comparable", "gf", "pf"),
    }, t.log


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["check", "score", "agree", "texts", "links", "sparql"])
    ap.add_argument("gold", nargs="+")
    ap.add_argument("--texts", required=True, action="append")
    ap.add_argument("--pred")
    ap.add_argument("--pairs", nargs="+", default=[])
    ap.add_argument("--links")
    ap.add_argument(
        "--families", metavar="TSV", help="further event types of a record's scheme: type, tab, family of told.md"
    )
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--errors", type=int, default=0, metavar="N")
    a = ap.parse_args()
    if a.what == "sparql":
        print(SPARQL)
        return 0
    if a.families:
        with open(a.families, encoding="utf-8") as f:
            FAMILY.update(line.split()[:2] for line in f if line.strip() and not line.startswith("#"))
    corpora = {}
    for folder in a.texts:
        corpora |= texts(folder)
    source_of = lambda d: corpora[d["corpus"]][d["id"]]
    docs = load(a.gold)
    if a.what == "texts":
        for d in docs:
            print(
                json.dumps(
                    {"id": d["id"], "text": source_of(d)["text"], "published": d.get("published")}, ensure_ascii=False
                )
            )
        return 0
    wrong = []
    for d in docs:
        if d["id"] not in corpora.get(d["corpus"], {}):
            wrong.append(f"no text {d['id']} in {d['corpus']}")
        else:
            wrong += resolve(d, source_of(d))
    if a.what == "check" or wrong:
        print(*wrong, sep="\n")
        print(
            f"{len(docs)} documents, {sum(len(d.get('events', [])) for d in docs)} events, {sum(len(d.get('figures', [])) for d in docs)} figures, {len(wrong)} wrong"
        )
        return 1 if wrong else 0
    if a.what == "links":
        with open(a.links, encoding="utf-8", newline="") as f:
            result = links(docs, load(a.pairs), list(csv.DictReader(f)), a.errors)
        print(json.dumps(result) if a.json else "\n".join(f"{k:24} {v}" for k, v in result.items()))
        return 0
    if a.what == "agree":
        one, other = ({d["id"]: d for d in load([p])} for p in a.gold)
        for d in (*one.values(), *other.values()):
            resolve(d, source_of(d))
        both = [one[i] for i in one if i in other]
        strip = lambda d: (d.get("events", []), d.get("figures", []))
        result, log = compare(both, lambda d: strip(other[d["id"]]), source_of)
    else:
        with open(a.pred, encoding="utf-8") as f:
            pred = {r["id"]: r for r in map(json.loads, f)}
        result, log = compare(docs, lambda d: predicted(pred.get(d["id"], {})), source_of)
    if a.json:
        print(json.dumps(result))
    else:
        for k, v in result.items():
            print(f"{k:20}", v)
    for k, rows in sorted(log.items()) if a.errors else ():
        print(f"\n{k} ({len(rows)})", *rows[: a.errors], sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
