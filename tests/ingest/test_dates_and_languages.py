"""Days told in full, and languages told apart."""

import pytest

from kg.ingest.dates import day_of
from kg.ingest.language import language_of


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031-10-07", "2031-10-07"),
        ("2031-10-07T23:59:00+03:00", "2031-10-07"),
        ("2031-10-07 10:00", "2031-10-07"),
        ("Tue, 07 Oct 2031 09:00:00 +0300", "2031-10-07"),
        ("7 October 2031", "2031-10-07"),
        ("7th October, 2031", "2031-10-07"),
        ("October 7, 2031", "2031-10-07"),
        ("Oct. 7, 2031, 4:59 p.m.", "2031-10-07"),
        ("SEPT 7, 2031", "2031-09-07"),
        ("AUGUST 2 , 2031 | 08:06AM", "2031-08-02"),
        ("07/10/2031", None),
        ("2031-10", None),
        ("October 2031", None),
        ("31 September 2031", None),
        ("2031-13-01", None),
        ("20311007", None),
        ("yesterday", None),
        ("Tuesday", None),
        ("Maybe 7, 2031", None),
        ("", None),
    ],
)
def test_a_day_is_told_in_full_or_not_at_all(written, day):
    assert day_of(written) == day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge was hit, the mayor said.", "en"),
        ("Drones over harbour.", "en"),
        ("de la Cruz, el-Sisi, al-Shabaab", "en"),
        ("Die Brücke wurde in der Nacht zerstört, sagte der Bürgermeister, und niemand ist verletzt.", "de"),
        ("Le pont a été détruit dans la nuit, selon le maire, qui est sur les lieux avec des pompiers.", "fr"),
        ("El puente fue destruido por la noche, dijo el alcalde, y no se sabe más de las causas.", "es"),
        ("De brug werd in de nacht verwoest, zei de burgemeester, en het is niet bekend door wie.", "nl"),
        ("Most został zniszczony w nocy, powiedział burmistrz, i nie jest jasne, kto to zrobił.", "pl"),
        ("Bron förstördes under natten och det är inte känt av vem, sade borgmästaren som var på plats.", "sv"),
        ("Köprü gece yıkıldı, belediye başkanı bunun için bir açıklama yaptı ve çok üzgün olduğunu söyledi.", "tr"),
        ("Міст був зруйнований уночі, і ніхто не постраждав, сказав мер міста у вівторок.", "uk"),
        ("Мост был разрушен ночью, и никто не пострадал, как сказал мэр города во вторник, но это не всё.", "ru"),
        ("الجسر دمر في الليل", "ar"),
        ("הגשר נהרס בלילה", "he"),
        ("大桥在夜间被毁", "zh"),
        ("橋は夜間に破壊されました", "ja"),
        ("다리가 밤에 파괴되었다", "ko"),
        ("Η γέφυρα καταστράφηκε", "el"),
        ("1234 !? 🙂", "und"),
        ("", "und"),
    ],
)
def test_a_language_is_told(text, language):
    assert language_of(text) == language
