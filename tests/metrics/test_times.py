"""How long it takes, and how many renewals a contract lives through."""

from datetime import date, timedelta

import pytest

from arbiter.metrics.measures.times import steps_of
from arbiter.metrics.picture import chains
from arbiter.outcomes.models import Goal, Milestone, Verdict
from arbiter.science.survival import kaplan_meier
from tests.metrics.company import JUNE, customer, measure, names, noon, picture, term

pytestmark = pytest.mark.django_db

BEGAN = date(2025, 7, 1)


def began(name, *, confirmed=None, on=BEGAN, learnt_on=None):
    """A customer that began a year ago; `confirmed` days later its contact said so."""
    found = customer(name, since=on)
    goal = Goal.objects.create(
        key=name, customer=found, statement="More", at=noon(on), recorded_at=noon(on)
    )
    if confirmed is not None:
        at = noon(on + timedelta(days=confirmed))
        contact = found.contacts.create(name="Cleo")
        Verdict.objects.create(
            goal=goal,
            contact=contact,
            verdict="achieved",
            at=at,
            recorded_at=noon(learnt_on) if learnt_on else at,
        )
    return found


def test_those_who_are_not_there_yet_are_in_it():
    for days in (20, 45, 70):
        began(f"After {days}", confirmed=days)
    began("Waiting")
    began("Waiting too")

    found = measure("time_to_first_confirmed")

    assert found.estimate.value == 70
    assert found.estimate.n == 5
    assert (found.details["reached"], found.details["waiting"]) == (3, 2)
    assert [step["time"] for step in found.details["steps"]] == [20, 45, 70]


def test_who_waits_longest_comes_first():
    began("Short", on=date(2026, 6, 1))
    began("Long")
    began("There", confirmed=3)
    seen = picture()
    found = measure("time_to_first_confirmed", seen=seen)

    assert names(found, "waiting", seen) == ["Long", "Short"]
    assert names(found, "there", seen) == ["There"]


def test_a_verdict_learnt_later_is_not_known_before():
    began("Later", confirmed=5, learnt_on=JUNE)

    assert measure("time_to_first_confirmed", date(2026, 5, 31)).details["reached"] == 0
    assert measure("time_to_first_confirmed", JUNE).details["reached"] == 1


def test_who_began_long_ago_is_not_in_it():
    began("Old", confirmed=3, on=date(2020, 1, 1))

    found = measure("time_to_first_confirmed")

    assert found.estimate.note == "Nobody began in the last 24 months."


def test_half_not_there_is_said():
    began("There", confirmed=3)
    for name in ("One", "Two"):
        began(name)

    note = measure("time_to_first_confirmed").estimate.note

    assert note.endswith("Half of them are not there yet.")


def path(of, *days):
    """Steps done so many days after the beginning; None for one that is not."""
    for number, day in enumerate(days):
        Milestone.objects.create(
            key=f"{of.key}-{number}",
            customer=of,
            title="Step",
            done_at=None if day is None else noon(BEGAN + timedelta(days=day)),
        )


def test_a_path_is_done_with_its_last_step():
    path(began("Done"), 10, 30)
    path(began("On the way"), 10, None)
    began("No path")

    found = measure("time_to_adopt")

    assert (found.estimate.n, found.details["reached"]) == (2, 1)
    assert found.details["steps"][0]["time"] == 30


def years(of, first, *decisions, **more):
    """A contract of one-year terms from a year on; the last may be open ("")."""
    for number, decision in enumerate(decisions):
        year = first + number
        term(of, date(year, 1, 1), date(year, 12, 31), decision=decision, **more)


def test_renewals_are_counted_along_the_terms_that_follow_one_another():
    years(customer("Harbour"), 2023, "renewed", "expanded", "renewed", "")

    found = chains.of(picture())

    assert found.renewals.tolist() == [3]
    assert not found.lost[0]


def test_two_products_are_two_contracts():
    harbour = customer("Harbour")
    years(harbour, 2024, "renewed", "renewed", "", product="Close")
    years(harbour, 2024, "renewed", "churned", product="Audit")

    found = chains.of(picture())

    assert sorted(zip(found.renewals.tolist(), found.lost.tolist(), strict=True)) == [
        (1, True),
        (2, False),
    ]


def test_contracts_are_followed_within_a_segment_too():
    years(customer("Other", segment="SMB"), 2024, "renewed", "renewed", "")
    years(customer("Harbour", segment="Enterprise"), 2025, "renewed", "")
    seen = picture()

    found = chains.of(seen.of(seen.segment == "Enterprise"))

    assert (found.renewals.tolist(), found.lost.tolist()) == ([1], [False])


def test_who_came_back_begins_anew():
    harbour = customer("Harbour")
    years(harbour, 2024, "churned", "renewed", "")

    found = chains.of(picture())

    assert sorted(zip(found.renewals.tolist(), found.lost.tolist(), strict=True)) == [
        (0, True),
        (1, False),
    ]


def test_years_before_the_records_begin_are_behind_a_contract_already():
    years(customer("Harbour", since=date(2021, 1, 1)), 2024, "renewed", "renewed", "")

    found = chains.of(picture())

    assert (found.already.tolist(), found.renewals.tolist()) == ([3], [5])


def test_survival_is_the_product_of_the_renewal_rates():
    for number in range(10):
        first = "churned" if number < 3 else "renewed"
        second = "churned" if number in (3, 4) else "renewed"
        found = customer(f"C{number}")
        if first == "churned":
            years(found, 2023, first)
        elif second == "churned":
            years(found, 2023, first, second)
        else:
            years(found, 2023, first, second, "", "")

    told = measure("contract_survival")

    assert told.estimate.value == pytest.approx(0.5)
    assert [step["survival"] for step in told.details["steps"]][:2] == pytest.approx([0.7, 0.5])


def test_no_decision_seen_is_said():
    years(customer("Harbour"), 2026, "")

    assert measure("contract_survival").estimate.note.startswith("No decision")


def test_a_very_long_curve_is_thinned_and_keeps_its_ends():
    curve = kaplan_meier(range(1, 1001), [1] * 1000)

    steps = steps_of(curve)

    assert len(steps) == 200
    assert (steps[0]["time"], steps[-1]["time"]) == (1, 1000)


def test_the_censored_between_two_steps_are_told():
    curve = kaplan_meier([3, 5, 5, 8, 12, 12], [1, 1, 0, 1, 0, 1])

    steps = steps_of(curve)

    assert sum(step["censored"] for step in steps) == 2
    assert sum(step["events"] for step in steps) == 4
