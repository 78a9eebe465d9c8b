"""GET /api/v1/asks, /answers and /feedback: what was asked and said, in the words of the workspace files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from arbiter.api import credentials
from arbiter.api.answers import NotTaken, answered
from arbiter.api.v1 import feedback
from arbiter.connectors.workspace_files import typed
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import told

USUAL, MOST = 100, 500
Value = TypeVar("Value")


@csrf_exempt
@answered
def asks(request: HttpRequest) -> HttpResponse:
    """Asks, in the order in which they were kept."""
    return _listed(request, "asks")


@csrf_exempt
@answered
def answers(request: HttpRequest) -> HttpResponse:
    """Answers, in the order in which they were kept."""
    return _listed(request, "answers")


@csrf_exempt
@answered
def feedback_(request: HttpRequest) -> HttpResponse:
    """Feedback, in the order in which it was kept; by POST, a new piece of it."""
    return feedback.receive(request) if request.method == "POST" else _listed(request, "feedback")


def _listed(request: HttpRequest, file: str) -> HttpResponse:
    if request.method != "GET":
        raise NotTaken(405, "not_get", "Asks and answers are read by GET.", allow="GET")
    person = credentials.person(request, needs=Permission.EXPORT)
    most = min(_number(request, "limit", USUAL) or USUAL, MOST)
    rows = told.page(
        file,
        person=person,
        after=_number(request, "after", 0),
        most=most,
        part=told.Part(request.GET.get("customer_id", ""), _moment(request)),
    )
    # One more request finds nothing where the last page was full: cheaper than counting each time.
    after = rows[-1].id if len(rows) == most else None
    return JsonResponse({file: [typed.row(file, row) for row in rows], "after": after})


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    found = _read(request, name, _whole)
    return otherwise if found is None else found


def _moment(request: HttpRequest) -> datetime | None:
    return _read(request, "since", _instant)


def _whole(text: str) -> int:
    found = int(text)
    if not 0 <= found < 2**63:
        raise ValueError("Rows are numbered from 1.")
    return found


def _instant(text: str) -> datetime:
    # A plus sign that was not escaped reads as a blank.
    found = datetime.fromisoformat(text.replace(" ", "+"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _read(request: HttpRequest, name: str, reads: Callable[[str], Value]) -> Value | None:
    said = request.GET.get(name)
    if not said:
        return None
    try:
        return reads(said)
    except (ValueError, OverflowError) as wrong:
        raise NotTaken(400, "wrong_question", f"`{name}` cannot be read as it stands in the address.") from wrong  # fmt: skip
