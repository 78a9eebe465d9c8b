"""Reasons add up; what would move it is computed, not guessed; nothing known is left unsaid."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.special import logit

from arbiter.science.renewal import (
    SIGNALS,
    UNTOLD,
    Answer,
    Known,
    day_one,
    effects,
    forecast,
    if_answered,
    moves,
    reasons,
)
from arbiter.science.renewal.wording import known_of
from tests.science.renewal.contracts import STRANGER, TOLD, base_rates, contracts, portfolios, said


def explained(known, model):
    return reasons(known, effects(forecast([known], model), model)[0], model)


@given(portfolios, base_rates())
def test_the_effects_add_up_to_the_log_odds(known, rate):
    model = day_one(known, base_rate=rate)
    made = forecast(known, model)

    assert effects(made, model).sum(axis=1) == pytest.approx(logit(made.probability), abs=1e-12)


@given(contracts(), portfolios, base_rates())
@settings(max_examples=60)
def test_the_reasons_as_stored_still_add_up(known, others, rate):
    model = day_one([known, *others], base_rate=rate)

    told = explained(known, model)

    total = sum(reason.effect for reason in told)
    assert total == pytest.approx(logit(forecast([known], model).probability[0]), abs=1e-6)
    assert all(reason.effect == round(reason.effect, 6) for reason in told)


@given(contracts())
def test_base_comes_first_then_the_strongest_and_uncertainty_last(known):
    first, *between, last = explained(known, day_one([], base_rate=TOLD))

    sizes = [abs(reason.effect) for reason in between]
    assert (first.name, last.name) == ("base", "uncertainty")
    assert sizes == sorted(sizes, reverse=True)
    assert {reason.name for reason in between} <= set(SIGNALS)
    assert all(reason.label and reason.known for reason in (first, *between, last))


def test_a_customer_like_all_others_has_no_reason_but_the_base():
    model = day_one([STRANGER] * 30, base_rate=TOLD)

    told = explained(STRANGER, model)

    assert [reason.name for reason in told] == ["base", "uncertainty"]
    assert told[0].effect == pytest.approx(logit(TOLD.probability), abs=1e-6)
    assert told[1].effect == 0


def test_a_no_is_the_strongest_reason_of_one_who_said_no():
    model = day_one([STRANGER] * 30, base_rate=TOLD)

    reason = explained(said("no", days=12), model)[1]

    assert (reason.name, reason.known) == ("intent", "Decision maker said no 12 days ago")
    assert reason.effect < -1


@given(contracts(), base_rates())
@settings(max_examples=60)
def test_moves_raise_the_forecast_and_the_strongest_comes_first(known, rate):
    model = day_one([], base_rate=rate)

    changes = [move.change for move in moves(known, model)]

    assert changes == sorted(changes, reverse=True)
    assert all(change >= 0.005 for change in changes)


def test_a_move_stands_where_the_forecast_would():
    model = day_one([], base_rate=TOLD)
    silent = Known(measured=2, reached=2)

    told = {move.name: move.probability for move in moves(silent, model)}

    aware = forecast([replace(silent, reached_known=2)], model).probability[0]
    assert told["results_known"] == pytest.approx(aware)


def test_nothing_moves_where_all_is_well():
    model = day_one([], base_rate=TOLD)
    content = replace(said("yes"), goals=1, achieved=1, goal_age_months=0.0)

    assert moves(content, model) == ()


def test_tickets_are_a_move_where_there_are_some():
    model = day_one([], base_rate=UNTOLD)

    names = {move.name for move in moves(Known(critical_tickets=3), model)}

    assert "tickets_closed" in names


def test_if_answered_replaces_what_the_deciders_said_and_keeps_the_users():
    model = day_one([], base_rate=TOLD)
    known = Known(answers=(Answer("no", "sponsor", 3), Answer("yes", "user", 200)))

    told = if_answered(known, model)

    expected = Known(answers=(Answer("yes", "user", 200), Answer("yes", "decision_maker", 0)))
    assert told["yes"] == pytest.approx(forecast([expected], model).probability[0])
    assert told["yes"] > told["not_sure"] > told["no"]


@pytest.mark.parametrize(
    ("known", "signal", "sentence"),
    [
        (STRANGER, "intent", "Never asked"),
        (Known(asked_no_reply=True), "intent", "Asked, no reply"),
        (said("yes"), "intent", "Decision maker said yes today"),
        (said("not_sure", role="other", days=1), "intent", "Contact said not sure a day ago"),
        (STRANGER, "confirmation", "No goal is due or judged"),
        (Known(goals=1), "confirmation", "Nobody judged the 1 due goal"),
        (Known(goals=2, achieved=2), "confirmation", "2 of 2 goals confirmed"),
        (
            Known(goals=4, achieved=1, partly=1, missed=1),
            "confirmation",
            "1 of 4 goals confirmed, 1 partly, 1 never judged",
        ),
        (STRANGER, "awareness", "No reached goal that they do not know of"),
        (
            Known(measured=3, reached=2, reached_known=1),
            "awareness",
            "1 goal of 3 reached without anybody there knowing",
        ),
        (STRANGER, "goal_age", "No goal was ever agreed"),
        (Known(goal_age_months=0.2), "goal_age", "Goals agreed or confirmed this month"),
        (Known(goal_age_months=1.2), "goal_age", "Goals last agreed or confirmed 1 month ago"),
        (STRANGER, "departure", "Nobody who stands up for us left lately"),
        (Known(departed=True), "departure", "The champion or the sponsor left within six months"),
        (STRANGER, "nps", "Never answered"),
        (Known(nps=9), "nps", "Answered 9 of 10"),
        (STRANGER, "csat", "Not known"),
        (Known(csat=4.5), "csat", "4.5 of 5"),
        (STRANGER, "usage", "Not known"),
        (Known(usage_level=1, usage_trend=-0.5), "usage", "Level +1.0 sd, trend -0.5 sd"),
        (STRANGER, "tickets", "Not known"),
        (Known(critical_tickets=1), "tickets", "1 open critical ticket"),
        (STRANGER, "tenure", "Not known"),
        (Known(renewals=0), "tenure", "This is the first renewal"),
        (Known(renewals=2), "tenure", "Renewed 2 times before"),
        (STRANGER, "price", "Not known"),
        (Known(price_increase=0.08), "price", "Price +8%"),
    ],
)
def test_what_was_known_is_said_in_words(known, signal, sentence):
    assert known_of(known, signal) == sentence


def test_of_many_answers_the_deciders_are_named_first_and_the_rest_counted():
    many = Known(
        answers=tuple(Answer("yes", role, 5) for role in ("user", "user", "champion", "sponsor"))
    )

    sentence = known_of(many, "intent")

    assert sentence.startswith("Sponsor said yes 5 days ago; ")
    assert sentence.endswith("; and 1 more")


def test_a_signal_nobody_knows_is_loud():
    with pytest.raises(KeyError):
        known_of(STRANGER, "horoscope")


def test_the_effects_of_no_forecast_are_an_empty_table():
    model = day_one([], base_rate=TOLD)

    assert effects(forecast([], model), model).shape == (0, 2 + len(SIGNALS))
    assert np.isfinite(model.reference).all()
