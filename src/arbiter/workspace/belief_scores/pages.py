"""GET /belief-scores/: beliefs against what happened, what customers answered, and the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.forecast.queries.belief_scores import scores
from arbiter.foundation.roles import Permission
from arbiter.science.estimate import FEW
from arbiter.ui import wording
from arbiter.workspace.access import SignedInRequest, open_to_colleagues

if TYPE_CHECKING:
    from arbiter.forecast.queries.belief_scores.scores import Score

COLUMNS: list[dict[str, Any]] = [
    {"label": "Who"},
    {"label": "Believed", "number": True},
    {"label": "Renewed", "number": True},
    {"label": "Too rosy by", "number": True},
    {"label": "Brier", "number": True},
    {"label": "Log score", "number": True},
]


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show the company's last words, then teams and people; who has few is counted and not ranked."""
    board = scores.of(request.user, as_of=timezone.now())
    everybody = board.everybody
    context = {
        "all": everybody,
        "line": _line("Everybody", everybody),
        "share": _share(everybody),
        "bins": [
            {
                "forecast": each.forecast,
                "happened": each.observed,
                "low": each.low,
                "high": each.high,
                "n": each.n,
            }
            for each in everybody.bins
        ],
        "against": _against(everybody),
        "teams": [_line(row.name, row.score) for row in board.teams],
        "people": [_line(row.name, row.score) for row in board.people],
        "columns": COLUMNS,
        "few": FEW,
        "sees_all": request.user.may(Permission.SEE_ALL_CUSTOMERS),
        "crumbs": [{"label": "Beliefs scored"}],
    }
    return render(request, "workspace/belief_scores/index.html", context)


def _line(name: str, score: Score) -> dict[str, Any]:
    """One row in words: scores from twenty on, counts below."""
    told: dict[str, Any] = {
        "name": name,
        "n": score.n,
        "blind": score.blind,
        "believed": wording.percent(score.believed) if score.believed is not None else "–",
        "renewed": wording.share(score.renewed, score.n),
        "between": "",
        "rosy": "",
        "brier": "",
        "log": "",
        "forecast": "",
    }
    if score.is_few or score.in_large is None:
        return told
    large = score.in_large
    told |= {
        "between": wording.percents(score.share.low, score.share.high),
        "rosy": f"{wording.signed(round(-large.difference * 100))} points",
        "rosy_between": (
            f"{wording.signed(round(-large.high * 100))} to "
            f"{wording.signed(round(-large.low * 100))}"
        ),
        "brier": f"{score.brier:.3f}",
        "constant": f"{score.constant:.3f}",
        "log": "certain and wrong" if score.was_certain_and_wrong else f"{score.log:.3f}",
    }
    if score.against is not None:
        told["forecast"] = f"{score.against.forecast:.3f}"
        told["forecast_n"] = score.against.n
    return told


def _share(score: Score) -> dict[str, Any]:
    return {
        "value": score.renewed / score.n if score.n else None,
        "low": score.share.low,
        "high": score.share.high,
        "n": score.n,
        "count": score.renewed,
    }


def _against(score: Score) -> dict[str, Any] | None:
    """Which of the two knew more on the same renewals, or that luck could be all of it."""
    found = score.against
    if found is None:
        return None
    told: dict[str, Any] = {
        "n": found.n,
        "belief": f"{found.belief:.3f}",
        "forecast": f"{found.forecast:.3f}",
        "verdict": "",
    }
    difference = found.difference
    if difference is None:
        told["verdict"] = "Somebody was certain and wrong, so the log scores cannot be compared."
    elif difference.high < 0:
        told["verdict"] = "The team knew more than the forecast."
    elif difference.low > 0:
        told["verdict"] = "The forecast knew more than the team."
    else:
        told["verdict"] = "That could be luck: too few to say which knew more."
    if difference is not None:
        told["difference"] = (
            f"{difference.value:+.3f} nats ({difference.low:+.3f} to {difference.high:+.3f})"
        )
    return told
