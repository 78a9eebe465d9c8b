"""Colleagues: invited, given parts, sent away and taken back; one owner, whom nobody touches."""

import pytest
from django.db import IntegrityError, transaction

from arbiter.foundation.actions import people, teams
from arbiter.foundation.models import Fact, Person
from arbiter.foundation.permissions import NotAllowed
from arbiter.foundation.queries import people as reads
from tests.world import APRIL, JUNE, MAY


def invite(by, **more):
    told = {"email": "Nora@lighthouse.test", "name": "Nora Nagy", "role": "csm"} | more
    return people.invite(by=by, at=JUNE, **told)


def facts(person):
    return list(
        Fact.objects.filter(subject_kind="foundation.person", subject_id=person.pk)
        .order_by("id")
        .values_list("name", flat=True)
    )


def test_an_invited_colleague_may_sign_in_and_the_journal_knows_who_let_them_in(world):
    nora = invite(world.abe, team=world.ada.team)

    assert (nora.email, nora.is_active, nora.team) == ("nora@lighthouse.test", True, world.ada.team)
    assert not nora.has_usable_password()
    assert facts(nora) == ["foundation.person_invited"]
    assert Fact.objects.latest("id").by_id == world.abe.pk


def test_somebody_whom_a_file_named_is_brought_in_and_keeps_what_is_theirs(world):
    named = Person.objects.create_person(
        email="nora@lighthouse.test", name="nora@lighthouse.test", is_active=False
    )

    nora = invite(world.olga, role="manager")

    assert nora.pk == named.pk
    assert (nora.name, nora.role, nora.is_active) == ("Nora Nagy", "manager", True)


def test_nobody_is_invited_twice_nor_in_place_of_the_system(world):
    with pytest.raises(people.AlreadyHere, match="Ada Arnold may sign in already"):
        invite(world.olga, email="ADA@lighthouse.test ")
    with pytest.raises(people.AlreadyHere):
        invite(world.olga, email=Person.objects.system().email)


@pytest.mark.parametrize("who", ["mona", "ada", "otto"])
def test_only_owner_and_admin_manage_people(world, who):
    person = getattr(world, who)

    with pytest.raises(NotAllowed, match="invite colleagues"):
        invite(person)
    with pytest.raises(NotAllowed):
        people.change_role(person=world.ben, role="admin", by=person, at=JUNE)
    with pytest.raises(NotAllowed):
        people.deactivate(person=world.ben, by=person, at=JUNE)
    with pytest.raises(NotAllowed):
        people.reactivate(person=world.ben, by=person, at=JUNE)
    with pytest.raises(NotAllowed):
        people.join_team(person=world.ben, team=None, by=person, at=JUNE)


def test_the_owner_is_neither_doubled_nor_demoted_nor_sent_away(world):
    with pytest.raises(people.OwnerProtected):
        invite(world.abe, role="owner")
    with pytest.raises(people.OwnerProtected):
        people.change_role(person=world.ben, role="owner", by=world.abe, at=JUNE)
    with pytest.raises(people.OwnerProtected):
        people.change_role(person=world.olga, role="csm", by=world.abe, at=JUNE)
    with pytest.raises(people.OwnerProtected):
        people.deactivate(person=world.olga, by=world.abe, at=JUNE)


def test_the_database_knows_one_owner_too(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create_person(email="second@lighthouse.test", name="Second", role="owner")


def test_a_role_that_does_not_exist_is_refused(world):
    with pytest.raises(people.UnknownRole):
        people.change_role(person=world.ben, role="emperor", by=world.olga, at=JUNE)


def test_a_role_changes_and_the_journal_keeps_both(world):
    people.change_role(person=world.ben, role="manager", by=world.olga, at=JUNE)

    world.ben.refresh_from_db()
    assert world.ben.role == "manager"
    assert Fact.objects.latest("id").details == {"role": "manager", "before": "csm"}


def test_access_ends_and_comes_back(world):
    people.deactivate(person=world.ben, by=world.abe, at=MAY)
    assert world.ben not in reads.colleagues()

    people.reactivate(person=world.ben, by=world.abe, at=JUNE)
    assert world.ben in reads.colleagues()
    assert facts(world.ben) == ["foundation.person_deactivated", "foundation.person_reactivated"]


def test_nobody_locks_themselves_out(world):
    with pytest.raises(people.NotYourself):
        people.deactivate(person=world.abe, by=world.abe, at=JUNE)


def test_everyone_may_write_their_own_name_in_another_way(world):
    people.rename(person=world.ben, name="Benedict Brandt", by=world.ben, at=JUNE)

    assert reads.get(world.ben.pk).name == "Benedict Brandt"
    with pytest.raises(NotAllowed):
        people.rename(person=world.ada, name="Adelheid", by=world.ben, at=JUNE)


def test_an_invitation_is_accepted_once_before_the_first_sign_in(world):
    nora = invite(world.olga)

    people.accept_invitation(person=nora, password="tall-ships-sail", at=JUNE)

    assert reads.get(nora.pk).check_password("tall-ships-sail")
    Person.objects.filter(pk=nora.pk).update(last_login=JUNE)
    with pytest.raises(people.InvitationOver):
        people.accept_invitation(person=nora, password="another-password", at=JUNE)


def test_teams_are_made_named_joined_and_dissolved_and_their_people_stay(world):
    east = teams.add(name="East", by=world.olga, at=APRIL)
    people.join_team(person=world.ben, team=east, by=world.olga, at=MAY)
    teams.rename(team=east, name="Far East", by=world.olga, at=MAY)
    assert [(team.name, team.members) for team in reads.teams()] == [
        ("Far East", 1),
        ("North", 1),
        ("South", 1),
    ]

    teams.dissolve(team=east, by=world.olga, at=JUNE)

    world.ben.refresh_from_db()
    assert world.ben.team is None
    assert [team.name for team in reads.teams()] == ["North", "South"]


def test_two_teams_do_not_share_a_name(world):
    with pytest.raises(teams.TeamExists):
        teams.add(name="North", by=world.olga, at=JUNE)
    with pytest.raises(teams.TeamExists):
        teams.rename(team=world.ada.team, name="South", by=world.olga, at=JUNE)
    with pytest.raises(NotAllowed):
        teams.add(name="West", by=world.mona, at=JUNE)


def test_people_are_found_by_id_and_address_and_the_system_is_nobody(world):
    system = Person.objects.system()

    assert reads.by_email(" ADA@lighthouse.test") == world.ada
    assert reads.get(system.pk) is None
    assert system not in reads.everyone()
    assert reads.owner() == world.olga


def test_the_demo_is_entered_as_one_person_of_each_role(world):
    entries = reads.demo_entries()

    assert [person.role for person in entries] == ["owner", "admin", "manager", "csm", "observer"]
    assert entries[3] == world.ada
