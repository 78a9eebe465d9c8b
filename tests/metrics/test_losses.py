"""Losses told apart, and renewals beside confirmed outcomes."""

from datetime import date

import pytest

from arbiter.outcomes.models import Goal, Verdict
from tests.metrics.company import leaves, measure, names, noon, picture, stays

pytestmark = pytest.mark.django_db


def four():
    leaves("Ours", arr=40, churn_cause="ours", avoidable=True)
    leaves("Theirs", arr=20, churn_cause="external", avoidable=False)
    leaves("Payment", arr=10, churn_cause="payment", avoidable=True)
    leaves("Unknown", arr=30)


@pytest.mark.parametrize(
    ("name", "count", "who"),
    [
        ("losses_voluntary", 2, ["Ours", "Theirs"]),
        ("losses_involuntary", 1, ["Payment"]),
        ("losses_avoidable", 2, ["Ours", "Payment"]),
        ("losses_external", 1, ["Theirs"]),
    ],
)
def test_a_part_is_of_all_losses_the_unknown_included(name, count, who):
    four()
    seen = picture()

    found = measure(name, seen=seen)

    assert (found.count, found.estimate.n) == (count, 4)
    assert found.estimate.value == count / 4
    assert names(found, "lost", seen) == who


def test_the_unknown_is_a_part_of_its_own():
    four()

    parts = measure("losses_voluntary").details["parts"]

    assert {each["name"]: each["count"] for each in parts["by_will"]} == {
        "voluntary": 2,
        "involuntary": 1,
        "unknown": 1,
    }
    assert {each["name"]: each["amount"] for each in parts["by_avoidability"]} == {
        "avoidable": 50,
        "unavoidable": 20,
        "unknown": 30,
    }


def test_no_losses_are_good_news_without_a_share():
    stays("Kept")

    told = measure("losses_avoidable").estimate

    assert told.value is None
    assert "No losses" in told.note


def judged(of, verdict, on):
    goal = Goal.objects.create(
        key=of.key, customer=of, statement="More", at=noon(on), recorded_at=noon(on)
    )
    contact = of.contacts.create(name="Cleo")
    Verdict.objects.create(
        goal=goal, contact=contact, verdict=verdict, at=noon(on), recorded_at=noon(on)
    )


def test_renewals_are_told_by_what_stood_ninety_days_before():
    judged(stays("Confirmed"), "achieved", date(2025, 11, 1))
    judged(leaves("Confirmed and gone"), "achieved", date(2025, 11, 1))
    judged(leaves("Denied"), "not", date(2025, 11, 1))
    judged(stays("Too late"), "achieved", date(2026, 3, 1))
    seen = picture()

    found = measure("confirmed_renewal_rate", seen=seen)

    groups = {each["label"]: (each["count"], each["n"]) for each in found.details["groups"]}
    assert groups == {
        "An outcome was confirmed": (1, 2),
        "Judged, none confirmed": (0, 1),
        "Nobody had judged": (1, 1),
    }
    assert found.estimate.value == 0.5
    assert names(found, "lost_confirmed", seen) == ["Confirmed and gone"]
