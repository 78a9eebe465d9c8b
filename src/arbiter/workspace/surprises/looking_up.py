"""GET /surprises/progress/: how many losses still wait for what was known before notice; asked for until few do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arbiter.forecast.queries.surprises import files, ledger, losses
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.progress import read_anew

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


@dataclass(frozen=True, slots=True)
class LookingUp:
    """Of how many losses what was known before notice is not stored yet, of how many there are."""

    waiting: int
    total: int


def of(person: Person, now: datetime) -> LookingUp | None:
    """Return what is still being looked up of the losses a person may see; None where a page can do it itself."""
    found = losses.visible_to(person, as_of=now)
    waiting = len(files.missing(found))
    return LookingUp(waiting, len(found)) if waiting > ledger.AT_ONCE else None


@open_to_colleagues("GET")
def show(request: SignedInRequest) -> HttpResponse:
    """Say how far it is; once it is done, have the page read anew."""
    found = of(request.user, timezone.now())
    if found is None:
        return read_anew()
    return render(request, "workspace/surprises/_looking_up.html", {"looking_up": found})
