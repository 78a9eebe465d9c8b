"""What is learnt later changes nothing of what was known before, and segments add up to the whole."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from arbiter.accounts.models import Renewal
from arbiter.engagement.models import Touchpoint
from arbiter.metrics.queries import measuring
from arbiter.metrics.rules import end_of
from arbiter.outcomes.models import Awareness, Goal, Milestone, Result, Revision, Verdict
from arbiter.voice.models import Answer, Ask
from tests.metrics.company import JUNE, customer, leaves, noon, picture, stays, term

pytestmark = pytest.mark.django_db

BEFORE, AFTER = noon(date(2026, 5, 1)), noon(date(2026, 7, 2))


def told(day=JUNE):
    """Everything that is said of a day."""
    return [each.as_json() for each in measuring.at([end_of(day)])]


def book():
    for number in range(4):
        stays(f"Kept {number}", segment="SMB")
    leaves("Gone", segment="Enterprise")
    harbour = customer("Harbour", since=date(2025, 7, 1))
    overdue = term(harbour, date(2025, 4, 1), date(2026, 3, 31))
    term(harbour, date(2026, 2, 1), date(2027, 1, 31), product="Close")
    contact = harbour.contacts.create(name="Cleo", role="decision_maker")
    goal = Goal.objects.create(
        key="goal", customer=harbour, statement="More", at=BEFORE, recorded_at=BEFORE
    )
    Revision.objects.create(
        key="first",
        goal=goal,
        at=BEFORE,
        recorded_at=BEFORE,
        direction="up",
        baseline=0,
        target=10,
        due_on=date(2026, 6, 1),
    )
    return overdue, contact, goal


LATER = {
    "decision": lambda term, contact, goal, dates: Renewal.objects.create(
        contract=term, decision="churned", recorded_at=dates["recorded_at"]
    ),
    "goal": lambda term, contact, goal, dates: Goal.objects.create(
        key="later", customer=goal.customer, statement="Else", **dates
    ),
    "revision": lambda term, contact, goal, dates: Revision.objects.create(
        key="later", goal=goal, target=1, **dates
    ),
    "result": lambda term, contact, goal, dates: Result.objects.create(
        goal=goal, value=99, **dates
    ),
    "verdict": lambda term, contact, goal, dates: Verdict.objects.create(
        goal=goal, contact=contact, verdict="achieved", **dates
    ),
    "awareness": lambda term, contact, goal, dates: Awareness.objects.create(
        goal=goal, contact=contact, state="seen", **dates
    ),
    "ask": lambda term, contact, goal, dates: Ask.objects.create(
        contact=contact, kind="intent", **dates
    ),
    "question": lambda term, contact, goal, dates: Ask.objects.create(
        contact=contact, kind="nps", **dates
    ),
    "intent": lambda term, contact, goal, dates: Answer.objects.create(
        contact=contact, kind="intent", value="no", **dates
    ),
    "score": lambda term, contact, goal, dates: Answer.objects.create(
        contact=contact, kind="nps", value="9", **dates
    ),
    "rating": lambda term, contact, goal, dates: Answer.objects.create(
        contact=contact, kind="csat", value="5", scale="1-5", **dates
    ),
    "conversation": lambda term, contact, goal, dates: Touchpoint.objects.create(
        customer=goal.customer, value_conversation=True, **dates
    ),
}


@pytest.mark.parametrize("what", LATER)
def test_what_was_recorded_later_changes_nothing(what):
    *about, before = *book(), told()
    made = {"at": BEFORE + timedelta(days=1), "recorded_at": AFTER}

    LATER[what](*about, made)

    assert told() == before
    # Were the day a later one, it would count: the test can tell.
    assert told(AFTER.date()) != before


@pytest.mark.parametrize("what", [name for name in LATER if name != "decision"])
def test_what_was_true_later_changes_nothing(what):
    *about, before = *book(), told()

    LATER[what](*about, {"at": AFTER, "recorded_at": BEFORE})

    assert told() == before


def test_a_milestone_done_later_is_not_done_before():
    _, _, goal = book()
    Milestone.objects.create(key="step", customer=goal.customer, title="Step")
    before = told()

    Milestone.objects.update(done_at=AFTER)

    assert told() == before


def test_many_moments_at_once_are_told_as_each_by_itself():
    book()
    days = [date(2026, 4, 30), date(2026, 5, 31), JUNE]

    together = [each.as_json() for each in measuring.at([end_of(day) for day in days])]

    assert together == [line for day in days for line in told(day)]


lives = st.lists(
    st.tuples(
        st.sampled_from(["", "SMB", "Enterprise"]),
        st.booleans(),
        st.integers(0, 5000),
        st.sampled_from(["EUR", "USD"]),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=12)
@given(lives)
def test_segments_add_up_to_the_whole_and_currencies_are_never_mixed(lives):
    with transaction.atomic():
        for number, (segment, kept, arr, currency) in enumerate(lives):
            (stays if kept else leaves)(f"C{number}", segment=segment, arr=arr, currency=currency)
        found = {
            (each.measure.name, each.scope): each.found
            for each in measuring.of(picture(), segments=True)
        }
        transaction.set_rollback(True)

    scopes = {scope for _, scope in found} - {""}
    ours = [arr for _, _, arr, currency in lives if currency == "EUR"]
    assert found["net_revenue_retention", ""].details["movement"]["start"] == sum(ours)
    for name in ("customer_retention", "renewal_rate", "losses_avoidable", "intent_asked"):
        if scopes:
            parts = [found[name, scope] for scope in scopes]
            assert sum(part.count for part in parts) == found[name, ""].count
    if scopes:
        starts = [found["gross_revenue_retention", scope].details["movement"] for scope in scopes]
        assert sum(each["start"] for each in starts) == pytest.approx(sum(ours))
