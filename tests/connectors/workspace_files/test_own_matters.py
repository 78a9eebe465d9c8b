"""Settings, grounds, looks back and other matters of the vendor's own, as workspace files: what is special about them."""

import pytest

from arbiter.accounts.models import Basis, Contact
from arbiter.connectors.models import Brought, Import
from arbiter.connectors.workspace_files import importing, sources
from arbiter.connectors.workspace_files.undoing import built_on, undo
from arbiter.foundation.models import Company, Person
from arbiter.foundation.queries import company
from arbiter.usage.models import BehaviourSet, SnapshotRun
from arbiter.voice.queries import budget
from tests.connectors.workspace_files.company import HARBOUR, NOON, write
from tests.connectors.workspace_files.own_matters import OWN_MATTERS
from tests.connectors.workspace_files.running import again, check, exported, outcome, store

pytestmark = pytest.mark.django_db


def taken_back(report):
    undo(Import.objects.get(pk=report.import_id), by=Person.objects.system(), at=NOON)


def test_the_company_takes_the_place_of_the_one_that_was_set_up(tmp_path):
    Company.objects.create(pk=1, name="Empty so far", currency="USD", set_up_at=NOON)

    report = store(write(tmp_path / "harbour"))

    assert outcome(report)["company"] == (0, 1, 0, 0)
    assert (company.name(), company.currency()) == ("Beacon", "EUR")
    assert budget.limits().people_a_week == 2


def test_undoing_brings_back_how_the_company_was_set_up(tmp_path):
    Company.objects.create(pk=1, name="Empty so far", currency="USD", set_up_at=NOON)
    before = exported(tmp_path / "before")

    taken_back(store(write(tmp_path / "harbour")))

    assert exported(tmp_path / "after") == before
    assert company.currency() == "USD"
    assert not Brought.objects.exists()


def test_there_is_one_company(tmp_path):
    report = check(write(tmp_path / "harbour", company=OWN_MATTERS["company"] * 2))

    assert [(each.file, each.line) for each in report.problems] == [("company.csv", 3)]
    assert "the one row stands on line 2" in report.problems[0].reason


def test_whoever_may_not_change_settings_cannot_do_it_by_a_file(tmp_path, world):
    folder = write(tmp_path / "harbour")

    with pytest.raises(importing.NotAllowed, match="Leave that file out"):
        importing.store(sources.open_source(folder), by=world.mona, at=NOON)

    assert company.name() == "Lighthouse"
    assert not Basis.objects.exists()


def test_what_is_added_to_somebody_who_was_there_is_taken_back_alone(harbour, tmp_path):
    before = exported(tmp_path / "before")
    first, _ = OWN_MATTERS["lawful_bases"]
    later = again(tmp_path, "lawful_bases", [{**first, "purpose": "usage"}])
    assert Basis.objects.count() == 3

    taken_back(later)

    assert exported(tmp_path / "after") == before


def test_a_ground_that_was_stated_since_stands_in_the_way_of_undoing(harbour):
    cleo = Contact.objects.get(key="cleo")
    Basis.objects.create(contact=cleo, purpose="usage", basis="none", at=NOON, recorded_at=NOON)

    reasons = built_on(Import.objects.get(pk=harbour.import_id))

    assert [each for each in reasons if "basis" in each] == [
        "1 basis added since hangs from its contacts."
    ]


def test_two_features_that_stand_have_two_names(tmp_path):
    first, old = OWN_MATTERS["features"]
    rows = [first, {**old, "retired_at": ""}]

    report = check(write(tmp_path / "harbour", features=rows))

    assert [(each.line, each.column) for each in report.problems] == [(3, "name")]


def test_versions_of_a_set_stay_together_whatever_their_order(harbour):
    later = BehaviourSet.objects.get(key="a-later-one")
    first = BehaviourSet.objects.get(key="planning")

    assert later.line == first.line == first.pk
    assert SnapshotRun.objects.get(finished_at=None).whole


def test_colleagues_come_with_name_and_team_and_cannot_sign_in_yet(harbour):
    ada, ben, cy = Person.objects.filter(email__endswith="@vendor.example").order_by("email")

    assert (ada.name, ada.team, cy.team) == ("Ada of Lovelace", ben.team, None)
    assert ben.team.name == "North"
    assert not any(each.is_active or each.has_usable_password() for each in (ada, ben, cy))


