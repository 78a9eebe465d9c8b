"""Every measure is told in full, has its page, and others may add theirs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from arbiter.metrics import catalogue
from arbiter.metrics.measures.measure import Found, Measure, counted
from arbiter.metrics.picture.columns import Table
from arbiter.metrics.queries import measures
from arbiter.metrics.rules import BusinessModel
from tests.metrics.company import measure, picture, stays

ROOT = Path(__file__).resolve().parents[2]
ALL = catalogue.everything()


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_a_measure_is_told_in_full(each):
    assert each.question.endswith("?")
    assert each.formula
    assert each.timing in ("leading", "trailing")
    assert each.side in ("ours", "theirs")
    assert each.better in ("up", "down", "")
    assert each.kind in ("percent", "points", "number", "money", "duration")
    assert (each.unit != "") == (each.kind == "duration")
    assert each.parts
    assert all(bool(part.step) == bool(part.step_label) for part in each.parts)
    assert any(each.fits(model) for model in BusinessModel)


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
def test_a_measure_has_its_page_and_its_line_in_the_guide(each):
    assert (ROOT / f"docs/method/{each.doc}.md").exists()
    assert f"`{each.name}`" in (ROOT / "docs/guide/metrics.md").read_text()


def test_names_are_used_once_and_outcomes_come_first():
    names = [each.name for each in ALL]

    assert len(names) == len(set(names))
    assert next(each.group for each in ALL) == "outcomes"
    assert measures.find("nps").title == "NPS"
    assert measures.find("health_score") is None


@pytest.fixture
def registered():
    """What a test adds is taken away again."""
    before = dict(catalogue._added), dict(catalogue._sources)
    yield
    for kept, saved in zip((catalogue._added, catalogue._sources), before, strict=True):
        kept.clear()
        kept.update(saved)


def loud(picture):
    rows = picture.more["shouts"]
    found = int((rows.per_customer(len(picture)) > 0).sum())
    return Found(counted(found, len(picture)), count=found)


def shouts(moments, ids):
    return [Table(np.array([0]), {"at": np.array([1])}) for _ in moments]


def test_a_part_above_adds_a_measure_with_rows_of_its_own(db, registered):
    own = Measure(
        name="loud",
        title="Loud",
        question="Who shouts?",
        formula="loud ÷ all",
        group="standard",
        compute=loud,
        doc="nps",
        method="loud/1",
    )
    catalogue.register(own, source=("shouts", shouts))
    catalogue.register(replace(own, title="Louder"), source=("shouts", shouts))
    stays("First", segment="SMB")
    stays("Second")

    assert measure("loud").estimate.value == 0.5
    seen = picture()
    assert measure("loud", seen=seen.of(seen.segment == "SMB")).estimate.value == 1
    assert [each.title for each in measures.all_measures() if each.name == "loud"] == ["Louder"]
