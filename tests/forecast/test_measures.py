"""What forecast adds to the company's measures: the perception gap, surprises, and the error of forecasts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.forecast import measures
from arbiter.forecast.actions import anchors
from arbiter.forecast.models import Belief, Forecast, Opening
from arbiter.metrics import catalogue
from arbiter.voice.actions import answers
from arbiter.voice.models import Answer
from tests.metrics.company import JUNE, leaves, measure, names, noon, picture, stays
from tests.world import APRIL, MAY

pytestmark = pytest.mark.django_db


def believe(contract, probability, at=APRIL, **more):
    return Belief.objects.create(
        **{
            "contract": contract,
            "probability": Decimal(str(probability)),
            "at": at,
            "recorded_at": at,
            **more,
        }
    )


def said(contact, value, at=MAY):
    """An answer that came in from a file, and so is read at once."""
    return Answer.objects.create(
        contact=contact, kind="intent", value=value, at=at, recorded_at=at, import_id=1
    )


def contract_of(customer):
    return customer.contracts.order_by("starts_on").first()


def test_the_gap_is_what_we_believe_over_what_they_said(world):
    believe(world.harbour_contract, 0.9)
    believe(world.quay_contract, 0.5)
    said(world.dora, "yes")
    seen = picture()

    found = measure("perception_gap", seen=seen)

    believed, yes = (48 * 0.9 + 20 * 0.5) / 68, 48 / 68
    assert found.estimate.value == pytest.approx(believed - yes)
    assert (found.details["believed"], found.details["said"]) == pytest.approx((believed, yes))
    assert names(found, "not_said", seen) == ["Quay"]


def test_money_without_a_belief_is_told_apart(world):
    believe(world.quay_contract, 0.5)

    found = measure("perception_gap")

    assert (found.estimate.n, found.details["unbelieved"]) == (1, 48_000)


def test_the_newest_belief_known_by_then_counts(world):
    believe(world.quay_contract, 0.5, at=APRIL)
    believe(world.quay_contract, 0.7, at=MAY)
    believe(world.quay_contract, 0.9, at=MAY, recorded_at=noon(date(2026, 7, 3)))

    assert measure("perception_gap").details["believed"] == pytest.approx(0.7)
    assert measure("perception_gap", date(2026, 7, 3)).details["believed"] == pytest.approx(0.9)


def test_nobody_believes_anything(world):
    assert measure("perception_gap").estimate.note == "The team has stated no belief."


def test_an_opened_answer_is_no_longer_sealed(world):
    given = answers.give(contact=world.dora, kind="intent", value="yes", by=world.dora, at=MAY)
    assert picture().sealed.any()

    Opening.objects.create(
        contract=world.harbour_contract, answer_id=given.pk, by=world.ada, at=MAY
    )

    assert not picture().sealed.any()


def test_an_answer_is_sealed_until_the_belief_of_the_day(world):
    answers.give(contact=world.dora, kind="intent", value="yes", by=world.dora, at=MAY)
    believe(world.harbour_contract, 0.9, at=noon(date(2026, 7, 1)))

    assert picture(JUNE).sealed.any()
    assert not picture(date(2026, 7, 31)).sealed.any()


def test_a_loss_that_was_called_safe_is_a_surprise():
    for name, probability in (("Surprise", 0.9), ("Foreseen", 0.4)):
        believe(contract_of(leaves(name, avoidable=True)), probability, at=noon(date(2026, 1, 1)))
    leaves("Silence", avoidable=True)
    leaves("Fate", avoidable=False)
    seen = picture()

    found = measure("surprise_rate", seen=seen)

    assert (found.count, found.estimate.n) == (1, 3)
    assert names(found, "surprises", seen) == ["Surprise"]
    assert found.details["kinds"] == {
        "surprise": 1,
        "foreseen": 1,
        "nobody_said": 1,
        "unavoidable": 1,
        "not_judged": 0,
    }
    money = found.details["by_amount"]
    assert money["value"] == pytest.approx(money["amount"] / money["total"])
    assert money["total"] == pytest.approx(3 * money["amount"])


def test_a_loss_of_more_than_a_year_ago_is_not_in_it():
    believe(contract_of(leaves("Surprise", avoidable=True)), 0.9, at=noon(date(2026, 1, 1)))

    assert measure("surprise_rate", date(2027, 4, 1)).estimate.n == 0


def stored(contract, probability, on):
    return Forecast.objects.create(
        contract=contract,
        as_of=noon(on),
        anchor=anchors.set_anew(as_of=noon(on)),
        method="test/1",
        probability=probability,
        low=0.1,
        high=0.9,
        reasons=[],
        inputs={},
        fingerprint=f"{contract.pk}-{on}",
    )


def test_the_error_is_that_of_the_last_forecast_stored_in_time():
    kept, gone = contract_of(stays("Kept")), contract_of(leaves("Gone"))
    in_time = date(2026, 3, 31) - timedelta(days=91)
    stored(kept, 0.8, in_time)
    stored(gone, 0.6, in_time)
    stored(gone, 0.1, date(2026, 3, 1))
    seen = picture()

    found = measure("forecast_brier", seen=seen)

    assert found.estimate.value == pytest.approx((0.2**2 + 0.6**2) / 2)
    assert found.details["base_rate_score"] == 0.25
    assert names(found, "missed", seen) == ["Gone"]


def test_without_a_stored_forecast_there_is_no_error_to_tell():
    stays("Kept")

    assert measure("forecast_brier").estimate.note == measures.NO_FORECAST


def test_registered_again_everything_is_there_once():
    before = catalogue.everything()

    measures.register()

    assert catalogue.everything() == before
