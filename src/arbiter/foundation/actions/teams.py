"""Teams: colleagues who look after customers together."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Person, Team
from arbiter.foundation.permissions import must
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission


class TeamExists(Refusal):
    """Another team bears the name."""


@transaction.atomic
def add(*, name: str, by: Person, at: datetime) -> Team:
    """Make a team.

    Raises:
        TeamExists: there is one of that name.
    """
    must(by, Permission.MANAGE_PEOPLE)
    team = Team(name=name)
    _save(team)
    journal.record("foundation.team_added", subject=team, by=by, at=at)
    return team


@transaction.atomic
def rename(*, team: Team, name: str, by: Person, at: datetime) -> Team:
    """Call a team otherwise.

    Raises:
        TeamExists: there is another of that name.
    """
    must(by, Permission.MANAGE_PEOPLE)
    team.name = name
    _save(team)
    journal.record("foundation.team_renamed", subject=team, by=by, at=at)
    return team


@transaction.atomic
def dissolve(*, team: Team, by: Person, at: datetime) -> None:
    """Take a team away; its people stay, without a team."""
    must(by, Permission.MANAGE_PEOPLE)
    journal.record("foundation.team_dissolved", subject=team, by=by, at=at)
    team.delete()


def _save(team: Team) -> None:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as twice:
        raise TeamExists(f"There is a team {team.name} already.", field="name") from twice
