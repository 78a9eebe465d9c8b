"""What an import brings lives on the customers' timelines, by those who said it."""

import pytest

from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.forecast.actions import standings
from arbiter.forecast.models import StaleCustomer, Standing
from arbiter.foundation import journal
from arbiter.foundation.models import Fact, Person
from arbiter.outcomes.models import Goal
from tests.connectors.workspace_files.company import HARBOUR, write, write_file
from tests.connectors.workspace_files.running import store

pytestmark = pytest.mark.django_db


def names():
    return sorted(Fact.objects.values_list("name", flat=True))


def test_each_imported_fact_has_its_line(tmp_path):
    store(write(tmp_path / "harbour"))

    assert names() == [
        "accounts.basis_stated", "accounts.basis_stated", "accounts.contact_left", "accounts.renewal_decided",
        "accounts.renewal_decided", "connectors.import_finished",
        "engagement.promise_broken", "engagement.promise_kept", "engagement.promise_made", "engagement.promise_made",
        "engagement.touchpoint_logged", "forecast.belief_logged", "forecast.belief_logged",
        "forecast.post_mortem_recorded", "outcomes.awareness_told", "outcomes.feed_connected", "outcomes.feed_connected",
        "outcomes.feed_disconnected", "outcomes.goal_retired", "outcomes.goal_revised", "outcomes.goal_stated",
        "outcomes.goal_stated", "outcomes.investment_stated", "outcomes.milestone_reached", "outcomes.result_reported",
        "outcomes.result_reported", "outcomes.verdict_given", "outcomes.verdict_given", "usage.feature_named",
        "usage.feature_named", "usage.set_defined", "usage.set_revised", "voice.address_suppressed",
        "voice.address_suppressed", "voice.answer_given", "voice.answer_given", "voice.answer_given", "voice.asked",
        "voice.asked", "voice.feedback_received", "voice.follow_up_closed", "voice.follow_up_set",
    ]  # fmt: skip
    assert journal.verify() is None


def test_a_contact_is_the_author_of_what_they_said(tmp_path):
    store(write(tmp_path / "harbour"))

    own, on_behalf = Fact.objects.filter(name="outcomes.verdict_given").order_by("at")

    assert (own.by_kind, own.by_id) == ("contact", Contact.objects.get(key="cleo").pk)
    assert (on_behalf.by_kind, on_behalf.by_id) == ("person", Person.objects.system().pk)
    assert own.subject_id == Goal.objects.get(key="faster").pk
    assert own.customer_id == Customer.objects.get(key="harbour").pk
    assert own.details["verdict"] == "achieved"


def test_a_fact_keeps_both_its_dates(tmp_path):
    store(write(tmp_path / "harbour"))

    fact = Fact.objects.get(
        name="accounts.renewal_decided", subject_id=Contract.objects.get(key="h-2025").pk
    )

    assert fact.at.isoformat() == "2025-11-30T12:00:00+00:00"
    assert fact.recorded_at.isoformat() == "2025-12-01T09:00:00+00:00"


def test_no_line_holds_anybodys_words(tmp_path):
    store(write(tmp_path / "harbour"))
    written = " ".join(Fact.objects.values_list("data", flat=True))

    said = {
        text
        for rows in HARBOUR.values()
        for row in rows
        for name, text in row.items()
        if name
        in {
            "name",
            "email",
            "statement",
            "comment",
            "summary",
            "reason",
            "evidence",
            "title",
            "pain",
            "constraints",
        }
    }

    assert not [text for text in said if len(text) > 5 and text in written]


def test_importing_again_tells_only_that_it_happened(tmp_path):
    folder = write(tmp_path / "harbour")
    store(folder)
    before = names()

    store(folder)

    assert names() == sorted([*before, "connectors.import_finished"])


def test_news_about_a_row_that_was_there_is_told(tmp_path):
    store(write(tmp_path / "harbour"))
    row = {
        **HARBOUR["contracts"][1],
        "decision": "churned",
        "churn_cause": "ours",
        "decided_on": "2026-06-01",
    }

    store(write_file(tmp_path / "contracts.csv", [row]))

    fact = Fact.objects.filter(name="accounts.renewal_decided").latest("pk")
    assert fact.details == {"decision": "churned", "cause": "ours"}


def test_customers_that_an_import_touched_stand_anew(tmp_path):
    store(write(tmp_path / "harbour"))

    assert Standing.objects.count() == 3
    assert not StaleCustomer.objects.exists()


def test_where_it_is_put_off_they_are_marked(tmp_path):
    with standings.deferred():
        store(write(tmp_path / "harbour"))

    assert StaleCustomer.objects.count() == 3
