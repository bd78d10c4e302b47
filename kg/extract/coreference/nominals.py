"""Find the actor that a noun means: "the governor", "the ministry", "his office", "a statement from the port", "officials"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.actors import mentions, names, states
from kg.extract.coreference.mention_index import Description, MentionTokens, title_noun
from kg.extract.coreference.salience import BODIES, SUBJECTS, Actor, Reference, SalienceModel
from kg.model import ActorKind, Claimant, ResolvedBy


def resolve_nominal(mind: SalienceModel, token: Token, place: MentionTokens | None) -> Reference | None:
    """Return the actor that a noun means, ``place`` being its mention where it is one; None where it means no one who could speak."""
    known = names.noun_of(token.lemma_, mind.parsed.lexicon)
    speaks = token.i in mind.sources
    if (known is None and not speaks) or token.dep_ in {"compound", "nmod"} or _carries_name(mind, token):
        return None
    if token.dep_ in {"appos", "attr"} and not speaks and (named := _described_by(mind, token)) is not None:
        return named
    kind = known.kind if known is not None else ""
    if kind in {"organization", "outlet"} and (own := _named_before(mind, token)) is not None:
        named = mind.named(own)
        named.actor.nouns.add(token.lemma_.lower())  # "the CGT union" may be "the union" from now on
        return named
    gender = known.gender if known is not None else ""
    if (_definite(mind, token) and mind.owner(token) is None) or kind == "group":
        found = _introduced(mind, token, kind, gender)
        if found is not None:
            return found
    if kind == "document":
        return _author(mind, token) or (_new(mind, token, place, kind, gender) if speaks else None)
    if kind in {"person", "group", ""} or speaks:
        return _new(mind, token, place, kind, gender)
    return None


def _named_before(mind: SalienceModel, token: Token) -> MentionTokens | None:
    """The body whose name stands before its noun: "the United Nations humanitarian office"."""
    for child in token.lefts:
        place = mind.cast.at.get(child.i) if child.dep_ in {"compound", "nmod"} else None
        if place is not None and place.mention.kind in BODIES:
            return place
    return None


def _described_by(mind: SalienceModel, token: Token) -> Reference | None:
    """The actor that a noun only describes further: "Popko, head of ...", "she is a lawyer"."""
    other = token.head
    if token.dep_ == "attr":
        other = next((child for child in token.head.children if child.dep_ in SUBJECTS), token)
    found = mind.at.get(other.i)
    if found is None or found.how is ResolvedBy.UNRESOLVED:
        return None
    found.actor.nouns.add(token.lemma_.lower())
    known = names.noun_of(token.lemma_, mind.parsed.lexicon)
    if known is not None and known.gender and not found.actor.gender:
        found.actor.gender = known.gender
    return Reference(found.actor, ResolvedBy.NAME)


def _carries_name(mind: SalienceModel, token: Token) -> bool:
    """Whether a name in apposition says who this is: "the governor, Roman Hladun"."""
    if any(
        child.dep_ == "appos" and child.i in mind.cast.at and mind.cast.at[child.i].mention.kind is ActorKind.PERSON
        for child in token.children
    ):
        return True
    inside = mind.cast.inside(token.doc[token.i + 1 : token.right_edge.i + 1])
    return any(title_noun(place, mind.parsed.lexicon) == token for place in inside)


def _introduced(mind: SalienceModel, token: Token, kind: str, gender: str) -> Reference | None:
    """Who was introduced by this noun before, or else later; a body or a person most in mind where the noun is general."""
    lemma = names.full_title(token.lemma_, mind.parsed.lexicon)
    plural = token.tag_ in {"NNS", "NNPS"}
    sort = _sort(kind)
    same = [
        actor
        for actor in mind.actors.values()
        if lemma in actor.nouns
        and (actor.plural == plural or kind == "group")
        and (not sort or actor.kind in sort)
        and _fits(mind, token, actor)
    ]
    if same:
        named = [actor for actor in same if actor.kind is not ActorKind.UNNAMED]
        return Reference(max(named or same, key=lambda actor: (actor.salience, actor.last)), ResolvedBy.NAME)
    if plural:
        return None
    if kind == "person":
        later = [
            place
            for place, role in _described_later(mind, lemma)
            if _modifiers(mind, token) | _complements(token) <= role.lemmas | role.others
        ]
        if len({place.mention.id for place in later}) == 1:
            return Reference(mind.named(later[0]).actor, ResolvedBy.NAME)
    if _possessed(token) or _modifiers(mind, token):
        return None
    if kind in {"organization", "outlet"}:
        found = mind.most_in_mind({ActorKind.OUTLET} if kind == "outlet" else {ActorKind.ORGANIZATION}, "")
        return found if found is not None and _may_be_called(mind, token, found.actor) else None
    if token.i in mind.sources and (kind == "person" or _aged(token)):
        found = mind.most_in_mind({ActorKind.PERSON}, gender)
        if found is not None and (_aged(token) or not found.actor.nouns):
            return found
    return None


def _may_be_called(mind: SalienceModel, token: Token, actor: Actor) -> bool:
    """Whether a body may be called so without having been introduced so: any is "the company"; no union "the opposition"."""
    broad = token.lemma_.lower() in mind.parsed.lexicon.words("reference_words", "broad")
    return (broad and not any(child.dep_ == "amod" for child in token.lefts)) or token.lemma_.lower() in {
        word.lower() for word in actor.claimant.label.split()
    }


def _fits(mind: SalienceModel, token: Token, actor: Actor) -> bool:
    """Whether what stands before the noun does not speak against the actor: "the foreign minister" is no other minister."""
    wanted = _modifiers(mind, token) | _complements(token)
    if not wanted:
        return True
    known = {word.lower() for word in actor.claimant.label.split()} | actor.nouns
    for role in mind.cast.roles.get(actor.claimant.id, ()):
        known |= role.lemmas | role.others
    return wanted <= known


def _author(mind: SalienceModel, token: Token) -> Reference | None:
    """Whose document it is: "a statement from the ministry", "the ministry's report"."""
    for child in token.children:
        if child.dep_ == "poss" and child.i in mind.at and not _is_about(token, mind.at[child.i].actor):
            return Reference(mind.at[child.i].actor, ResolvedBy.METONYMY)
        if child.lower_ in {"by", "from"} or child.dep_ == "acl":
            for below in child.subtree:
                place = mind.cast.at.get(below.i)
                if place is not None and below.dep_ == "pobj" and below.head.lower_ in {"by", "from"}:
                    m = place.mention
                    actor = mind.actor(Claimant(m.id, m.label, ResolvedBy.NAME, m.kind))
                    actor.nouns.add(token.lemma_.lower())
                    return Reference(actor, ResolvedBy.METONYMY)
    return None


def _is_about(document: Token, owner: Actor) -> bool:
    """Whether a document is about the person in the possessive, who did not write it: "his arrest report"."""
    return owner.human and any(child.dep_ in {"compound", "nmod"} for child in document.lefts)


def _new(mind: SalienceModel, token: Token, place: MentionTokens | None, kind: str, gender: str) -> Reference:
    span = mentions.noun_phrase(token)
    label = names.without_determiner(names.squeeze(span.text), mind.parsed.lexicon) or token.text
    ident = mentions.unnamed_id(mind.parsed, label, span.start_char)
    how = ResolvedBy.EXPLICIT
    owner = mind.owner(token)
    if owner is not None:
        label, how = f"{owner.claimant.label}'s {token.doc[span.start + 1 : span.end].text}", ResolvedBy.POSSESSIVE
    elif place is not None:
        label, ident = place.mention.label, place.mention.id
    elif (
        _definite(mind, token)
        and not _possessed(token)
        and (not _is_specified(token) or states.state_body(label, mind.parsed.lexicon))
    ):
        how = ResolvedBy.UNRESOLVED
    body = kind in {"organization", "outlet"}
    claimant = Claimant(ident, label, how, ActorKind.ORGANIZATION if body else ActorKind.UNNAMED)
    plural = token.tag_ == "NNS" or kind == "group"
    actor = mind.actor(claimant, gender=gender, plural=plural, nouns={token.lemma_.lower()})
    actor.thing = kind == "document"
    return Reference(actor, how)


def _definite(mind: SalienceModel, token: Token) -> bool:
    first = token.doc[token.left_edge.i]
    return first.lower_ in mind.parsed.lexicon.words("reference_words", "anaphoric") or _possessed(token)


def _possessed(token: Token) -> bool:
    return any(child.dep_ == "poss" for child in token.children)


def _modifiers(mind: SalienceModel, token: Token) -> set[str]:
    """The nouns before a noun that say which one is meant, and "prime", "foreign" where they are a part of an office."""
    offices = mind.parsed.lexicon.words("reference_words", "office")
    return {
        child.lemma_.lower()
        for child in token.lefts
        if child.dep_ in {"compound", "nmod"} or (child.dep_ == "amod" and child.lower_ in offices)
    }


def _complements(token: Token) -> set[str]:
    """What "of" or "for" says of a noun: "the head of the country" is not the head of the city's administration."""
    return {
        noun.lemma_.lower()
        for prep in token.rights
        if prep.dep_ == "prep" and prep.lower_ in {"of", "for"}
        for noun in prep.children
        if noun.dep_ == "pobj"
    }


def _is_specified(token: Token) -> bool:
    """Whether the words around say which one is meant: "the regional prosecutor", "the members of the council"."""
    return any(
        child.dep_ in {"compound", "nmod", "amod", "poss", "relcl", "acl"} or child.lower_ in {"of", "for", "in", "at"}
        for child in token.children
    )


def _aged(token: Token) -> bool:
    """Whether the words before say a person's age: "the 26-year-old right wing"."""
    return any(other.lower_.endswith("old") for other in token.subtree if other.i < token.i)


def _sort(kind: str) -> frozenset[ActorKind]:
    """The kinds of actors that a noun of this kind may mean; empty: any."""
    if kind == "person":
        return frozenset({ActorKind.PERSON, ActorKind.UNNAMED})
    return BODIES if kind in {"organization", "outlet"} else frozenset()


def _described_later(mind: SalienceModel, lemma: str) -> list[tuple[MentionTokens, Description]]:
    """The mentions that are given a role of this noun anywhere in the article."""
    return [
        (place, role)
        for place in mind.cast.places
        for role in mind.cast.roles.get(place.mention.id, ())
        if role.at == place.start and role.head == lemma
    ]
