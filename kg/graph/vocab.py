"""Terms of the graph, and how nodes get their IRIs.

A term is in N-Triples syntax (``<iri>``, ``"text"``): the store needs no parsing, and no text from an article can end a
literal or an IRI. ontology/kg.ttl defines the terms.

An IRI is made from positions in the text, never from a clock or random numbers, so that the same article gives the same
bytes. Equal ids give equal IRIs and different ids different IRIs, whatever characters they have:

    doc/ARTICLE                              an article; ARTICLE#char=4,12 a span of it (RFC 5147)
    attribution/ARTICLE:CUE-CONTENT          by the start offsets of cue and content (two contents may share a cue)
    attribution/ARTICLE:nCONTENT             a narration
    event/ARTICLE:TELLER:TRIGGER-TYPE        an event as reported by that attribution or narration (TELLER)
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
    """A statement and its graph; each part in N-Triples syntax."""

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
        """Make the term of an untrusted name: whatever its characters, the result is one IRI."""
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

#: prefixes of exports: the vocabularies, and one prefix per kind of node
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

#: the classes of an actor, narrowest first: superclasses are materialised, so that queries need no reasoner
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
    """Write exact words as a plain string. A lone surrogate becomes U+FFFD, so that lengths do not change."""
    words = _LONE_SURROGATE.sub("\ufffd", words)
    return f'"{_ESCAPED.sub(_escape, words)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def integer(number: int) -> str:
    """Write a count or an offset."""
    return f'"{number}"^^{XSD.integer}'


def decimal(number: float) -> str:
    """Write a decimal number without an exponent."""
    return f'"{Decimal(repr(number)):f}"^^{XSD.decimal}'


def quantity(number: float) -> str:
    """Write the number of a figure: whole numbers as integers."""
    return integer(int(number)) if number == int(number) else decimal(number)


def day(date: str) -> str:
    """Write a date given as YYYY-MM-DD."""
    return f'"{date}"^^{XSD.date}'


# ------------------------------------------------------------------------------------------------ IRIs


def part(name: str) -> str:
    """Encode ``name`` as one part of an IRI: different names give different parts."""
    return quote(name, safe="", errors="surrogatepass").replace("~", "%7E")


def local(name: str) -> str:
    """Encode ``name`` as the end of an IRI; slashes become colons, which Turtle does not escape."""
    return part(name).replace("%2F", ":")


def node(identifier: str) -> str:
    """Make the IRI of an actor, outlet, channel, place or happening with this id ("actor/oleksiy-kuleba")."""
    kind, slash, rest = identifier.partition("/")
    return f"<{ID}{part(kind)}{slash}{local(rest)}>"


def minted(kind: str, *parts: str) -> str:
    """Make the IRI of a node of ``kind`` from ``parts``."""
    return f"<{ID}{kind}/{':'.join(parts)}>"


def name_of(address: str) -> str:
    """Return the part of an IRI that identifies a node among its kind."""
    return address[len(ID) + 1 : -1].partition("/")[2]


def document(article: str) -> str:
    """Make the IRI of an article."""
    return minted("doc", local(article))


def span_address(article: str, span: CharSpan) -> str:
    """Make the IRI of a span of an article."""
    return f"{document(article)[:-1]}#{span}>"


def article_graph(article: str) -> str:
    """Make the IRI of the named graph of an article."""
    return minted("graph", f"doc:{local(article)}")


#: the shared graph: labels, places, happenings, relations between claims; updated at every build
SHARED = minted("graph", "shared")

#: the graph of assessments: a build changes only the IRI of an assessed claim that moved
ASSESSMENTS = minted("graph", "assessments")


def measure(counts: str, role: str) -> tuple[str, str]:
    """Make concept and label of a measure (what is counted, in which role); spacing, case and hyphens are ignored."""
    words = re.findall(r"\w+", f"{counts} {role}".casefold()) or ["not", "stated"]
    return minted("measure", "-".join(part(word) for word in words)), " ".join(words)
