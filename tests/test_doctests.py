"""What docstrings show is what happens."""

import doctest
import importlib
import pkgutil

import pytest

import kg

MODULES = [each.name for each in pkgutil.walk_packages(kg.__path__, "kg.") if not each.name.endswith("__main__")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(examples) >= 10
