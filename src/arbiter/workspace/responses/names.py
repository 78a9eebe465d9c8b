"""Who stands behind a count: the asks of a state, and the customers of whom somebody spoke or nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries import memo
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import asks, coverage, places, responses
from arbiter.voice.queries.places import Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks.queue import CHANNELS
from arbiter.workspace.responses import figures, frame, kept
from arbiter.workspace.responses.choice import Choice
from arbiter.workspace.responses.overview import STATES_OF_COVERAGE

if TYPE_CHECKING:
    from arbiter.voice.models import Ask

SIZE = 50
COLUMNS: list[dict[str, Any]] = [
    {"label": "Person"},
    {"label": "Customer"},
    {"label": "Question"},
    {"label": "How"},
    {"label": "Asked", "sorted": "desc"},
    {"label": "Became"},
]
CUSTOMER_COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer", "sorted": "asc"},
    {"label": "Segment"},
    {"label": "Looked after by"},
    {"label": "", "hidden_label": "What can be done"},
]
# A list of these tells by itself what became of each ask.
TOLD = frozenset({"answered", "no_answer", "waiting", "not_delivered"})
STATES = {
    "": "Everybody asked",
    "opened": "Opened",
    "answered": "Answered",
    "no_answer": "No answer",
    "waiting": "Still open",
    "not_delivered": "Not delivered",
}


@dataclass(frozen=True)
class Line:
    """An ask, and what became of it."""

    ask: Ask
    question: str
    how: str
    became: str


@open_to_colleagues("GET")
def of_asks(request: SignedInRequest) -> HttpResponse:
    """Show the asks behind a count, the newest first."""
    now = timezone.now()
    choice = Choice.of(request.GET)
    state = choice.state if choice.state in STATES else ""
    window = choice.window(request.user, now)
    place = _place(request)
    found = responses.behind(
        request.user,
        window,
        state=state,
        kind=choice.kind,
        role=choice.role,
        up_to=place.at if place else None,
    )
    page = places.newest_first(found, after=place, size=SIZE)
    unknown = [] if state in TOLD else [ask.pk for ask in page.rows]
    answered = asks.answered(unknown) if unknown else set()
    context = {
        **frame.around("responses", now, STATES[state]),
        "title": STATES[state],
        "narrowed": _narrowed(choice),
        "states": [
            {"label": label, "url": choice.query(state=key), "current": key == state}
            for key, label in STATES.items()
        ],
        "columns": COLUMNS,
        "lines": [_line(ask, answered, state) for ask in page.rows],
        "next_url": f"{choice.query()}&after={page.after}" if page.after else "",
        "previous_url": choice.query() if request.GET.get("after") else "",
    }
    return render(request, "workspace/responses/asks.html", context)


@open_to_colleagues("GET")
@memo.one_edition()
def of_customers(request: SignedInRequest) -> HttpResponse:
    """Show the customers of whom who decides, somebody or nobody spoke, by name."""
    now = timezone.now()
    choice = Choice.of(request.GET)
    state = choice.state if choice.state in STATES_OF_COVERAGE else "never_asked"
    after = request.GET.get("after", "")
    window = choice.window(request.user, now)
    covered = kept.coverage_of(request.user, choice, window)[state]
    page = coverage.page(request.user, covered, after=_number(after))
    context = {
        **frame.around("responses", now, STATES_OF_COVERAGE[state]),
        "title": STATES_OF_COVERAGE[state],
        "states": [
            {"label": label, "url": choice.query(state=key), "current": key == state}
            for key, label in STATES_OF_COVERAGE.items()
        ],
        "columns": CUSTOMER_COLUMNS,
        "customers": page.rows,
        "may_ask": request.user.may(Permission.ASK_CUSTOMERS),
        "ask_url": reverse("workspace:asks-new"),
        "next_url": f"{choice.query()}&after={page.after}" if page.after else "",
        "previous_url": choice.query() if after else "",
    }
    return render(request, "workspace/responses/customers.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None


def _place(request: SignedInRequest) -> Place | None:
    return Place.parse(request.GET.get("after", "").replace(" ", "+"))


def _line(ask: Ask, answered: set[int], state: str) -> Line:
    how = CHANNELS.get(ask.channel, "") if ask.channel else ""  # type: ignore[call-overload]
    told = STATES[state] if state in TOLD else "Answered" if ask.pk in answered else ""
    return Line(ask, figures.QUESTIONS.get(ask.kind, ask.kind), how, told or "Not answered")


def _narrowed(choice: Choice) -> list[str]:
    """What the list is narrowed to besides the state, in words."""
    told = (
        figures.QUESTIONS.get(choice.kind, ""),
        figures.ROLES.get(choice.role, ""),
        choice.segment,
    )
    return [word for word in told if word]
