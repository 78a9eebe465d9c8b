"""A measure in words, for a terminal."""

import pytest

from arbiter.metrics.measures.measure import Found
from arbiter.metrics.queries import measures, shown
from arbiter.science.estimate import Estimate


def told(name, estimate, **more):
    words = shown.of(measures.find(name), Found(estimate, **more))
    return words.value, words.interval, words.base


@pytest.mark.parametrize(
    ("name", "estimate", "words"),
    [
        (
            "renewal_rate",
            Estimate(0.876, 0.81, 0.92, 137),
            ("87.6%", "81.0% to 92.0%", "n = 137 contracts"),
        ),
        ("nps", Estimate(19.2, -7.7, 42.2, 26), ("+19", "-8 to +42", "n = 26 people")),
        (
            "time_to_first_confirmed",
            Estimate(70.0, 45.0, None, 5),
            ("70.0 days", "45.0 days to unknown", "n = 5 customers"),
        ),
        ("csat", Estimate.too_few(0, "No answers."), ("not enough yet", "", "No answers.")),
    ],
)
def test_each_kind_has_its_words(name, estimate, words):
    assert told(name, estimate) == words


def test_below_twenty_counts_stand_in_place_of_a_percentage():
    assert told("renewal_rate", Estimate(0.5, 0.2, 0.8, 8), count=4)[0] == "4 of 8"


def test_money_names_its_currency():
    found = told("lifetime_value", Estimate(1234567.0, None, None, 30), currency="EUR")

    assert found == ("1,234,567 EUR", "", "n = 30 contracts")
