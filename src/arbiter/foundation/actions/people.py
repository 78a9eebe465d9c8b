"""People come, change their part, go, and come back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from arbiter.foundation import journal, roles
from arbiter.foundation.models import Person, Team
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission


class AlreadyHere(Refusal):
    """Somebody with this address may sign in already."""


class OwnerProtected(Refusal):
    """There is one owner, whom nobody else demotes, deactivates or doubles."""


class NotYourself(Refusal):
    """Nobody locks themselves out."""


class UnknownRole(Refusal):
    """There is no such role to be given."""


class InvitationOver(Refusal):
    """The invited person has signed in already, or may not any more."""


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, by: Person, at: datetime, team: Team | None = None
) -> Person:
    """Let somebody sign in from now on; one whom a file has named before keeps what is theirs.

    Raises:
        AlreadyHere: they may sign in already.
        OwnerProtected, UnknownRole: the role cannot be given.
    """
    must(by, Permission.MANAGE_PEOPLE)
    _check_role(role)
    person = Person.objects.select_for_update().filter(email__iexact=email.strip()).first()
    if person is not None and (person.is_active or person.role == roles.SYSTEM.name):
        raise AlreadyHere(f"{person.get_full_name()} may sign in already.", field="email")
    if person is None:
        person = Person.objects.create_person(
            email=email, name=name, role=role, team=team, joined_at=at
        )
    else:
        person.name, person.role, person.team = name, role, team
        person.is_active, person.joined_at = True, at
        person.save(update_fields=["name", "role", "team", "is_active", "joined_at"])
    journal.record("foundation.person_invited", subject=person, by=by, at=at, role=role)
    return person


@transaction.atomic
def accept_invitation(*, person: Person, password: str, at: datetime) -> Person:
    """Choose the first password, once, before the first sign-in.

    Raises:
        InvitationOver: they have signed in before, or may not any more.
    """
    invited = Person.objects.select_for_update().filter(
        pk=person.pk, is_active=True, last_login__isnull=True
    )
    if (found := invited.first()) is None:
        raise InvitationOver("This invitation is over. Sign in, or ask for a new one.")
    found.set_password(password)
    found.save(update_fields=["password"])
    journal.record("foundation.invitation_accepted", subject=found, by=found, at=at)
    return found


@transaction.atomic
def change_role(*, person: Person, role: str, by: Person, at: datetime) -> Person:
    """Give somebody another role.

    Raises:
        OwnerProtected: they are the owner, or the role is the owner's.
        UnknownRole: there is no such role.
    """
    must(by, Permission.MANAGE_PEOPLE)
    _check_role(role)
    _protect_owner(person)
    before = person.role
    person.role = role
    person.save(update_fields=["role"])
    journal.record(
        "foundation.role_changed", subject=person, by=by, at=at, role=role, before=before
    )
    return person


@transaction.atomic
def rename(*, person: Person, name: str, by: Person, at: datetime) -> Person:
    """Write a name in another way; everyone may change their own."""
    if person.pk != by.pk:
        must(by, Permission.MANAGE_PEOPLE)
    person.name = name
    person.save(update_fields=["name"])
    journal.record("foundation.person_renamed", subject=person, by=by, at=at)
    return person


@transaction.atomic
def join_team(*, person: Person, team: Team | None, by: Person, at: datetime) -> Person:
    """Put somebody into a team, or into none."""
    must(by, Permission.MANAGE_PEOPLE)
    person.team = team
    person.save(update_fields=["team"])
    journal.record(
        "foundation.team_joined", subject=person, by=by, at=at, team=team.pk if team else None
    )
    return person


@transaction.atomic
def deactivate(*, person: Person, by: Person, at: datetime) -> Person:
    """Let somebody sign in no more, from this moment on; what they did stays theirs.

    Raises:
        OwnerProtected: they are the owner.
        NotYourself: they are the one who asks.
    """
    must(by, Permission.MANAGE_PEOPLE)
    _protect_owner(person)
    if person.pk == by.pk:
        raise NotYourself("You cannot deactivate yourself. Ask a colleague.")
    return _let_in(person, False, "foundation.person_deactivated", by, at)


@transaction.atomic
def reactivate(*, person: Person, by: Person, at: datetime) -> Person:
    """Let somebody sign in again."""
    must(by, Permission.MANAGE_PEOPLE)
    return _let_in(person, True, "foundation.person_reactivated", by, at)


def _let_in(person: Person, active: bool, fact: str, by: Person, at: datetime) -> Person:
    person.is_active = active
    person.save(update_fields=["is_active"])
    journal.record(fact, subject=person, by=by, at=at)
    return person


def _check_role(role: str) -> None:
    if role == "owner":
        raise OwnerProtected("There is one owner. Choose another role.", field="role")
    if role not in roles.ROLES:
        raise UnknownRole(f"There is no role {role!r}.", field="role")


def _protect_owner(person: Person) -> None:
    if person.role == "owner":
        raise OwnerProtected("The owner stays the owner: nobody changes that here.")
