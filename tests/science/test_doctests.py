"""Every example in the docstrings of science is run."""

import doctest
import importlib
import pkgutil

import pytest

from arbiter import science

MODULES = sorted(
    found.name for found in pkgutil.walk_packages(science.__path__, "arbiter.science.")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_come_out_as_written(name):
    outcome = doctest.testmod(importlib.import_module(name))

    assert outcome.failed == 0


def test_the_modules_with_formulas_are_among_them():
    assert {"arbiter.science.interval", "arbiter.science.renewal.model"} <= set(MODULES)
