"""GET /responses/: who was asked, who answered, of whose money, and the scores month by month."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries import memo
from arbiter.foundation.queries import company
from arbiter.ui import wording
from arbiter.voice.queries import chosen, ratings, responses
from arbiter.voice.queries.responses import FEW_ANSWERS, Read, Tally, Window
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.responses import choice as choices
from arbiter.workspace.responses import figures, frame, kept
from arbiter.workspace.responses.choice import Choice

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.voice.queries.coverage import Covered
    from arbiter.voice.queries.ratings import Series
    from arbiter.voice.queries.responses import People

COUNTED = {
    "asked": "Asked",
    "delivered": "Delivered",
    "opened": "Opened",
    "answered": "Answered",
    "no_answer": "No answer",
    "waiting": "Still open",
}
STATES_OF_COVERAGE = {
    "decider_answered": "Who decides has answered",
    "answered": "Somebody answered, nobody who decides",
    "no_answer": "Asked, no answer",
    "never_asked": "Never asked",
}
COLUMNS: list[dict[str, Any]] = [
    *({"label": label, "number": True} for label in COUNTED.values()),
    {"label": "Response rate", "number": True},
]
COVERAGE_COLUMNS: list[dict[str, Any]] = [
    {"label": "What they said"},
    {"label": "Customers", "number": True},
    {"label": "A year", "number": True},
    {"label": "Share of the money", "number": True},
]


@open_to_colleagues("GET")
@memo.one_edition()
def index(request: SignedInRequest) -> HttpResponse:
    """Show the responses of some months."""
    now = timezone.now()
    choice = Choice.of(request.GET).about_all()
    window = choice.window(request.user, now)
    context = {
        **frame.around("responses", now),
        "choice": choice,
        "windows": choices.windows(choice),
        "segments": choices.segments(choice),
        "whose": choices.whose(choice),
        "since": window.since,
        "few": FEW_ANSWERS,
        "answer_days": responses.ANSWER_WITHIN.days,
        **kept.of(
            request.user, choice, window, "shown", lambda: _shown(request.user, choice, window)
        ),
    }
    return render(request, "workspace/responses/index.html", context)


def _shown(reader: Person, choice: Choice, window: Window) -> dict[str, Any]:
    """Count everything the page shows."""
    read = responses.read(reader, window)
    people = responses.people(reader, window)
    names = _names(choice)
    return {
        "total": read.total,
        "rate": figures.rate(read.total),
        "tiles": _tiles(read.total, choice),
        "kinds": _lines("Question", read.by_kind, figures.QUESTIONS, "kind", choice),
        "roles": _roles(read, people, choice),
        "coverage": _coverage(kept.coverage_of(reader, choice, window), choice),
        "coverage_columns": COVERAGE_COLUMNS,
        "rate_points": figures.rate_points(read.by_month, window),
        "has_rates": any(each.due >= FEW_ANSWERS for each in read.by_month.values()),
        "scores": [
            figures.score(each, window, names(each)) for each in ratings.read(reader, window)
        ],
        "chosen": [
            figures.chosen(each)
            for each in chosen.read(reader, window, language=company.language())
        ],
    }


def _tiles(total: Tally, choice: Choice) -> list[dict[str, Any]]:
    told = (
        ("Asked", total.asked, ""),
        ("Delivered", total.delivered, ""),
        ("Opened", total.opened, "opened"),
        ("Answered", total.answered, "answered"),
        ("No answer", total.no_answer, "no_answer"),
        ("Still open", total.waiting, "waiting"),
    )
    return [
        {"label": label, "value": wording.number(count), "url": _asks_url(choice, state=state)}
        for label, count, state in told
    ]


def _lines(label: str, by: Any, words: dict[str, str], side: str, choice: Choice) -> dict[str, Any]:
    """A table of counts along one side, in the order of its words."""
    rows = [
        {"label": words[key], **_cells(by[key], choice, **{side: key})}
        for key in words
        if key in by
    ]
    return {"columns": [{"label": label}, *COLUMNS], "rows": rows}


def _cells(told: Tally, choice: Choice, **side: str) -> dict[str, Any]:
    states = {"asked": "", "delivered": "", "waiting": "waiting"}
    return {
        "counts": [
            {
                "label": label,
                "count": getattr(told, name),
                "url": _asks_url(choice, state=states.get(name, name), **side),
            }
            for name, label in COUNTED.items()
        ],
        "rate": figures.rate(told),
        "due": told.due,
    }


def _roles(read: Read, there: list[People], choice: Choice) -> dict[str, Any]:
    """By role: how many people there are, how many were asked and spoke, and the counts of their asks."""
    people = {each.role: each for each in there}
    table = _lines("Role", read.by_role, figures.ROLES, "role", choice)
    shown = {row["label"] for row in table["rows"]}
    table["unasked"] = [
        f"{wording.number(people[role].there)} of role {label.lower()}"
        for role, label in figures.ROLES.items()
        if role in people and label not in shown
    ]
    for row in table["rows"]:
        role = next(key for key, label in figures.ROLES.items() if label == row["label"])
        told = people.get(role)
        row["people"] = (
            f"{wording.number(told.answered)} of {wording.number(told.there)} people answered, {wording.number(told.asked)} asked"
            if told
            else ""
        )
    return table


def _coverage(covered: dict[str, Covered], choice: Choice) -> list[dict[str, Any]]:
    """The states with their money; shares are of the currency with most of it."""
    currency = _main_currency(covered)
    whole = sum((each.arr.get(currency, Decimal(0)) for each in covered.values()), Decimal(0))
    customers = sum(each.customers for each in covered.values())
    rows = []
    for state, each in covered.items():
        amount = each.arr.get(currency, Decimal(0))
        others = [name for name in each.arr if name != currency]
        enough = whole and customers >= FEW_ANSWERS
        rows.append(
            {
                "label": STATES_OF_COVERAGE[state],
                "customers": each.customers,
                "url": reverse("workspace:responses-customers") + choice.query(state=state),
                "amount": wording.money(amount, currency) if currency else "–",
                "others": [wording.money(each.arr[name], name) for name in sorted(others)],
                "without_arr": each.without_arr,
                "share": wording.percent(float(amount / whole)) if enough else "–",
            }
        )
    return rows


def _main_currency(covered: dict[str, Covered]) -> str:
    totals: dict[str, Decimal] = {}
    for each in covered.values():
        for name, amount in each.arr.items():
            totals[name] = totals.get(name, Decimal(0)) + amount
    own = company.currency()
    return own if own in totals else max(totals, key=lambda name: totals[name], default="")


def _asks_url(choice: Choice, **narrowed: str) -> str:
    return reverse("workspace:responses-asks") + choice.query(**narrowed)


def _names(choice: Choice) -> Any:
    """The address of the answers behind a band of a score."""
    address = reverse("workspace:responses-comments")

    def of(series: Series) -> Any:
        return lambda band: address + choice.query(kind=series.kind, band=band, every=True)

    return of
