"""GET /usage/events/: the events themselves, by customer, person, name and day; the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from arbiter.foundation.roles import Permission
from arbiter.usage.queries import explorer
from arbiter.usage.queries.explorer import UNATTRIBUTED, UNKNOWN, Filters, Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField
from arbiter.workspace.usage import frame

if TYPE_CHECKING:
    from arbiter.usage.queries.explorer import Told

COLUMNS: list[dict[str, Any]] = [
    {"label": "When", "sorted": "desc"},
    {"label": "Event"},
    {"label": "Customer"},
    {"label": "Person"},
    {"label": "Properties", "width": "wide"},
]
WHOSE = [
    ("", "Everybody’s"),
    (UNATTRIBUTED, "Of no customer"),
    (UNKNOWN, "Of customers not on file"),
]
SHOWN = 300
"""Characters of the properties that are shown at once; the rest unfolds."""


class EventForm(forms.Form):
    """What the list is narrowed to; what cannot be understood narrows nothing."""

    customer = forms.CharField(label="Customer’s key", max_length=200, required=False)
    user = forms.CharField(label="Person’s key", max_length=255, required=False)
    event = forms.CharField(label="Event", max_length=200, required=False)
    day = DayField(label="Day", required=False)
    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)

    def filters(self) -> Filters:
        """What was asked for."""
        self.is_valid()
        told = {name: self.cleaned_data.get(name) or "" for name in ("customer", "user", "event", "whose")}  # fmt: skip
        return Filters(**told, day=_near(self.cleaned_data.get("day")))


@dataclass(frozen=True)
class Line:
    """An event with its properties as text."""

    told: Told
    short: str
    rest: str


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show a page of events."""
    now = timezone.now()
    form = EventForm(request.GET or None)
    filters = form.filters() if form.is_bound else Filters()
    if filters.whose and not request.user.may(Permission.SEE_ALL_CUSTOMERS):
        filters = Filters(filters.customer, filters.user, filters.event, filters.day)
    before = _place(request.GET.get("before", ""))
    page = explorer.page(request.user, filters, as_of=now, before=before)
    kept = {key: request.GET[key] for key in EventForm.base_fields if request.GET.get(key)}
    return frame.show(
        request,
        "events",
        part="usage-events",
        form=form,
        page=page,
        lines=[_line(row) for row in page.rows],
        columns=COLUMNS,
        may_see_all=request.user.may(Permission.SEE_ALL_CUSTOMERS),
        next_url=f"?{urlencode({**kept, 'before': str(page.after)})}" if page.after else "",
        previous_url=f"?{urlencode(kept)}" if before else "",
        narrowed=bool(kept),
    )


def _line(row: Told) -> Line:
    text = _text(row.properties)
    return Line(row, text[:SHOWN], text[SHOWN:])


def _text(properties: str | None) -> str:
    """The properties as name and value, one after the other; what is no object is shown as it came."""
    try:
        told = json.loads(properties or "{}")
    except ValueError:
        return properties or ""
    if not isinstance(told, dict):
        return properties or ""
    return ", ".join(f"{name}: {_value(value)}" for name, value in told.items())


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _place(text: str) -> Place | None:
    place = Place.parse(text.replace("\x00", "")) if text else None
    return place if place and _near(place.at.date()) else None


def _near(day: date | None) -> date | None:
    """A day that a calendar can go back from."""
    return day if day and 1970 <= day.year <= 2200 else None
