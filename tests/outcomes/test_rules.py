from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arbiter.outcomes import rules
from tests.world import APRIL, FEBRUARY, JANUARY, JUNE, LAST_YEAR, MARCH, MAY

numbers = st.decimals(-10_000, 10_000, places=2)
amounts = st.decimals(0, 100_000, places=2)
moments = st.datetimes(
    datetime(2020, 1, 1),
    datetime(2030, 1, 1),
    timezones=st.just(UTC),
)


def realised(baseline, target, now):
    return rules.value_realised(
        baseline=Decimal(baseline), target=Decimal(target), now=Decimal(now)
    )


# --- How far a goal has come ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "target", "now", "share"),
    [
        (42, 14, 42, 0.0),
        (42, 14, 28, 0.5),
        (42, 14, 14, 1.0),
        (42, 14, 7, 1.25),
        (0, 50, -10, -0.2),
    ],
)
def test_value_realised_by_hand(baseline, target, now, share):
    assert realised(baseline, target, now) == pytest.approx(share)


def test_no_way_to_go_is_no_share_and_neither_is_an_unknown_number():
    assert realised(5, 5, 5) is None
    assert rules.value_realised(baseline=None, target=Decimal(1), now=Decimal(1)) is None
    assert rules.value_realised(baseline=Decimal(1), target=None, now=Decimal(1)) is None
    assert rules.value_realised(baseline=Decimal(1), target=Decimal(2), now=None) is None


@given(numbers, numbers)
def test_the_baseline_is_none_of_it_and_the_target_all_of_it(baseline, target):
    assume(baseline != target)

    assert realised(baseline, target, baseline) == 0
    assert realised(baseline, target, target) == 1


@given(numbers, numbers, numbers, numbers, st.decimals(1, 100, places=2))
def test_units_do_not_matter(baseline, target, now, shift, scale):
    assume(baseline != target)

    moved = realised(baseline * scale + shift, target * scale + shift, now * scale + shift)

    assert moved == pytest.approx(realised(baseline, target, now), abs=1e-9, rel=1e-9)


@given(numbers, numbers, numbers)
def test_a_goal_is_reached_exactly_when_all_its_value_is_realised(baseline, target, now):
    assume(baseline != target)
    direction = "up" if target > baseline else "down"

    for told in (direction, "reach", ""):
        reached = rules.is_reached(direction=told, baseline=baseline, target=target, now=now)
        assert reached is (realised(baseline, target, now) >= 1)


def test_without_a_target_or_a_value_nothing_is_reached():
    for target, now in ((None, Decimal(1)), (Decimal(1), None)):
        assert not rules.is_reached(direction="up", baseline=None, target=target, now=now)


def test_the_agreed_direction_counts_where_the_numbers_are_silent():
    assert rules.is_reached(direction="down", baseline=None, target=Decimal(5), now=Decimal(4))
    assert not rules.is_reached(direction="up", baseline=None, target=Decimal(5), now=Decimal(4))


def test_a_yes_or_no_test_is_done_or_not():
    one = Decimal(1)

    def told(now):
        return rules.progress(direction="reach", baseline=None, target=one, now=now)

    assert told(one) == 1.0
    assert told(Decimal(0)) == 0.0
    assert told(None) is None
    assert rules.progress(direction="up", baseline=None, target=one, now=one) is None
    assert rules.progress(direction="reach", baseline=None, target=None, now=one) is None


@given(numbers, numbers, numbers)
def test_progress_is_the_value_realised_wherever_there_is_one(baseline, target, now):
    assume(baseline != target)

    for direction in ("up", "down", "reach"):
        made = rules.progress(direction=direction, baseline=baseline, target=target, now=now)
        assert made == realised(baseline, target, now)


def test_reached_since_is_the_start_of_the_last_unbroken_run():
    story = [(JANUARY, True), (FEBRUARY, False), (MARCH, True), (APRIL, True)]

    assert rules.reached_since(story) == MARCH
    assert rules.reached_since([*story, (MAY, False)]) is None
    assert rules.reached_since([]) is None


@given(st.lists(st.booleans(), max_size=20))
def test_reached_since_is_known_exactly_when_the_newest_is_reached(reached):
    story = [(MARCH + timedelta(days=n), each) for n, each in enumerate(reached)]

    assert (rules.reached_since(story) is not None) is bool(reached and reached[-1])


def test_a_guard_is_a_ceiling():
    four = Decimal(4)

    assert rules.guard_breached(limit=four, now=Decimal("4.1"))
    assert not rules.guard_breached(limit=four, now=four)
    assert not rules.guard_breached(limit=None, now=four)
    assert not rules.guard_breached(limit=four, now=None)


# --- What counts of what was said --------------------------------------------------------------


def test_a_verdict_counts_for_twelve_months():
    assert rules.verdict_is_fresh(MARCH, as_of=MARCH + timedelta(days=365))
    assert not rules.verdict_is_fresh(MARCH, as_of=MARCH + timedelta(days=365, seconds=1))


