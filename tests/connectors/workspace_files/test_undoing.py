"""A whole import can be taken back, unless people have built on it."""

from datetime import timedelta

import pytest

from arbiter.accounts.actions import contracts, customers
from arbiter.accounts.models import Contact, Contract, Customer, Renewal
from arbiter.connectors.workspace_files import importing, imports, undoing
from arbiter.forecast.models import Standing
from arbiter.foundation import journal
from arbiter.foundation.models import Fact, Person
from arbiter.outcomes.actions import goals, verdicts
from arbiter.outcomes.models import Goal
from arbiter.voice.actions import answers, links
from tests.connectors.workspace_files.company import HARBOUR, NOON, write, write_file
from tests.connectors.workspace_files.running import exported, store

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def undo(report, **terms):
    record = imports.get(report.import_id)
    return undoing.undo(record, by=Person.objects.system(), at=LATER, **terms)


def built_on(report):
    return undoing.built_on(imports.get(report.import_id))


@pytest.fixture
def olga():
    return Person.objects.create_person(email="olga@vendor.example", name="Olga", role="owner")


def test_undoing_the_first_import_leaves_nothing_but_the_journal(tmp_path):
    before = exported(tmp_path / "before")
    people = Person.objects.system() and Person.objects.count()
    report = store(write(tmp_path / "harbour"))
    facts = Fact.objects.count()

    record = undo(report)

    assert exported(tmp_path / "after") == before
    assert (record.status, record.undone_at, record.undone_by.role) == ("undone", LATER, "system")
    assert Person.objects.count() == people
    assert not Standing.objects.exists()
    assert Fact.objects.count() == facts + 1
    assert Fact.objects.latest("pk").name == "connectors.import_undone"
    assert journal.verify() is None


def test_undoing_a_later_import_restores_every_row_it_changed(tmp_path):
    store(write(tmp_path / "harbour"))
    before = exported(tmp_path / "before")
    customers = [
        {
            **row,
            "parent_id": "dunes" if row["customer_id"] == "harbour" else "",
            "owner_email": "new@vendor.example",
            "stage": "renewal",
            "crm": "7",
        }
        for row in HARBOUR["customers"]
    ]
    contracts = [
        {
            **HARBOUR["contracts"][0],
            "decision": "renewed",
            "new_arr": "1",
            "by_email": "new@vendor.example",
        },
        {**HARBOUR["contracts"][1], "decision": "churned", "churn_cause": "ours"},
        {
            **HARBOUR["contracts"][2],
            "decision": "renewed",
            "churn_reason": "",
            "churn_cause": "",
            "avoidable": "",
            "churn_evidence": "",
        },
        {**HARBOUR["contracts"][1], "contract_id": "h-2027"},
    ]
    touchpoints = [
        {
            **HARBOUR["touchpoints"][0],
            "contact_ids": "cleo",
            "summary": "Other",
            "by_email": "new@vendor.example",
        }
    ]
    report = store(
        write(tmp_path / "more", customers=customers, contracts=contracts, touchpoints=touchpoints)
    )
    assert exported(tmp_path / "between") != before
    assert built_on(report) == []

    undo(report)

    assert exported(tmp_path / "after") == before
    assert not Person.objects.filter(email="new@vendor.example").exists()


def test_what_is_undone_may_come_again(tmp_path):
    folder = write(tmp_path / "harbour")
    first = store(folder)
    before = exported(tmp_path / "before")
    undo(first)

    assert store(folder).stored

    assert exported(tmp_path / "after") == before


def test_an_import_is_undone_once(tmp_path):
    report = store(write(tmp_path / "harbour"))
    undo(report)

    with pytest.raises(undoing.NothingToUndo):
        undo(report)


def test_an_observer_may_not_undo(tmp_path):
    report = store(write(tmp_path / "harbour"))
    otto = Person.objects.create_person(email="otto@vendor.example", name="Otto", role="observer")

    with pytest.raises(importing.NotAllowed):
        undoing.undo(imports.get(report.import_id), by=otto, at=LATER)


def test_a_customers_own_word_stands_in_the_way(tmp_path):
    report = store(write(tmp_path / "harbour"))
    cleo, faster = Contact.objects.get(key="cleo"), Goal.objects.get(key="faster")
    verdicts.give(goal=faster, contact=cleo, verdict="partly", by=cleo, at=LATER)
    answers.give(contact=cleo, kind="intent", value="yes", by=cleo, at=LATER)

    told = built_on(report)

    assert any("1 verdict added since" in each for each in told)
    assert any("1 answer added since" in each for each in told)
    with pytest.raises(undoing.BuiltOn, match="1 verdict added since"):
        undo(report)


@pytest.mark.parametrize("by_hand", ["goal", "decision", "edit", "link"])
def test_what_colleagues_did_since_stands_in_the_way(tmp_path, olga, by_hand):
    report = store(write(tmp_path / "harbour"))
    harbour, term = Customer.objects.get(key="harbour"), Contract.objects.get(key="h-2026")
    if by_hand == "goal":
        goals.state(customer=harbour, statement="Fewer calls", by=olga, at=LATER)
    elif by_hand == "decision":
        contracts.decide(contract=term, decision="renewed", by=olga, at=LATER)
    elif by_hand == "edit":
        customers.edit(customer=harbour, stage="renewal", by=olga, at=LATER)
    else:
        links.make(
            contact=Contact.objects.get(key="cleo"),
            by=olga,
            at=LATER,
            expires_at=LATER + timedelta(days=9),
        )

    assert built_on(report)

    with pytest.raises(undoing.BuiltOn):
        undo(report)


def test_a_row_it_changed_and_somebody_changed_again_stands_in_the_way(tmp_path, olga):
    store(write(tmp_path / "harbour"))
    path = write_file(
        tmp_path / "customers.csv", [{"customer_id": "dunes", "name": "Dunes", "stage": "trial"}]
    )
    report = store(path)
    customers.edit(customer=Customer.objects.get(key="dunes"), stage="live", by=olga, at=LATER)

    assert built_on(report) == ["1 of the customers it changed has been changed since."]


def test_a_later_import_is_undone_first(tmp_path):
    first = store(write(tmp_path / "harbour"))
    later = store(
        write_file(tmp_path / "customers.csv", [{"customer_id": "dunes", "name": "Dunes"}])
    )

    assert built_on(first) == [
        f"Import {later.import_id} changed some of its customers: undo that one first."
    ]

    undo(later)
    assert built_on(first) == []


def test_cascade_takes_everything_that_hangs_from_it(tmp_path, olga):
    empty = exported(tmp_path / "before")
    report = store(write(tmp_path / "harbour"))
    cleo, faster = Contact.objects.get(key="cleo"), Goal.objects.get(key="faster")
    verdicts.give(goal=faster, contact=cleo, verdict="partly", by=cleo, at=LATER)
    contracts.decide(
        contract=Contract.objects.get(key="h-2026"), decision="renewed", by=olga, at=LATER
    )
    links.make(contact=cleo, by=olga, at=LATER, expires_at=LATER + timedelta(days=9))

    undo(report, cascade=True)

    assert exported(tmp_path / "after") == empty
    assert not Renewal.objects.exists()


def test_cascade_leaves_other_customers_alone(tmp_path, world):
    before = exported(tmp_path / "before")
    customers = [{"customer_id": "new", "name": "New", "owner_email": world.ada.email}]
    contacts = [{"contact_id": "nora", "customer_id": "new", "name": "Nora"}]
    report = store(write(tmp_path / "new", {"customers": customers, "contacts": contacts}))

    undo(report, cascade=True)

    assert exported(tmp_path / "after") == before
