"""The terms that the graph is written in, and how nodes get their addresses.

A term is written as N-Triples write it (``<iri>``, ``"text"``): what is stored needs no parsing, and nothing that stands
in an article can end a literal or an IRI. What the terms mean stands in ontology/kg.ttl.

An address is made of where something stands and never of a clock or of chance, so that the same article gives the same
bytes; it is the same for the same id, and different for different ids, whatever characters those hold:

    doc/ARTICLE                              an article; ARTICLE#char=4,12 a span of it (RFC 5147)
    attribution/ARTICLE:CUE-CONTENT          by the starts of its cue and of its content (two contents may share a cue)
    attribution/ARTICLE:nCONTENT             a narration
    event/ARTICLE:TELLER:TRIGGER-TYPE        an event as told by that attribution or narration
    figure/ARTICLE:TELLER:TRIGGER-TYPE:START-END
    actor/..., outlet/..., channel/..., place/..., party/..., happening/...     as the id says
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote

from kg.model import ActorKind, ChannelKind, CharSpan, Kind

ID = "https://w3id.org/newsclaims/id/"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Quad(NamedTuple):
    """A statement and the graph it stands in; each part as N-Triples write it."""

    subject: str
    predicate: str
    object: str
    graph: str

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} {self.graph} ."


class Namespace:
    """Terms by attribute: ``KG.claims`` is ``<https://w3id.org/newsclaims/ns#claims>``."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __getattr__(self, name: str) -> str:
        return f"<{self.base}{name}>"

    def __getitem__(self, name: str) -> str:
        """The term of a name that comes from elsewhere: whatever it holds, it stays one IRI."""
        return f"<{self.base}{part(name)}>"


KG = Namespace("https://w3id.org/newsclaims/ns#")
KGV = Namespace("https://w3id.org/newsclaims/vocab/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCT = Namespace("http://purl.org/dc/terms/")
WGS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
GEONAMES = Namespace("https://sws.geonames.org/")

_NODES = (
    "doc attribution event figure actor outlet channel place party happening measure relation link copy issue extraction"
    " extractor graph judgement"
)

#: what exports bind, so that Turtle reads well: the vocabularies, and one prefix a kind of node
PREFIXES = {
    "kg": KG.base,
    "kgv": KGV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "xsd": XSD.base,
    "skos": SKOS.base,
    "schema": SCHEMA.base,
    "prov": PROV.base,
    "dct": DCT.base,
    "wgs": WGS.base,
    "gn": GEONAMES.base,
    **{name: f"{ID}{name}/" for name in _NODES.split()},
}

#: the classes of an actor, the narrowest first: superclasses are written out, so that no query needs a reasoner
ACTOR_CLASSES = {
    ActorKind.PERSON: (KG.Person, KG.Actor, KG.Source),
    ActorKind.ORGANIZATION: (KG.Organization, KG.Actor, KG.Source),
    ActorKind.OUTLET: (KG.Outlet, KG.Organization, KG.Channel, KG.Actor, KG.Source),
    ActorKind.COUNTRY: (KG.State, KG.Actor, KG.Source),
    ActorKind.GROUP: (KG.Group, KG.Actor, KG.Source),
    ActorKind.UNNAMED: (KG.UnnamedSource, KG.Actor, KG.Source),
}

CHANNEL_CLASSES = {
    ChannelKind.PLATFORM: (KG.Platform, KG.Channel),
    ChannelKind.BULLETIN: (KG.Bulletin, KG.Channel),
    ChannelKind.OUTLET: ACTOR_CLASSES[ActorKind.OUTLET],
}

ATTRIBUTION_CLASSES = {
    Kind.CLAIM: (KG.Claim, KG.Attribution, SCHEMA.Claim),
    Kind.RELAY: (KG.Relay, KG.Attribution),
    Kind.DIRECTIVE: (KG.Directive, KG.Attribution),
    Kind.COMMITMENT: (KG.Commitment, KG.Attribution),
    Kind.OPINION: (KG.Opinion, KG.Attribution),
    Kind.NON_STATEMENT: (KG.NonStatement, KG.Attribution),
    Kind.VERIFICATION: (KG.VerificationStatement, KG.Attribution),
}

NARRATION_CLASSES = (KG.NarratorClaim, KG.Claim, KG.Attribution, SCHEMA.Claim)


# ------------------------------------------------------------------------------------------------ literals


def text(words: str) -> str:
    """Exact words, as a plain string. A lone surrogate, which is no character, becomes U+FFFD: lengths stay."""
    words = _LONE_SURROGATE.sub("\ufffd", words)
    return f'"{_ESCAPED.sub(_escape, words)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def integer(number: int) -> str:
    """A count or an offset."""
    return f'"{number}"^^{XSD.integer}'


def decimal(number: float) -> str:
    """A number that may have a fraction, without an exponent."""
    return f'"{Decimal(repr(number)):f}"^^{XSD.decimal}'


def quantity(number: float) -> str:
    """A figure's number: an integer where it is whole, so that a count stays a count."""
    return integer(int(number)) if number == int(number) else decimal(number)


def day(date: str) -> str:
    """A day, given as YYYY-MM-DD."""
    return f'"{date}"^^{XSD.date}'


# ------------------------------------------------------------------------------------------------ addresses


def part(name: str) -> str:
    """``name`` as one part of an address: whatever it holds, another name gives another part."""
    return quote(name, safe="", errors="surrogatepass").replace("~", "%7E")


def local(name: str) -> str:
    """``name`` as the end of an address; its slashes become colons, which Turtle need not escape."""
    return part(name).replace("%2F", ":")


def node(identifier: str) -> str:
    """The address of an actor, outlet, channel, place or happening of that id ("actor/oleksiy-kuleba")."""
    kind, slash, rest = identifier.partition("/")
    return f"<{ID}{part(kind)}{slash}{local(rest)}>"


def minted(kind: str, *parts: str) -> str:
    """The address of a node of ``kind`` that is named by ``parts``."""
    return f"<{ID}{kind}/{':'.join(parts)}>"


def name_of(address: str) -> str:
    """What tells a minted node from others of its kind."""
    return address[len(ID) + 1 : -1].partition("/")[2]


def document(article: str) -> str:
    """The address of an article."""
    return minted("doc", local(article))


def span_address(article: str, span: CharSpan) -> str:
    """The address of a stretch of an article."""
    return f"{document(article)[:-1]}#{span}>"


def article_graph(article: str) -> str:
    """The graph that holds all that one article tells."""
    return minted("graph", f"doc:{local(article)}")


#: the graph of what articles share: names, places, happenings, relations between claims; made anew at every build
SHARED = minted("graph", "shared")

#: the graph of what analysts judged: no build changes it, but for the address at which a judged claim is found again
ASSESSMENTS = minted("graph", "assessments")


def measure(counts: str, role: str) -> tuple[str, str]:
    """The concept of what is counted in which role, and its label; spacing, case and hyphens make no difference."""
    words = re.findall(r"\w+", f"{counts} {role}".casefold()) or ["not", "stated"]
    return minted("measure", "-".join(part(word) for word in words)), " ".join(words)
