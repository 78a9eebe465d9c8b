"""The audit of trusted numbers, from stored facts: what it looks at, what it keeps, what it never sees."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from sklearn.metrics import roc_auc_score

from arbiter.accounts.models import Customer, Renewal, Signal
from arbiter.forecast.actions import audits as actions
from arbiter.forecast.models import Audit, Belief
from arbiter.forecast.queries import histories
from arbiter.forecast.queries.audits import stored, trusted, working
from tests.forecast import decided

pytestmark = pytest.mark.django_db

LATER = datetime(2028, 1, 1, tzinfo=UTC)
MANY = 120


@pytest.fixture
def book():
    decided.book(MANY, believed=True)


def signal(result, name):
    return next(each for each in result["signals"] if each["name"] == name)


def test_every_number_that_ever_had_a_value_is_tested_and_no_other(book):
    result = working.work_out(LATER)

    assert {each["name"] for each in result["signals"]} == {"intent", "health_score", "belief"}
    assert (result["decided"], result["lost"]) == (MANY, MANY // 8)


def test_what_the_customers_said_predicts_and_the_health_score_does_not(book):
    result = working.work_out(LATER)
    intent, health = signal(result, "intent")["leads"]["90"], signal(result, "health_score")

    assert (intent["says"], intent["tier"]) == ("predicts", "predicts")
    assert (intent["n"], intent["lost"]) == (MANY, MANY // 8)
    assert health["leads"]["90"]["says"] != "predicts"
    assert signal(result, "intent")["useful_lead_days"] == 180


def test_the_area_is_the_one_computed_from_the_tables_by_another_library(book):
    left = set(
        Renewal.objects.filter(decision="churned").values_list("contract__customer", flat=True)
    )
    rows = Signal.objects.values_list("customer", "value")

    found = signal(working.work_out(LATER), "health_score")["leads"]["90"]

    by_hand = roc_auc_score([customer not in left for customer, _ in rows], [v for _, v in rows])
    assert found["auc"] == pytest.approx(by_hand, abs=1e-6)


def test_each_answer_is_told_with_how_many_renewed(book):
    told = {each["answer"]: each for each in working.work_out(LATER)["answers"]["90"]}

    assert (told["no"]["n"], told["no"]["lost"]) == (MANY // 4, MANY // 8)
    assert (told["yes"]["n"], told["yes"]["value"]) == (MANY * 3 // 4, 1.0)
    assert told["never_asked"]["value"] is None


def test_what_was_recorded_after_a_look_changes_nothing(book):
    before = working.work_out(LATER)
    for each in histories.decided(LATER):
        late = decided.noon(each.due_on - timedelta(days=20))
        of = Customer.objects.get(pk=each.contract.customer_id)
        true_at = late - timedelta(days=60)
        decided.score(of, 0 if each.renewed else 100, true_at, recorded_at=late)

    after = working.work_out(LATER)

    for name in ("intent", "health_score"):
        assert signal(after, name)["leads"] == signal(before, name)["leads"]


def test_a_number_recorded_after_the_decision_is_not_seen_at_all(book):
    for renewal in Renewal.objects.select_related("contract__customer"):
        told = renewal.recorded_at + timedelta(days=1)
        gone = renewal.decision == "churned"
        decided.score(renewal.contract.customer, float(gone), told, name="exit_score")

    assert "exit_score" not in {each["name"] for each in working.work_out(LATER)["signals"]}


def test_a_number_back_dated_before_the_decision_raises_the_alarm(book):
    for renewal in Renewal.objects.select_related("contract__customer"):
        early = decided.noon(renewal.contract.ends_on - timedelta(days=190))
        gone = renewal.decision == "churned"
        decided.score(renewal.contract.customer, float(gone), early, name="exit_score")

    result = working.work_out(LATER)

    assert signal(result, "exit_score")["leaks"]
    assert signal(result, "intent")["leaks"] == []
    assert result["signals"][-1]["name"] == "exit_score"


def test_an_earlier_moment_knows_only_what_was_decided_by_then(book):
    middle = decided.noon(decided.FIRST_END + timedelta(days=9 * 60))

    result = working.work_out(middle)

    assert result["decided"] == 61
    assert working.work_out(decided.noon(decided.FIRST_END - timedelta(days=1)))["decided"] == 0


def test_every_loss_is_kept_with_what_each_number_said_last(book):
    losses = working.work_out(LATER)["losses"]

    assert len(losses) == MANY // 8
    assert {loss["answer"] for loss in losses} == {"no"}
    assert losses[0]["numbers"].keys() == {"intent", "health_score", "belief"}


def test_an_audit_is_stored_once_and_again_only_when_something_changed(book):
    first = actions.make(as_of=LATER)
    again = actions.make(as_of=LATER + timedelta(days=1))
    decided.decide(decided.term(decided.customer("late"), decided.FIRST_END), "churned")
    changed = actions.make(as_of=LATER + timedelta(days=2))

    assert again == first
    assert changed.lost == first.lost + 1
    assert stored.newest(LATER) == first
    assert stored.newest(LATER + timedelta(days=3)) == changed


def test_a_stored_audit_is_never_changed(book):
    found = actions.make(as_of=LATER)

    with pytest.raises(DatabaseError, match="kept for good"), transaction.atomic():
        Audit.objects.filter(pk=found.pk).update(lost=0)


def test_the_number_of_queries_does_not_grow_with_the_renewals(book, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        working.work_out(LATER)


def test_progress_is_told(book):
    told = []

    working.work_out(LATER, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (MANY, MANY)


def test_a_belief_counts_from_when_it_was_known(book):
    Belief.objects.filter(probability__gt=0).delete()
    for each in histories.decided(LATER):
        Belief.objects.create(
            contract_id=each.contract.id,
            at=decided.noon(each.due_on - timedelta(days=100)),
            recorded_at=decided.noon(each.due_on - timedelta(days=45)),
            probability="0.9" if each.renewed else "0.2",
        )

    found = signal(working.work_out(LATER), "belief")["leads"]

    assert (found["90"]["n"], found["60"]["n"], found["30"]["n"]) == (0, 0, MANY)


@pytest.mark.parametrize(
    ("name", "higher", "theirs", "title"),
    [
        ("tickets_open", False, False, "Tickets open"),
        ("health_score", True, False, "Health score"),
        ("risk_score", False, False, "Risk score"),
        ("fit_score", None, False, "Fit score"),
        ("nps_of_admins", True, True, "Nps of admins"),
        ("intent", True, True, "Will you continue?"),
    ],
)
def test_a_number_is_known_by_its_name(name, higher, theirs, title):
    found = trusted.of(name)

    assert (found.higher_renews, found.theirs, found.title) == (higher, theirs, title)


def test_without_any_decision_there_is_an_empty_audit():
    result = working.work_out(LATER)

    assert (result["decided"], result["tested"], result["signals"]) == (0, 0, [])
