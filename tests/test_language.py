"""The language check finds banned words in prose, and nothing in quoted examples, code or names that are exempt."""

import pytest

from scripts.language import READERS, check, find_words, read_rules

RULES = read_rules()


@pytest.mark.parametrize(
    ("suffix", "text", "found"),
    [
        (".py", '"""Return what is told."""\n', [(1, "told")]),
        (".py", "x = 1  # held for later\n", [(1, "held")]),
        (".py", '"""First line.\n\nIt hangs on the order."""\n', [(3, "hangs")]),
        (".py", "def mended_text(): ...\n", [(1, "mended")]),
        (".py", 'raise ValueError("made anew at each build")\n', [(1, "anew")]),
        (".py", '"""Find "he told reporters"."""\n', []),
        (".py", "told_by = {'told': 1}\n", []),
        (".md", "# A page\n\nThe ledger is rebuilt.\n", [(3, "ledger")]),
        (".md", "The field `told_by`.\n\n```sh\nkg fix\n```\n", []),
        (".rq", "#+ summary: Who told it\nSELECT ?told {}\n", [(1, "told")]),
        (".ttl", 'skos:definition "As told."@en ; skos:example "They told us."@en .\n', [(1, "told")]),
        (".js", "const a = 'Most told of'; // kept apart\n", [(1, "apart"), (1, "told")]),
        (".html", "<button>Held back</button>\n", [(1, "Held")]),
        (".tsv", "# what is told\nword\ntold\n", [(1, "told")]),
    ],
)
def test_prose_is_checked_and_examples_are_not(suffix, text, found):
    words = find_words(READERS[suffix](text, RULES), RULES)
    assert sorted((line, word) for line, word, _ in words) == found


def test_the_project_uses_no_banned_word():
    assert list(check(RULES)) == []
