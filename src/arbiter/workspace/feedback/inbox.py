"""GET /feedback/: everything customers told us, the newest first, whatever it came with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.voice.queries import feedback, themes
from arbiter.voice.queries.choices import FeedbackStatus
from arbiter.voice.queries.places import Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.feedback import sealed
from arbiter.workspace.feedback.choice import (
    NO_THEME,
    SOURCES,
    STATUSES,
    Choice,
    source_words,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.foundation.models import Person
    from arbiter.voice.models import Feedback, Theme
    from arbiter.voice.queries.feedback import InTheme

COLUMNS: list[dict[str, Any]] = [
    {"label": "Who"},
    {"label": "What they said", "width": "wide"},
    {"label": "Theme"},
    {"label": "How far"},
    {"label": "When", "sorted": "desc"},
]
# So many that stand in the way of a goal are shown above the rest.
BLOCKING = 5
TOLD_WITHIN = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """A piece of feedback as a row shows it; of a sealed one only that it is there."""

    piece: Feedback
    is_sealed: bool
    themes: Sequence[InTheme]
    source: str
    status: str
    is_late: bool


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show a page of the inbox."""
    now = timezone.now()
    places = _sources()
    choice = Choice.of(request.GET, sources=places)
    seen = feedback.visible_to(request.user)
    place = Place.parse(request.GET.get("after", "").replace(" ", "+"))
    page = feedback.page(feedback.narrowed(seen, choice.filters(request.user)), after=place)
    context = {
        "choice": choice,
        "tabs": _tabs(choice, feedback.counts(seen)),
        **_menus(choice, list(themes.standing()), places),
        "kept": _kept(choice),
        "blocking": lines(_blocking(seen, choice, place), request.user, now=now),
        "told": feedback.told_within(request.user, since=now - TOLD_WITHIN, as_of=now),
        "columns": COLUMNS,
        "lines": lines(page.rows, request.user, now=now, hides=bool(choice.q)),
        "next_url": f"{choice.query()}&after={page.after}" if page.after else "",
        "previous_url": choice.query() if place else "",
        "crumbs": [{"label": "Feedback"}],
        "now": now,
    }
    return render(request, "workspace/feedback/index.html", context)


def lines(
    rows: Sequence[Feedback], reader: Person, *, now: datetime, hides: bool = False
) -> list[Line]:
    """Say pieces of feedback; a search hides the sealed ones, for to be found would tell their words."""
    hidden = sealed.among(rows, reader, as_of=now)
    sorted_ = feedback.themes_of([row.pk for row in rows])
    return [
        Line(
            row,
            row.pk in hidden,
            sorted_.get(row.pk, ()),
            source_words(row.source),
            FeedbackStatus(row.status).label,
            is_late=row.due_on is not None
            and row.due_on < now.date()
            and row.status in feedback.OPEN,
        )
        for row in rows
        if not (hides and row.pk in hidden)
    ]


def _tabs(choice: Choice, counts: dict[str, int]) -> list[dict[str, Any]]:
    counted = {
        **counts,
        "": sum(counts.get(status, 0) for status in feedback.OPEN),
        "all": sum(counts.values()),
    }
    return [
        {
            "label": label,
            "url": choice.query(status=status),
            "count": counted.get(status, 0),
            "current": status == choice.status,
        }
        for status, label in STATUSES.items()
    ]


def _menus(choice: Choice, standing: list[Theme], places: dict[str, str]) -> dict[str, Any]:
    named = {"": "Every theme", NO_THEME: "No theme yet", **{str(each.pk): each.name for each in standing}}  # fmt: skip
    areas = {"": "Every part", **{area: area for area in feedback.areas_in_use()}}
    return {
        "themes": _menu(choice, "theme", named),
        "sources": _menu(choice, "source", places),
        "blocking_url": choice.query(blocking=not choice.blocking),
        "areas": _menu(choice, "area", areas) if len(areas) > 1 else [],
        "whose": [
            {"label": "Anybody's", "url": choice.query(mine=False), "current": not choice.mine},
            {"label": "Mine", "url": choice.query(mine=True), "current": choice.mine},
        ],
        "themes_url": reverse("workspace:feedback-themes"),
    }


def _sources() -> dict[str, str]:
    """The places there are, and those that a file named."""
    others = {each: source_words(each) for each in feedback.sources_in_use() if each not in SOURCES}
    return {"": "Every source", **SOURCES, **others}


def _blocking(seen: QuerySet[Feedback], choice: Choice, place: Place | None) -> list[Feedback]:
    """What stands in the way of a goal goes before the rest, where nothing was chosen yet."""
    if place is not None or choice != Choice():
        return []
    found = feedback.narrowed(seen, feedback.Filters(blocking=True))
    return feedback.page(found, size=BLOCKING).rows


def _menu(choice: Choice, side: str, words: dict[str, str]) -> list[dict[str, Any]]:
    chosen = getattr(choice, side)
    return [
        {"label": label, "url": choice.query(**{side: key}), "current": key == chosen}
        for key, label in words.items()
    ]


def _kept(choice: Choice) -> list[tuple[str, str]]:
    """What a search keeps of the choice: hidden fields of its form."""
    told = QueryDict(choice.query(q="").removeprefix("?"))
    return [(name, value) for name, value in told.items() if isinstance(value, str)]
