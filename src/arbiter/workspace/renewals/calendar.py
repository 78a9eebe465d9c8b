"""GET /renewals.ics: renewals, and what one has promised or works on, as all-day events of a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.rules import day
from arbiter.engagement.queries import promises
from arbiter.forecast.queries import outlooks
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import follow_ups
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.renewals.choice import Choice

# A line is no longer than this many octets, without its end.
LONGEST = 75
MOST = 5_000
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


class Day(NamedTuple):
    """Something on a day. `uid` stays the same however often the file is made."""

    uid: str
    on: date
    summary: str
    address: str


@open_to_colleagues("GET", needs=Permission.EXPORT)
def download(request: SignedInRequest) -> HttpResponse:
    """Write the renewals of the choice, and one's own promises and follow-ups that are open."""
    now = timezone.now()
    days = [*_renewals(request, now), *_promises(request), *_follow_ups(request, now)]
    reply = HttpResponse(written(days, now), content_type="text/calendar; charset=utf-8")
    reply.headers["Content-Disposition"] = 'attachment; filename="renewals.ics"'
    reply.headers["Cache-Control"] = "no-store"
    return reply


def written(days: list[Day], now: datetime) -> str:
    """Return a calendar as it is exchanged."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Arbiter//Renewals//EN"]
    for each in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{each.uid}@{host}",
            f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{each.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{each.summary.translate(ESCAPED)}",
            f"URL:{settings.BASE_URL}{each.address}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _fold(line))


def _fold(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most so many octets; what goes on begins with a blank."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST:
            yield piece
            piece = " "
        piece += letter
    yield piece


def _renewals(request: SignedInRequest, now: datetime) -> Iterator[Day]:
    choice = Choice.of(request.GET)
    due = outlooks.due(request.user, as_of=now, days=choice.days, owner=choice.owner(request.user))
    for each in choice.narrowed(due)[:MOST]:
        yield Day(
            f"renewal-{each.contract_id}",
            each.ends_on,
            f"{each.customer_name}: renewal",
            reverse("workspace:customer", args=[each.customer_id]),
        )


def _promises(request: SignedInRequest) -> Iterator[Day]:
    own = promises.visible_to(request.user).filter(promised_by=request.user)
    for each in promises.open_first_due(own).filter(due_on__isnull=False)[:MOST]:
        if each.due_on:
            said = f"{each.customer.name}: promised – {each.text}"
            yield Day(f"promise-{each.pk}", each.due_on, said, reverse("workspace:promises"))


def _follow_ups(request: SignedInRequest, now: datetime) -> Iterator[Day]:
    """Whom one works on: that they are not sure, never why."""
    own = follow_ups.visible_to(request.user).filter(owner=request.user, closed_at=None)
    found = own.filter(due_on__gte=day(now) - timedelta(days=365))
    for each in found.select_related("answer__contact__customer").order_by("due_on", "pk")[:MOST]:
        contact = each.answer.contact
        yield Day(
            f"not-sure-{each.pk}",
            each.due_on,
            f"{contact.customer.name}: {contact.name} is not sure",
            reverse("workspace:not-sure"),
        )
