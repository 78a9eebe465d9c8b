"""Teams: made, named and dissolved."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.foundation.actions import teams as actions
from arbiter.foundation.queries import people
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of


class TeamForm(VerbForm):
    """A team's name."""

    name = forms.CharField(label="Name of the team", max_length=100)


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_PEOPLE)
def new(request: SignedInRequest) -> HttpResponse:
    """Make a team."""
    form = TeamForm(request.POST or None)
    if (
        form.is_valid()
        and form.attempt(actions.add, by=request.user, at=timezone.now()) is not None
    ):
        return redirect("workspace:settings-people")
    return page(request, "team", {"form": form}, status=status_of(request))


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_PEOPLE)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a team's name and change it."""
    team = get_object_or_404(people.teams(), pk=pk)
    form = TeamForm(request.POST or None, initial={"name": team.name})
    if (
        form.is_valid()
        and form.attempt(actions.rename, team=team, by=request.user, at=timezone.now()) is not None
    ):
        return redirect("workspace:settings-people")
    return page(request, "team", {"form": form, "team": team}, status=status_of(request))


@open_to_colleagues("POST", needs=Permission.MANAGE_PEOPLE)
def dissolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a team away; its people stay."""
    team = get_object_or_404(people.teams(), pk=pk)
    actions.dissolve(team=team, by=request.user, at=timezone.now())
    messages.success(request, f"The team {team.name} is dissolved. Its people stay.")
    return redirect("workspace:settings-people")
