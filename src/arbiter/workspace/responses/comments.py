"""GET /comments/: what customers said in their own words, found by a word, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from arbiter.forecast.queries import memo
from arbiter.voice.queries import comments
from arbiter.voice.queries.comments import Filters
from arbiter.voice.queries.places import Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.responses import choice as choices
from arbiter.workspace.responses import figures, frame, kept, said
from arbiter.workspace.responses.choice import Choice
from arbiter.workspace.responses.said import InWords

if TYPE_CHECKING:
    from arbiter.voice.models import Answer, Feedback

COLUMNS: list[dict[str, Any]] = [
    {"label": "Who"},
    {"label": "Answer"},
    {"label": "Words", "width": "wide"},
    {"label": "When", "sorted": "desc"},
]


@dataclass(frozen=True)
class Line:
    """An answer as a row shows it: in words, with `replies`, what was written back to the mail that asked."""

    answer: Answer
    said: InWords
    role: str
    replies: Sequence[Feedback] = ()


@open_to_colleagues("GET")
@memo.one_edition()
def index(request: SignedInRequest) -> HttpResponse:
    """Show a page of comments, or of every answer; sealed ones are left out until somebody says what they believe."""
    now = timezone.now()
    choice = Choice.of(request.GET)
    place = Place.parse(request.GET.get("after", "").replace(" ", "+"))
    window = choice.window(request.user, now)
    up_to = place.at if place else None
    found = comments.visible(request.user, window, _filters(choice), up_to=up_to)
    page = comments.page(kept.readable(found, as_of=now), after=place)
    context = {
        **frame.around("responses-comments", now, "Comments"),
        "choice": choice,
        "kinds": _menu(choice, "kind", figures.QUESTIONS, "Every question"),
        "roles": _menu(choice, "role", figures.ROLES, "Every role"),
        "windows": choices.windows(choice),
        "segments": choices.segments(choice),
        "whose": choices.whose(choice),
        "every": [
            {"label": "With words", "url": choice.query(every=False), "current": not choice.every},
            {"label": "Every answer", "url": choice.query(every=True), "current": choice.every},
        ],
        "kept": _kept(choice),
        "columns": COLUMNS,
        "lines": lines(page.rows),
        "next_url": f"{choice.query()}&after={page.after}" if page.after else "",
        "previous_url": choice.query() if place else "",
    }
    return render(request, "workspace/responses/comments.html", context)


def lines(answers: Sequence[Answer]) -> list[Line]:
    """Say some answers, each with what was written back to the mail that asked for it."""
    replies, in_words = comments.replies_to(answers), said.of(answers)
    return [
        Line(
            answer,
            in_words[answer.pk],
            role=figures.ROLES.get(answer.contact.role, ""),
            replies=replies.get(answer.pk, ()),
        )
        for answer in answers
    ]


def _filters(choice: Choice) -> Filters:
    return Filters(
        words=choice.q,
        kind=choice.kind,
        band=choice.band,
        role=choice.role,
        silent_too=choice.every,
    )


def _menu(choice: Choice, side: str, words: dict[str, str], every: str) -> list[dict[str, Any]]:
    chosen = getattr(choice, side)
    first = {"label": every, "url": choice.query(**{side: "", "band": ""}), "current": not chosen}
    named = (
        {"label": label, "url": choice.query(**{side: key, "band": ""}), "current": key == chosen}
        for key, label in words.items()
    )
    return [first, *named]


def _kept(choice: Choice) -> list[tuple[str, str]]:
    """What a search keeps of the choice: hidden fields of its form."""
    told = QueryDict(choice.query(q="").removeprefix("?"))
    return [(name, value) for name, value in told.items() if isinstance(value, str)]