def test_a_colleague_who_is_there_keeps_what_they_may_do(tmp_path):
    Person.objects.create_person(email="ada@vendor.example", name="Ada", role="admin")

    report = store(write(tmp_path / "harbour"))

    ada = Person.objects.get(email="ada@vendor.example")
    assert (ada.name, ada.role, ada.is_active) == ("Ada of Lovelace", "admin", True)
    assert outcome(report)["colleagues"] == (2, 1, 0, 0)


def test_undoing_lets_go_of_people_whom_nothing_names_and_of_nobody_else(harbour):
    kept = Person.objects.get(email="ben@vendor.example")
    Person.objects.filter(pk=kept.pk).update(is_active=True)

    taken_back(harbour)

    left = Person.objects.filter(email__endswith="@vendor.example")
    assert list(left) == [kept]


@pytest.mark.parametrize(
    ("file", "cells", "column", "says"),
    [
        ("features", {"events": "[]"}, "events", "names of its events"),
        ("features", {"events": "[1]"}, "events", "names of its events"),
        ("features", {"name": "Old", "retired_at": "soon"}, "retired_at", "not an instant"),
        ("behaviour_sets", {"rule": '{"of": []}'}, "rule", "Name at least one event"),
        ("behaviour_sets", {"version": "1"}, "version", "the same version"),
        ("feeds", {"kind": "set"}, "event", "name a set of behaviours"),
        ("feeds", {"kind": "sum", "over_event": "", "property": ""}, "property", "which property"),
        ("feeds", {"over_event": ""}, "over_event", "divided by another event"),
        ("feeds", {"disconnected_at": ""}, "goal_id", "the same goal_id"),
        ("occasions", {"state": "not_asked"}, "reason", "owed a reason"),
        ("occasions", {"rule_id": "none"}, "rule_id", "no asking rule"),
        ("lawful_bases", {"evidence": ""}, "evidence", "can be shown"),
        ("post_mortems", {"evidence": ""}, "evidence", "was not ours"),
        ("post_mortems", {"steps": '[{"why": "x"}]'}, "steps", "no chain of causes"),
        ("post_mortems", {"quoted": "cleo"}, "quoted", "of another customer"),
        ("month_reviews", {"surprises": "2"}, "surprises", "more than it is taken from"),
        ("asking_limits", {"sends_until": "9"}, "sends_until", "does not come after"),
        ("retention", {"days": "0"}, "days", "above 0"),
        ("business_models", {"business_model": "barter"}, "business_model", "none of the words"),
        ("exchange_rates", {"per_unit": "0"}, "per_unit", "above 0"),
        ("exchange_rates", {"into": "USD"}, "into", "no rate into itself"),
        ("base_rates", {"renewed": "41"}, "renewed", "more than it is taken from"),
        ("safe_bars", {"probability": "0"}, "probability", "above 0"),
        ("digests", {"hour": "24"}, "hour", "up to 23"),
    ],
)
def test_a_bad_row_is_refused_by_line(tmp_path, file, cells, column, says):
    first, *others = HARBOUR[file]
    rows = [*others, {**first, **cells}]

    report = check(write(tmp_path / "harbour", **{file: rows}))

    assert [(each.line, each.column) for each in report.problems if each.file == f"{file}.csv"] == [
        (len(rows) + 1, column)
    ]
    assert any(says in each.reason for each in report.problems)


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("base_rates", {"renewed": "30"}),
        ("safe_bars", {"probability": "0.9"}),
        ("exchange_rates", {"per_unit": "0.95"}),
        ("lawful_bases", {"evidence": "Signed again"}),
        ("post_mortems", {"lessons": "None"}),
        ("feedback_replies", {"text": "All is well"}),
        ("behaviour_sets", {"name": "Plans"}),
    ],
)
def test_what_counted_once_is_followed_never_rewritten(harbour, tmp_path, file, cells):
    report = again(tmp_path, file, [{**OWN_MATTERS[file][0], **cells}])

    assert not report.stored
    assert report.counts[file].conflict == 1
    assert "is never changed once it is given" in str(report.problems[0])
