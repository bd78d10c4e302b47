"""Two invented articles of one night, read by hand: every noun of kg.model has its place in them."""

from kg.model import (
    ActorKind,
    Article,
    Attribution,
    Certainty,
    Channel,
    ChannelKind,
    CharSpan,
    Claimant,
    ClaimRelation,
    Comparator,
    Corpus,
    Entity,
    EventMention,
    Extraction,
    Extractor,
    Figure,
    Happening,
    IdentityLink,
    Issue,
    Kind,
    MeasureLink,
    Medium,
    Mention,
    Narration,
    Place,
    PlaceMention,
    Polarity,
    Ref,
    Relation,
    ResolvedBy,
    Role,
    Style,
    Tense,
    TimeBasis,
    TimeExpression,
    WireCopy,
)

POST = """Sirens sounded in Tarn at dawn.

Harbour master Ada Lind wrote on Telegram that nine of at least 12 drones were shot down over Tarn overnight, the Coast Wire reports.

"We will," she said, "rebuild the old pier." She urged residents to leave. The Post could not verify the figures.

Norland has not acknowledged the raid. The ministers will meet in Tarn on Thursday.
"""

WIRE = """Norland's navy denied that drones were launched at Tarn on the night of 4 March, and said that 11 were lost.
"""

SIGNED = Extractor("by hand", "1", "none")


