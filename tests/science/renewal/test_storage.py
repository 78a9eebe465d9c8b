"""A model as text: it comes back the same, to the last bit, and nothing else is taken for one."""

import json

import pytest

from arbiter.science.renewal import (
    UNTOLD,
    cases,
    day_one,
    effects,
    fingerprint,
    from_cases,
    from_json,
    learn,
    to_json,
)
from tests.science.renewal.contracts import TOLD
from tests.science.renewal.pasts import open_ones, past


@pytest.fixture(scope="module")
def models():
    options = {"base_rate": TOLD, "open_contracts": open_ones(20)}
    return {
        "first day": day_one(open_ones(20), base_rate=UNTOLD),
        "few": learn(past(30), **options),
        "both": learn(past(130, level=1.5), **options),
    }


@pytest.mark.parametrize("name", ["first day", "few", "both"])
def test_a_stored_model_forecasts_the_same_to_the_last_bit(models, name):
    model, seen = models[name], cases(open_ones(60, seed=7))

    again = from_json(to_json(model))
    before, after = from_cases(seen, model), from_cases(seen, again)

    for column in ("eta", "sd", "probability", "low", "high"):
        assert (getattr(before, column) == getattr(after, column)).all()
    assert (effects(before, model) == effects(after, again)).all()
    assert to_json(again) == to_json(model)
    assert again.learnt == model.learnt


def test_each_model_has_a_fingerprint_of_its_own(models):
    prints = {fingerprint(model) for model in models.values()}

    assert len(prints) == 3
    assert all(len(each) == 64 for each in prints)


def test_only_the_forest_is_text_within_the_text(models):
    told = json.loads(to_json(models["both"]))

    assert told["challenger"]["text"].startswith("tree\n")
    assert json.loads(to_json(models["few"]))["challenger"] is None


@pytest.mark.parametrize("text", ["[]", "{}", '{"form": "renewal-model/0"}', "nonsense"])
def test_any_other_text_is_refused(text):
    with pytest.raises(ValueError, match=r"form|Expecting"):
        from_json(text)


def test_columns_this_version_does_not_know_are_refused(models):
    told = json.loads(to_json(models["few"]))
    told["columns"][3] = "horoscope"

    with pytest.raises(ValueError, match="other columns"):
        from_json(json.dumps(told))
