"""Seats that cross a step and a plan that changes are heard however the number came, and once each."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from arbiter.accounts.actions import contracts
from arbiter.accounts.models import Contract
from arbiter.connectors.models import Import
from arbiter.connectors.workspace_files import importing, sources, undoing
from arbiter.engagement.rules.asking import Trigger, Whom
from tests.engagement.found import found, rule
from tests.world import JUNE

LATER = JUNE + timedelta(minutes=1)
CHAMPION = Whom(roles=("champion",))
TERM = {"customer_id": "harbour", "starts_on": "2025-10-01", "ends_on": "2026-09-30"}


@pytest.fixture(autouse=True)
def rules(world):
    """Two rules that are on, and a plan from the start."""
    Contract.objects.filter(pk=world.harbour_contract.pk).update(plan="Pro")
    world.harbour_contract.refresh_from_db()
    rule(world, Trigger.SEATS_CROSSED, whom=CHAMPION, steps=(10, 50, 100))
    rule(world, Trigger.PLAN_CHANGED, whom=CHAMPION)


def by_file(world, path, at=JUNE, **cells):
    row = {"contract_id": "harbour-1", **TERM, **cells}
    file = path / "contracts.csv"
    file.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n")
    return importing.store(sources.open_source(file), by=world.olga, at=at)


def because(at=LATER):
    return [said for _, said in found(at)]


def test_a_file_with_other_seats_and_another_plan_is_heard_once(world, tmp_path):
    by_file(world, tmp_path, seats="60", plan="Scale")
    by_file(world, tmp_path, seats="60", plan="Scale")

    assert because() == ["They passed 50 seats: 60 now.", "Their plan is “Scale” now."]
    assert len(because(LATER + timedelta(days=1))) == 2


def test_a_file_that_says_what_is_known_is_no_news(world, tmp_path):
    by_file(world, tmp_path, seats="40", plan="Pro", notice_days="90")

    assert because() == []


def test_the_page_of_the_contract_is_heard_once(world, client: Client):
    client.force_login(world.ada)
    said = {"starts_on": "2025-10-01", "ends_on": "2026-09-30", "currency": "EUR", "arr": "48000"}
    url = reverse("workspace:contract-edit", args=[world.harbour_contract.pk])

    for _ in range(2):
        assert client.post(url, {**said, "seats": "60", "plan": "Scale"}).status_code == 302

    assert because() == ["They passed 50 seats: 60 now.", "Their plan is “Scale” now."]


def test_a_page_and_then_a_file_that_agrees_with_it_are_one_change(world, tmp_path):
    contracts.edit(contract=world.harbour_contract, by=world.ada, at=JUNE, seats=60, plan="Scale")
    by_file(world, tmp_path, at=LATER, seats="60", plan="Scale")

    assert len(because(LATER)) == 2


def test_each_step_is_a_change_of_its_own(world, tmp_path):
    contracts.edit(contract=world.harbour_contract, by=world.ada, at=JUNE, seats=60)
    by_file(world, tmp_path, at=JUNE + timedelta(days=1), seats="120")

    assert because(JUNE + timedelta(days=2)) == [
        "They passed 50 seats: 60 now.",
        "They passed 100 seats: 120 now.",
    ]


def test_what_was_not_known_yet_is_not_heard(world, tmp_path):
    by_file(world, tmp_path, at=JUNE + timedelta(days=1), seats="60")

    assert because(JUNE) == []
    assert because(JUNE + timedelta(days=1)) == ["They passed 50 seats: 60 now."]


def test_an_import_that_was_undone_changed_nothing(world, tmp_path):
    report = by_file(world, tmp_path, seats="60", plan="Scale")
    undoing.undo(Import.objects.get(pk=report.import_id), by=world.olga, at=LATER)

    assert because(LATER + timedelta(minutes=1)) == []


def test_what_is_corrected_of_a_term_that_is_over_is_history(world, tmp_path):
    over = {"customer": world.harbour, "plan": "Pro", "seats": 5}
    term = Contract.objects.create(
        key="before", starts_on=date(2024, 10, 1), ends_on=date(2025, 9, 30), **over
    )

    contracts.edit(contract=term, by=world.ada, at=JUNE, seats=60, plan="Scale")

    assert because() == []


@pytest.mark.parametrize("edited_on", [30, 31])
def test_a_term_that_began_lately_and_was_changed_since_is_heard_once(world, edited_on):
    edited = datetime(2026, 5, edited_on, 12, tzinfo=UTC)
    began = {"starts_on": date(2026, 5, 30), "ends_on": date(2027, 5, 29)}
    term = Contract.objects.create(
        key="harbour-2", customer=world.harbour, seats=45, plan="Pro", **began
    )

    contracts.edit(contract=term, by=world.ada, at=edited, seats=60, plan="Scale")

    assert because() == ["They passed 50 seats: 60 now.", "Their plan is “Scale” now."]


def test_a_term_that_is_changed_before_it_begins_is_heard_when_it_begins(world):
    began = {"starts_on": date(2026, 5, 30), "ends_on": date(2027, 5, 29)}
    term = Contract.objects.create(
        key="harbour-2", customer=world.harbour, seats=45, plan="Pro", **began
    )

    before = datetime(2026, 5, 25, 12, tzinfo=UTC)
    contracts.edit(contract=term, by=world.ada, at=before, seats=60, plan="Scale")

    assert because(before) == []
    assert because() == ["They passed 50 seats: 60 now.", "Their plan is “Scale” now."]