def find(text, words, nth=0):
    """The span of the nth place where ``words`` stand in ``text``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return CharSpan(start, start + len(words))


def at(words, nth=0):
    return find(POST, words, nth)


LIND = Claimant("actor/ada-lind", "Ada Lind", ResolvedBy.EXPLICIT, ActorKind.PERSON)
SHE = Claimant("actor/ada-lind", "Ada Lind", ResolvedBy.PRONOUN, ActorKind.PERSON)
COAST_WIRE = Claimant("outlet/coast-wire", "Coast Wire", ResolvedBy.EXPLICIT, ActorKind.OUTLET)
THE_POST = Claimant("outlet/post", "The Post", ResolvedBy.EXPLICIT, ActorKind.OUTLET)
NORLAND = Claimant("actor/norland", "Norland", ResolvedBy.METONYMY, ActorKind.COUNTRY)
NAVY = Claimant("actor/navy-of-norland", "Navy of Norland", ResolvedBy.POSSESSIVE, ActorKind.ORGANIZATION)
NIGHT = TimeExpression("overnight", "2024-03-04/2024-03-05", TimeBasis.DOCUMENT_DATE, at("overnight"))


def tarn(nth, relation=None, text=POST):
    return PlaceMention(find(text, "Tarn", nth), "place/tarn", "Tarn", 57.5, -3.25, "2636790", relation)


TARN = Place("place/tarn", "Tarn", 57.5, -3.25, "2636790", ("place/norland",), "city")
LAND = Place("place/norland", "Norland", 60.0, -3.0, None, (), "country")

NINE = Figure(at("nine"), "nine", 9, 9, 9, Comparator.EQ, "count", "drones", "shot down", of=1)
TWELVE = Figure(at("at least 12"), "at least 12", 12, 12, None, Comparator.GE, "count", "drones", "launched")

RAID = Extraction(
    Article("tarn/raid 1", POST, "Drones over Tarn", "The Post", "https://post.example/1", "2024-03-05"),
    SIGNED,
    attributions=(
        Attribution(
            cue=(at("reports"),),
            content=(
                at(
                    "Harbour master Ada Lind wrote on Telegram that nine of at least 12 drones were shot down over Tarn overnight"
                ),
            ),
            source=(at("the Coast Wire"),),
            rule="reported-speech",
            id="a1",
            kind=Kind.RELAY,
            claimant=COAST_WIRE,
            confidence=0.9,
            cue_lemma="report",
        ),
        Attribution(
            cue=(at("wrote"),),
            content=(at("nine of at least 12 drones were shot down over Tarn overnight"),),
            source=(at("Harbour master Ada Lind"),),
            rule="reported-speech",
            id="a2",
            medium=Medium.WRITING,
            claimant=LIND,
            role="harbour master",
            channel=Channel(at("Telegram"), "channel/telegram", "Telegram", ChannelKind.PLATFORM),
            embedded_in="a1",
            confidence=0.95,
            cue_lemma="write",
        ),
        Attribution(
            cue=(at("said"),),
            content=(at("We will,"), at("rebuild the old pier.")),
            source=(at("she"),),
            rule="quotations",
            id="a3",
            kind=Kind.COMMITMENT,
            style=Style.DIRECT,
            claimant=SHE,
            confidence=0.9,
            cue_lemma="say",
        ),
        Attribution(
            cue=(at("urged"),),
            content=(at("residents to leave"),),
            source=(at("She"),),
            rule="reported-speech",
            id="a4",
            kind=Kind.DIRECTIVE,
            claimant=SHE,
            confidence=0.85,
            cue_lemma="urge",
        ),
        Attribution(
            cue=(at("could not verify"),),
            content=(at("the figures"),),
            source=(at("The Post"),),
            rule="reported-speech",
            id="a5",
            kind=Kind.VERIFICATION,
            claimant=THE_POST,
            about=("a2",),
            polarity=Polarity.NEGATIVE,
            confidence=0.9,
            cue_lemma="verify",
            outcome="could_not_verify",
        ),
        Attribution(
            cue=(at("has not acknowledged"),),
            content=(at("the raid"),),
            source=(at("Norland"),),
            rule="reported-speech",
            id="a6",
            kind=Kind.NON_STATEMENT,
            claimant=NORLAND,
            about=("a2",),
            polarity=Polarity.NEGATIVE,
            confidence=0.9,
            cue_lemma="acknowledge",
        ),
    ),
    narrations=(
        Narration("n1", (at("Sirens sounded in Tarn at dawn."),)),
        Narration("n2", (at("The ministers will meet in Tarn on Thursday."),)),
    ),
    events=(
        EventMention(at("Sirens sounded"), "AirRaidAlert", "e1", "n1", place=tarn(0), rule="triggers"),
        EventMention(
            at("shot down"),
            "Interception",
            "e2",
            "a2",
            (Role("target", at("drones"), "drones"),),
            tarn(1),
            time=NIGHT,
            figures=(NINE, TWELVE),
            rule="triggers",
        ),
        EventMention(
            at("rebuild"),
            "Restoration",
            "e3",
            "a3",
            (Role("agent", at("We"), "Ada Lind", "actor/ada-lind"),),
            tense=Tense.FUTURE,
        ),
        EventMention(at("leave"), "Evacuation", "e4", "a4", certainty=Certainty.UNSPECIFIED, tense=Tense.FUTURE),
        EventMention(
            at("meet"),
            "Meeting",
            "e5",
            "n2",
            place=tarn(2),
            tense=Tense.FUTURE,
            time=TimeExpression("on Thursday", "2024-03-07", TimeBasis.DOCUMENT_DATE, at("on Thursday")),
        ),
    ),
    places=(tarn(0), tarn(1), tarn(2)),
    mentions=(Mention(at("Ada Lind"), ActorKind.PERSON, "Ada Lind", "actor/ada-lind"),),
    issues=(Issue("scare-quotes", "invented, for this sample: look at the quotation", at("the old pier")),),
    places_known=(TARN,),
)


def wire(words, nth=0):
    return find(WIRE, words, nth)


DENIAL = Extraction(
    Article("wire-1", WIRE, None, "Coast Wire", None, "2024-03-06"),
    SIGNED,
    attributions=(
        Attribution(
            cue=(wire("denied"),),
            content=(wire("drones were launched at Tarn on the night of 4 March"),),
            source=(wire("Norland's navy"),),
            rule="reported-speech",
            id="a1",
            claimant=NAVY,
            polarity=Polarity.NEGATIVE,
            confidence=0.9,
            cue_lemma="deny",
        ),
        Attribution(
            cue=(wire("said"),),
            content=(wire("11 were lost"),),
            source=(wire("Norland's navy"),),
            rule="reported-speech",
            id="a2",
            claimant=NAVY,
            asserted=TimeExpression(
                "on the night of 4 March", "2024-03-04", TimeBasis.EXPLICIT, wire("on the night of 4 March")
            ),
            confidence=0.9,
            cue_lemma="say",
        ),
    ),
    events=(
        EventMention(
            wire("launched"),
            "DroneStrike",
            "e1",
            "a1",
            (Role("agent", wire("Norland's navy"), "Navy of Norland", "actor/navy-of-norland"),),
            places=(tarn(0, "target", WIRE),),
            time=TimeExpression(
                "the night of 4 March", "2024-03-04/2024-03-05", TimeBasis.EXPLICIT, wire("the night of 4 March")
            ),
        ),
        EventMention(
            wire("lost"),
            "Interception",
            "e2",
            "a2",
            place=tarn(0, text=WIRE),
            time=TimeExpression("the night of 4 March", "2024-03-04/2024-03-05", TimeBasis.EXPLICIT),
            figures=(Figure(wire("11"), "11", 11, 11, 11, Comparator.EQ, "count", "drones", "shot down"),),
        ),
    ),
    issues=(Issue("no-title", "invented, for this sample"),),
)

CORPUS = Corpus(
    entities=(
        Entity("actor/ada-lind", "Ada Lind", ActorKind.PERSON, ("Lind",), ("tarn",)),
        Entity("actor/norland", "Norland", ActorKind.COUNTRY, (), ("norland",)),
        Entity("outlet/coast-wire", "Coast Wire", ActorKind.OUTLET),
    ),
    links=(
        IdentityLink("actor/ada-lind", "actor/ada-lind", "itself"),
        IdentityLink("actor/navy-of-norland", "actor/norland", "alias", 0.8),
        IdentityLink("actor/norland", "actor/norland", "itself"),
        IdentityLink("outlet/coast-wire", "outlet/coast-wire", "itself"),
        IdentityLink("outlet/post", "outlet/post", "itself"),
    ),
    places=(TARN, LAND),
    happenings=(
        Happening(
            "happening/interception-tarn-2024-03-04",
            "interception, Tarn, 4-5 March 2024",
            "Interception",
            (Ref("tarn/raid 1", "e2"), Ref("wire-1", "e2")),
            "2024-03-04/2024-03-05",
            "place/tarn",
        ),
    ),
    relations=(
        ClaimRelation(
            Ref("tarn/raid 1", "a2"),
            Ref("wire-1", "a2"),
            Relation.CONTRADICTS,
            "figures",
            "disjoint_intervals",
            (("wire-1", wire("11")),),
            0.8,
        ),
    ),
    measures=(MeasureLink("uavs", "downed", "drones", "shot down"),),
    copies=(WireCopy("wire-1", "tarn/raid 1", 0.125),),
    reported_by=(
        ("actor/ada-lind", "channel/telegram"),
        ("actor/ada-lind", "outlet/coast-wire"),
        ("actor/navy-of-norland", "outlet/coast-wire"),
        ("actor/norland", "outlet/post"),
        ("outlet/coast-wire", "outlet/post"),
        ("outlet/post", "outlet/post"),
    ),
    channels=(("channel/telegram", "Telegram", "platform"),),
)
