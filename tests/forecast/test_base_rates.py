"""The one number asked at set-up, and the anchor that follows from it."""

import pytest

from arbiter.forecast.actions import anchors, base_rates, standings
from arbiter.forecast.models import Anchor, StaleCustomer, Standing
from arbiter.forecast.queries import base_rates as told
from arbiter.forecast.queries import learnings
from arbiter.voice.actions import answers
from tests.facts import last_fact
from tests.world import APRIL, JUNE, MARCH, MAY


def test_before_it_is_told_the_usual_rate_counts(world):
    assert told.at(JUNE).probability == 0.82
    assert not told.is_told(JUNE)


def test_the_latest_that_was_told_counts_from_then_on(world):
    base_rates.tell(renewed=90, due=100, by=world.olga, at=MARCH)
    base_rates.tell(renewed=40, due=100, by=world.abe, at=MAY)

    assert told.at(APRIL).renewed == 90
    assert told.at(JUNE).renewed == 40
    assert last_fact().details == {"renewed": 40, "due": 100}


def test_telling_it_moves_every_forecast(world):
    standings.rebuild(as_of=APRIL)
    before = Standing.objects.get(pk=world.quay.pk).probability

    base_rates.tell(renewed=40, due=100, by=world.olga, at=MAY)
    assert StaleCustomer.objects.count() == 2
    standings.refresh_stale(as_of=MAY)

    assert before > 0.75
    assert Standing.objects.get(pk=world.quay.pk).probability < 0.5


@pytest.mark.parametrize("name", ["mona", "ada", "otto"])
def test_only_who_may_change_settings_tells_it(world, name):
    with pytest.raises(base_rates.NotAllowedToTell):
        base_rates.tell(renewed=1, due=2, by=getattr(world, name), at=MAY)


@pytest.mark.parametrize(
    ("renewed", "due", "field"), [(3, 2, "renewed"), (-1, 2, "renewed"), (0, 0, "due")]
)
def test_numbers_that_cannot_be_are_refused(world, renewed, due, field):
    with pytest.raises(base_rates.RateImpossible) as refused:
        base_rates.tell(renewed=renewed, due=due, by=world.olga, at=MAY)

    assert refused.value.field == field


def test_an_anchor_stays_while_little_moves(world):
    first = anchors.set_anew(as_of=APRIL)

    again = anchors.set_anew(as_of=MAY)

    assert again == first
    assert anchors.in_force(as_of=JUNE) == first


def test_an_anchor_is_set_anew_when_the_portfolio_moves_it(world):
    first = anchors.set_anew(as_of=APRIL)
    for person in (world.dora, world.dov):
        answers.give(contact=person, kind="intent", value="no", by=person, at=MAY)

    second = anchors.set_anew(as_of=MAY)

    assert second.intercept > first.intercept
    assert (second.contracts, second.due, second.renewed) == (2, None, None)
    assert learnings.newest_anchor(APRIL) == first


def test_a_stored_anchor_comes_back_to_life_as_the_model_it_was(world):
    base_rates.tell(renewed=90, due=100, by=world.olga, at=MARCH)
    anchor = Anchor.objects.get()

    model = learnings.model_of(anchor)

    assert (model.base_rate.renewed, model.base_rate.due) == (90, 100)
    assert model.mean[0] == pytest.approx(anchor.intercept)
    assert model.covariance[0, 0] == pytest.approx(anchor.spread**2)
    assert model.reference.tolist() == anchor.reference