def test_on_one_day_the_deciding_word_outranks_and_else_the_newest_counts():
    morning, evening = MARCH, MARCH + timedelta(hours=8)

    decides = rules.verdict_order(morning, outranks=True, number=1)

    assert decides > rules.verdict_order(evening, outranks=False, number=2)
    assert decides < rules.verdict_order(APRIL, outranks=False, number=3)


@given(moments, moments, st.booleans(), st.booleans())
def test_a_verdict_of_a_later_day_always_counts_over_an_earlier_one(one, other, a, b):
    assume(one.date() < other.date())

    assert rules.verdict_order(one, outranks=a, number=2) < rules.verdict_order(
        other, outranks=b, number=1
    )


@pytest.mark.parametrize(
    ("judgement", "due", "measured", "reached", "missed"),
    [
        ("not", False, False, True, True),
        ("achieved", True, True, False, False),
        ("partly", True, True, False, False),
        ("", True, True, False, True),
        ("", True, True, True, False),
        ("", True, False, False, False),
        ("", False, True, False, False),
    ],
)
def test_a_goal_is_missed_by_the_customers_word_or_else_by_its_day(
    judgement, due, measured, reached, missed
):
    assert (
        rules.is_missed(judgement=judgement, due=due, measured=measured, reached=reached) is missed
    )


def test_wrong_value_is_told_by_its_reason_and_a_guard_comes_first():
    assert rules.wrong_value(missed=True, others_moved=True, guard_is_breached=True) == "guard"
    assert rules.wrong_value(missed=True, others_moved=True, guard_is_breached=False) == "missed"
    assert rules.wrong_value(missed=True, others_moved=False, guard_is_breached=False) == ""
    assert rules.wrong_value(missed=False, others_moved=True, guard_is_breached=False) == ""


def test_what_was_seen_before_the_target_was_reached_does_not_tell_that_it_is():
    def unknown(*known_at, confirmed=False, reached_at=APRIL):
        return rules.achieved_not_known(
            reached_at=reached_at, confirmed=confirmed, known_at=known_at
        )

    assert unknown()
    assert unknown(MARCH)
    assert not unknown(MARCH, MAY)
    assert not unknown(APRIL)
    assert not unknown(confirmed=True)
    assert not unknown(reached_at=None)


@given(st.lists(moments, max_size=8), moments, moments)
def test_one_more_person_who_knows_never_makes_it_less_known(known_at, reached_at, more):
    before = rules.achieved_not_known(reached_at=reached_at, confirmed=False, known_at=known_at)
    after = rules.achieved_not_known(
        reached_at=reached_at, confirmed=False, known_at=[*known_at, more]
    )

    assert after <= before


@pytest.mark.parametrize(
    ("agreed_at", "stages", "why"),
    [
        (LAST_YEAR, ("", ""), ""),
        (LAST_YEAR - timedelta(seconds=1), ("", ""), "age"),
        (MAY, ("onboarding", "adoption"), "stage"),
        (MAY, ("adoption", "adoption"), ""),
        (MAY, ("", "adoption"), ""),
        (MAY, ("onboarding", ""), ""),
    ],
)
def test_a_goal_grows_stale_with_a_year_or_with_its_stage(agreed_at, stages, why):
    goal_stage, customer_stage = stages

    assert (
        rules.stale_because(
            agreed_at=agreed_at, as_of=JUNE, goal_stage=goal_stage, customer_stage=customer_stage
        )
        == why
    )


def test_an_achieved_verdict_is_celebrated_while_it_is_new():
    assert rules.to_celebrate(confirmed=True, verdict_at=MAY, as_of=MAY + timedelta(days=30))
    assert not rules.to_celebrate(confirmed=True, verdict_at=MAY, as_of=MAY + timedelta(days=31))
    assert not rules.to_celebrate(confirmed=False, verdict_at=MAY, as_of=MAY)
    assert not rules.to_celebrate(confirmed=True, verdict_at=None, as_of=MAY)


# --- Money --------------------------------------------------------------------------------------


def test_agreed_value_counts_what_got_better_at_the_customers_price():
    down = {"direction": "down", "baseline": Decimal(9_000), "target": Decimal(6_000)}

    assert rules.agreed_value(**down, now=Decimal(7_000), money_per_unit=Decimal(12)) == 24_000
    assert rules.agreed_value(**down, now=Decimal(9_500), money_per_unit=Decimal(12)) == -6_000
    assert rules.agreed_value(**down, now=Decimal(7_000), money_per_unit=None) is None
    assert rules.agreed_value(**down, now=None, money_per_unit=Decimal(12)) is None


@given(numbers, numbers, numbers, amounts)
def test_up_and_down_are_mirror_images(baseline, target, now, price):
    up = rules.agreed_value(
        direction="up", baseline=baseline, target=target, now=now, money_per_unit=price
    )
    down = rules.agreed_value(
        direction="down", baseline=-baseline, target=-target, now=-now, money_per_unit=price
    )

    assert up == down


