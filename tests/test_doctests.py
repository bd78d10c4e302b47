"""The examples in docstrings give the results that they show."""

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
