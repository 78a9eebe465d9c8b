"""A row may point down the layers, and the row it points to must not know: no way back up, no lump."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

SETTINGS = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text())
CONTRACT = SETTINGS["tool"]["importlinter"]["contracts"][0]
# Part → how high it stands, from the very layers that the import checker holds us to.
HEIGHT = {
    part.strip(): -number
    for number, layer in enumerate(CONTRACT["layers"])
    for part in layer.split("|")
}


def relations():
    """Every relation from one of our parts to another, as (from part, field, to part)."""
    for model in apps.get_models():
        if model.__module__.startswith("arbiter."):
            for field in [*model._meta.fields, *model._meta.many_to_many]:
                to = field.related_model._meta.app_label if field.is_relation else None
                if to in HEIGHT and to != model._meta.app_label:
                    yield pytest.param(model._meta.app_label, field, to, id=str(field))


def test_the_layers_are_those_of_the_import_checker():
    assert HEIGHT["forecast"] > HEIGHT["outcomes"] > HEIGHT["voice"] > HEIGHT["accounts"]


@pytest.mark.parametrize(("part", "field", "other"), list(relations()))
def test_a_relation_points_down_and_leaves_no_way_back(part, field, other):
    assert HEIGHT[other] < HEIGHT[part], f"{field} points up, from {part} to {other}"
    assert field.remote_field.hidden, f'{field} needs related_name="+"'
