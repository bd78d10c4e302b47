"""The gazetteer: what lies in what, ids, the beat's own places, and that no text can break a look-up."""

import pickle
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.extract.lexicon import Lexicon
from kg.extract.places import gazetteer_build
from kg.extract.places.folding import fold, slug
from kg.extract.places.gazetteer import Gazetteer, open_gazetteer

HEAD = "id\tlabel\tlat\tlon\twithin\taliases\n"


@pytest.mark.parametrize(
    ("name", "holders"),
    [
        ("Kyiv", ["place/ukraine"]),
        ("Kyiv Oblast", ["place/ukraine"]),
        ("Bucha", ["place/bucha-raion", "place/kyiv-oblast", "place/ukraine"]),
        ("Brovary", ["place/brovary-raion", "place/kyiv-oblast", "place/ukraine"]),
        ("Bucha Raion", ["place/kyiv-oblast", "place/ukraine"]),
        ("Solomianskyi", ["place/kyiv", "place/ukraine"]),
        ("Ukraine", []),
    ],
)
def test_a_place_lies_in_its_holders(gazetteer, name, holders):
    place = gazetteer.named(name)[0].place
    assert [each.id for each in gazetteer.holders(place)] == holders


@pytest.mark.parametrize("name", ["Kyiv", "London", "Paris", "Madrid", "Washington", "Santiago", "Dublin", "San Jose"])
def test_a_large_capital_has_the_plain_id(gazetteer, name):
    place = gazetteer.place(f"place/{slug(name)}")
    assert place is not None
    assert gazetteer.is_capital(place.id)


def test_a_division_holds_the_districts_of_its_towns(gazetteer):
    """What is asked of Kyiv Oblast is found in Bucha and Brovary, and not in Kyiv, which lies in no oblast."""
    held = {
        name: "place/kyiv-oblast" in {each.id for each in gazetteer.holders(gazetteer.named(name)[0].place)}
        for name in ("Bucha Raion", "Brovary Raion", "Bucha", "Brovary", "Kyiv", "Kharkiv")
    }
    assert [name for name in held if held[name]] == ["Bucha Raion", "Brovary Raion", "Bucha", "Brovary"]


def test_ids_are_unique_and_lead_back_to_their_place(gazetteer):
    with closing(sqlite3.connect(gazetteer.path)) as db:
        total, slugs = db.execute("SELECT COUNT(*), COUNT(DISTINCT slug) FROM place").fetchone()
        homeless = db.execute(
            "SELECT COUNT(*) FROM place WHERE within IS NOT NULL AND within NOT IN (SELECT id FROM place)"
        ).fetchone()[0]
    assert (total, homeless) == (slugs, 0)
    for name in ("Kyiv", "Springfield", "Georgia", "St. Louis"):
        assert all(gazetteer.place(entry.place.id) == entry.place for entry in gazetteer.named(name))


@pytest.mark.parametrize(
    ("name", "lat", "lon", "off"),
    [
        ("Kyiv Oblast", 50.3, 30.5, 0.5),
        ("Cherkasy Oblast", 49.2, 31.4, 0.5),
        ("Illinois", 40.0, -89.2, 0.5),
        ("Texas", 31.3, -99.3, 0.5),
    ],
)
def test_a_division_has_a_point_near_its_middle(gazetteer, name, lat, lon, off):
    place = gazetteer.named(name)[0].place
    assert abs(place.lat - lat) < off
    assert abs(place.lon - lon) < off


@pytest.mark.parametrize("row", Lexicon().rows("places_extra"), ids=lambda row: row["label"])
def test_every_extra_place_has_its_names(gazetteer, row):
    names = [row["label"], *filter(None, row["aliases"].split("|"))]
    labels = [{entry.place.label for entry in gazetteer.named(name)} for name in names]
    assert all(row["label"] in some for some in labels)


@pytest.mark.parametrize("row", Lexicon().rows("place_countries"), ids=lambda row: row["code"])
def test_a_countrys_point_is_near_its_capital(gazetteer, row):
    """The middle of a country lies within 45 degrees of its capital: a slip of sign or column would not."""
    capital, land = gazetteer.capital(row["code"]), gazetteer.country(row["code"])
    if capital is None or land is None or capital.lat is None:
        return
    assert abs(land.lat - capital.lat) < 30
    assert min(abs(land.lon - capital.lon), 360 - abs(land.lon - capital.lon)) < 65


def test_capitals_and_demonyms(gazetteer):
    assert gazetteer.capital("UA").id == "place/kyiv"
    assert gazetteer.is_capital("place/kyiv")
    assert gazetteer.demonym("Ukrainians") == "UA"
    assert gazetteer.demonym("Kyiv") is None


def test_a_beats_places_come_first(tmp_path):
    table = tmp_path / "places.tsv"
    table.write_text(HEAD + "hrad\tHrad\t50.1\t30.2\tkyiv-oblast\tKyiv|Old Hrad\n", "utf-8")
    own = open_gazetteer([table])
    assert [entry.place.id for entry in own.named("Kyiv")][:2] == ["place/hrad", "place/kyiv"]
    assert [each.id for each in own.holders(own.place("place/hrad"))] == ["place/kyiv-oblast", "place/ukraine"]
    assert pickle.loads(pickle.dumps(own)).named("old hrad")[0].place.label == "Hrad"  # noqa: S301


@pytest.mark.parametrize("row", ["x\tX\tnorth\t1\t\t\n"])
def test_a_row_that_cannot_be_read_is_named(tmp_path, row):
    table = tmp_path / "places.tsv"
    table.write_text(HEAD + row, "utf-8")
    with pytest.raises(LexiconError, match="row 1"):
        open_gazetteer([table])


def test_a_failed_compilation_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(gazetteer_build, "SCHEMA", "not SQL")
    with pytest.raises(sqlite3.Error):
        gazetteer_build.compile_gazetteer(tmp_path / "g.sqlite")
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_any_text_can_be_looked_up(gazetteer, text):
    assert isinstance(gazetteer, Gazetteer)
    assert all(entry.place.id.startswith("place/") for entry in gazetteer.named(text))
    assert fold(text) == fold(text).lower()
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
