"""Every measure is judged for every way of doing business, with a reason and a page."""

from pathlib import Path

import pytest

from arbiter.science.business_models import BUSINESS_MODELS, MEASURES, business_model

METHOD = Path(__file__).resolve().parents[2] / "docs" / "method"


@pytest.mark.parametrize("key", BUSINESS_MODELS)
def test_every_measure_is_judged_with_a_sentence(key):
    judged = business_model(key).measures

    assert tuple(judged) == MEASURES
    assert all(each.because.endswith(".") for each in judged.values())


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_its_page_and_fits_somewhere(measure):
    assert (METHOD / f"{measure.replace('_', '-')}.md").exists()
    assert any(measure in each.fitting for each in BUSINESS_MODELS.values())


def test_only_where_leaving_is_seen_is_retention_counted():
    fitting = {key: set(each.fitting) for key, each in BUSINESS_MODELS.items()}

    assert {"renewal_rate", "customer_retention", "survival"} <= fitting["contract"]
    assert "renewal_rate" not in fitting["monthly"]
    assert not {"customer_retention", "logo_churn", "survival"} & fitting["orders"]
    assert all("lifetime_value" in each for each in fitting.values())


def test_the_horizon_is_told_in_the_periods_of_the_business():
    assert (
        business_model("contract").horizon_periods,
        business_model("contract").periods_per_year,
    ) == (5, 1)
    assert business_model("monthly").periods_per_year == 12


def test_what_is_said_on_the_page_is_what_the_code_says():
    page = " ".join((METHOD / "business-models.md").read_text(encoding="utf-8").split())

    for each in BUSINESS_MODELS.values():
        assert each.name in page
        assert f"`{each.key}`" in page
        assert each.retention in page


def test_an_unknown_way_of_doing_business_is_refused():
    with pytest.raises(ValueError, match="contract, monthly, orders"):
        business_model("barter")
