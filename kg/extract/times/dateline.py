"""The day that an article bears in its own text, where no date of publication is given: "Posted on 5 March 2024".

Only a line that says nothing else, or the dateline of an agency ("KABUL, Nov. 28, 2008 (AP) —"), and only a full date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.extract.lexicon import Lexicon
from kg.extract.times import expressions, normalise
from kg.extract.times.expressions import TimeWords
from kg.extract.times.normalise import Anchor
from kg.model import Article

#: how many lines, and characters, the head of an article has at most
LINES, REACH = 8, 900
#: how many words of a byline may stand in a date line beside the date
BYLINE = 3
#: how far into its line the date of an agency's dateline stands
AGENCY_REACH = 60

_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"https?\s?:\s?/|www\s?\.")
_AGENCY = re.compile(r"[^\S\n]*(?:\([^)\n]{2,30}\)[^\S\n]*)?(?:—|–|--|-|_)")


def article_day(article: Article, lexicon: Lexicon) -> tuple[date | None, bool]:
    """The day that relative times of an article are reckoned from, and whether only its text says so."""
    if article.published:
        return date.fromisoformat(article.published), False
    return find_dateline(article.text, lexicon), True


def find_dateline(text: str, lexicon: Lexicon) -> date | None:
    """The full date of the first date line in the head of a text, else that in the address of the page it begins with."""
    filler = frozenset(row["word"] for row in lexicon.rows("time_links") if row["kind"] == "dateline")
    times = [each for each in expressions.find_time_expressions(text, lexicon) if each.span.start < REACH]
    in_address = None
    for start, end in _lines(text):
        dates = [each for each in times if start <= each.span.start < end and _is_full(each)]
        if not dates:
            continue
        day = _day(dates[0])
        if day is None:
            continue
        if _ADDRESS.search(text[start:end]):
            in_address = in_address or day
        elif _is_date_line(text[start:end], dates[0], start, filler) or _is_agency_line(text, dates[0], start):
            return day
    return in_address


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = count = 0
    while at < min(len(text), REACH) and count < LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            count += 1
            yield at, end
        at = end + 1


def _is_full(words: TimeWords) -> bool:
    dated = bool({"year", "short_year"} & words.values.keys())
    return words.kind in {"date", "numeric"} and dated and not words.bound


def _day(words: TimeWords) -> date | None:
    edtf, _ = normalise.resolve(words, Anchor(None))
    return date.fromisoformat(edtf) if edtf else None


def _is_date_line(line: str, words: TimeWords, start: int, filler: frozenset[str]) -> bool:
    """Whether a line has no more than its date, a clock time and a byline of a few words."""
    rest = line[: words.span.start - start] + " " + line[words.span.end - start :]
    plain = [word for word in _WORD.findall(rest) if word.lower() not in filler]
    return len(plain) <= BYLINE and not rest.rstrip().endswith((".", "!", "?"))


def _is_agency_line(text: str, words: TimeWords, start: int) -> bool:
    """As in "KABUL, Afghanistan, Nov. 28, 2008 (AP) — Two": a place in capitals, the date, an agency or a dash."""
    before = text[start : words.span.start]
    if words.span.start - start > AGENCY_REACH or not _AGENCY.match(text, words.span.end):
        return False
    return (before.strip()[:1].isupper() and before.rstrip().endswith((",", "(", ")"))) or not before.strip()
