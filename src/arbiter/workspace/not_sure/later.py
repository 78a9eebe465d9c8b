"""GET /not-sure/later/: what became of the terms in which somebody was not sure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.forecast.queries import memo, seals
from arbiter.voice.queries import not_sure, responses
from arbiter.voice.queries.not_sure import Became, Episode
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.not_sure.queue import around
from arbiter.workspace.responses import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

YEARS = (1, 3, 5)
USUAL = 3
SIZE = 50
COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "First not sure"},
    {"label": "Answered next"},
    {"label": "Worked on"},
    {"label": "Term ends"},
    {"label": "Became"},
]
FATES = {"stayed": "Stayed", "left": "Left", "still_open": "Still open"}
NEXT = {"yes": "Yes", "no": "No", "not_sure": "Not sure again", "": "Nothing yet"}


@open_to_colleagues("GET")
@memo.one_edition()
def index(request: SignedInRequest) -> HttpResponse:
    """Show how many stayed, left and are still open, with the names behind each."""
    now = timezone.now()
    years = next((each for each in YEARS if str(each) == request.GET.get("years")), USUAL)
    fate = request.GET.get("fate", "") if request.GET.get("fate", "") in FATES else ""
    told = _became(request, now, years)
    shown = [each for each in told.episodes if not fate or each.fate == fate]
    start = _number(request.GET.get("after", ""))
    kept = f"?years={years}" + (f"&fate={fate}" if fate else "")
    context = {
        **around("not-sure-later", now, "What became of them"),
        "years": [
            {
                "label": f"{each} year{'s' if each > 1 else ''}",
                "url": f"?years={each}",
                "current": each == years,
            }
            for each in YEARS
        ],
        "tiles": [
            {"label": label, "value": told.count(key), "url": f"?years={years}&fate={key}#names"}
            for key, label in FATES.items()
        ],
        "stayed": _share(told.decided),
        "rows": _comparison(told),
        "total": len(told.episodes),
        "decided": len(told.decided),
        "fates": [
            {"label": "Everybody", "url": f"?years={years}#names", "current": not fate},
            *(
                {"label": label, "url": f"?years={years}&fate={key}#names", "current": key == fate}
                for key, label in FATES.items()
            ),
        ],
        "columns": COLUMNS,
        "lines": [_line(each) for each in shown[start : start + SIZE]],
        "next_url": f"{kept}&after={start + SIZE}#names" if len(shown) > start + SIZE else "",
        "previous_url": f"{kept}#names" if start else "",
    }
    return render(request, "workspace/not_sure/later.html", context)


def _became(request: SignedInRequest, now: Any, years: int) -> Became:
    """Read what became of them, or remember it: until something is answered or written anew, for some minutes at most."""
    reader = request.user
    key = ("not sure later", memo.scope(reader), years, responses.minutes(now), responses.marks())
    return memo.remember(
        key,
        lambda: not_sure.became(
            reader,
            since=now - timedelta(days=365 * years),
            as_of=now,
            readable=lambda found: seals.readable(found, as_of=now),
        ),
    )


def _share(decided: Sequence[Episode]) -> figures.Share:
    estimate = not_sure.share_that_stayed(decided)
    return figures.share(sum(each.fate == "stayed" for each in decided), len(decided), estimate)


def _comparison(told: Became) -> list[dict[str, Any]]:
    """How many of the decided stayed, by whether somebody worked on it and by what they answered next."""
    groups = [
        ("Somebody worked on it", [each for each in told.decided if each.worked_on]),
        ("Nobody worked on it", [each for each in told.decided if not each.worked_on]),
        *(
            (
                f"Answered next: {word.lower()}",
                [each for each in told.decided if each.next_answer == key],
            )
            for key, word in NEXT.items()
        ),
    ]
    return [
        {"label": label, "n": len(rows), "share": _share(rows)} for label, rows in groups if rows
    ]


def _line(each: Episode) -> dict[str, Any]:
    return {"each": each, "fate": FATES[each.fate], "next": NEXT.get(each.next_answer, "")}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0