def test_roi_by_hand_and_none_where_nothing_was_paid():
    assert rules.roi(value=Decimal(90), price=Decimal(40), effort=Decimal(20)) == 0.5
    assert rules.roi(value=Decimal(90), price=Decimal(0), effort=Decimal(0)) is None


@given(amounts, amounts, amounts, amounts)
def test_more_effort_never_raises_the_return(value, price, effort, more):
    assume(price + effort > 0)

    assert rules.roi(value=value, price=price, effort=effort + more) <= rules.roi(
        value=value, price=price, effort=effort
    )


# --- How a goal is worded and agreed -------------------------------------------------------------

FULL = {
    "measure": "Days until a new crew works alone",
    "unit": "days",
    "target": Decimal(14),
    "due_on": date(2026, 7, 31),
    "source": "Crew plan",
    "direction": "down",
}


def test_a_goal_with_number_unit_date_and_source_can_be_measured():
    assert rules.measurability(**FULL) == []


@pytest.mark.parametrize(
    ("without", "says"),
    [
        ({"measure": " "}, "Name the measure"),
        ({"unit": ""}, "Name the unit"),
        ({"target": None}, "Set the target"),
        ({"due_on": None}, "Set a date"),
        ({"source": ""}, "Say where the number comes from"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(without, says):
    [missing] = rules.measurability(**(FULL | without))

    assert missing.startswith(says)


def test_a_yes_or_no_test_needs_no_number_but_the_test_itself():
    test = {"direction": "reach", "unit": "", "target": None}

    assert rules.measurability(**(FULL | test)) == []
    assert rules.measurability(**(FULL | test | {"measure": ""}))[0].startswith(
        "Agree a yes/no test"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "Go live by 1 May",
        "Going live in all ports",
        "Implement the planning module",
        "Roll out to 80% of the sites",
        "rollout in Spain",
        "Set up single sign-on",
        "Migrate from the old system",
        "Train all crews",
        "Use feature X",
        "Using the dashboard every week",
        "Adopt the reporting module",
        "Increase active users by 30 %",
        "Higher licence utilisation",
        "Daily logins",
        "Go live in May",
        "Increase usage",
        "Increase usage of the portal by 30 %",
        "Drive weekly platform usage across all plants",
        "More usage, please",
        "Increase usage/adoption in every team",
        "Raise adoption to 80 %",
        "Adoption in all plants",
        "Double our active users this year",
        "Higher licence utilization",
    ],
)
def test_a_step_or_a_feature_gets_a_gentle_question(statement):
    warnings = rules.wording_warnings(statement)

    assert warnings
    assert all(warning.endswith("?") for warning in warnings)


@pytest.mark.parametrize(
    "statement",
    [
        "New crews should be productive in two weeks instead of six",
        "Spend a third less on outside help desks",
        "Cut the time to roll out a new store from 9 weeks to 4",
        "Go live with new tariffs faster",
        "Book more berths online",
        "Win two tenders a year because of our reporting",
        "We want fewer incidents on the quay",
        "Cut usage invoices by 20 %",
        "Stop revenue leakage on usage invoices",
        "Bill usage by the minute",
        "Bill usage data within a day",
        "Increase revenue from usage by 20 %",
        "Improve the accuracy of usage-based billing",
        "Reduce energy usage by 10 %",
        "Cut login problems by half",
        "Fewer failed logins",
        "Get adoption papers signed within a week",
        "Active users pay on time",
        "Stop using the old system",
    ],
)
def test_a_result_is_left_alone_even_where_it_speaks_of_a_step(statement):
    assert rules.wording_warnings(statement) == []


@given(
    st.sampled_from(
        ["Cut", "Send", "Halve the work on", "Increase", "Fewer disputed", "More exact"]
    ),
    st.sampled_from(["usage", "login", "adoption", "active users"]),
    st.sampled_from(["invoices", "bills", "fees", "papers", "questions", "data"]),
    st.integers(1, 99),
)
def test_where_usage_only_says_of_what_kind_something_is_nothing_is_asked(verb, kind, thing, share):
    assert rules.wording_warnings(f"{verb} {kind} {thing} by {share} %") == []


@given(
    st.sampled_from(
        ["Increase", "Raise", "Grow", "Drive", "Double", "Reach higher", "We want more"]
    ),
    st.sampled_from(["", "daily ", "our teams' "]),
    st.sampled_from(["usage", "adoption", "logins", "active users"]),
    st.sampled_from(["", ".", " by 20 %", " of the portal", " in every plant"]),
)
def test_where_more_usage_is_the_goal_it_is_asked_what_for(verb, whose, what, more):
    assert rules.wording_warnings(f"{verb} {whose}{what}{more}")


@given(st.text(max_size=300))
def test_any_sentence_may_be_said(statement):
    assert isinstance(rules.wording_warnings(statement), list)
