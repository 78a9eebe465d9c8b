"""GET /surveys/<key>/people/: choose whom to ask now. Each who would get no mail shows the reason."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import survey_mails, surveys
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.surveys import doors
from arbiter.workspace.surveys.preview import goal_of

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import SurveyVersion
    from arbiter.voice.queries.asks import Reach

# Nobody reads a longer page; whoever is not on it is found by name.
MOST = 60


@open_to_colleagues("GET", needs=Permission.ASK_CUSTOMERS)
def choose(request: SignedInRequest, key: str) -> HttpResponse:
    """Show the people of the customers named, or those found by a name."""
    survey = doors.survey_of(key)
    if surveys.goes_by_letter(survey):
        return redirect("workspace:asks-new")
    version = doors.version_of(survey)
    found = _found(request)
    groups = _groups(found[:MOST], version)
    context = {
        "survey": survey,
        "version": version,
        "groups": groups,
        "cut_off": len(found) > MOST,
        "most": MOST,
        "words": request.GET.get("who", ""),
        "customers": numbers(request.GET, "customer"),
        "picked": _picked(request, groups),
        "languages": [
            {"code": code, "name": surveys.language_name(code)}
            for code in sorted(surveys.wordings_of(version))
        ],
        "may_record": request.user.may(Permission.RECORD_ON_BEHALF),
        "crumbs": doors.crumbs(survey, "Ask now"),
    }
    return render(request, "workspace/surveys/people.html", context)


def _found(request: SignedInRequest) -> list[Contact]:
    there = contacts.visible_to(request.user).filter(left_on=None, customer__archived_at=None)
    if picked := numbers(request.GET, "contact"):
        there = there.filter(pk__in=picked)
    if customers := numbers(request.GET, "customer"):
        there = there.filter(customer__in=customers)
    if words := request.GET.get("who", "").strip()[:200]:
        there = there.filter(
            Q(name__icontains=words)
            | Q(email__icontains=words)
            | Q(customer__name__icontains=words)
        )
    return list(there.order_by("customer__name", "customer_id", "pk")[: MOST + 1])


def _picked(request: SignedInRequest, groups: list[dict[str, Any]]) -> set[int]:
    """Who is chosen when the page opens: those named; of a customer alone everybody there who would get a mail."""
    named = set(numbers(request.GET, "contact"))
    if named or request.GET.get("who") or not numbers(request.GET, "customer"):
        return named
    there = (person["reach"] for group in groups for person in group["people"])
    return {reach.contact.pk for reach in there if not reach.not_mailed_because}


def _groups(people: list[Contact], version: SurveyVersion) -> list[dict[str, Any]]:
    """The people by customer, each with why they would get no mail, and the goal that is asked about."""
    reached = survey_mails.reach(people, version, at=timezone.now())
    goals = (
        goal_of(list({each.customer_id for each in people}))
        if surveys.is_for_goal(version)
        else None
    )
    return [
        {
            "customer": group[0].contact.customer,
            "people": [_person(each, version) for each in group],
            "goal": goals.get(customer_id) if goals is not None else None,
            "lacks_goal": goals is not None and customer_id not in goals,
        }
        for customer_id, group in (
            (customer_id, list(rows))
            for customer_id, rows in groupby(reached, key=lambda each: each.contact.customer_id)
        )
    ]


def _person(reach: Reach, version: SurveyVersion) -> dict[str, Any]:
    contact = reach.contact
    language = surveys.language_name(contact.language) if contact.language else ""
    return {"reach": reach, "contact": contact, "language": language}
