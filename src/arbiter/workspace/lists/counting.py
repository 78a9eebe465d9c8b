"""GET /counting/: how many customers the sums do not hold yet; a fragment that a page asks for until there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from arbiter.accounts.queries import customers
from arbiter.forecast.queries import waiting
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.progress import read_anew

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


@dataclass(frozen=True, slots=True)
class Counting:
    """How many customers wait to be counted, of how many there are."""

    waiting: int
    total: int

    @property
    def done(self) -> int:
        """How many are counted."""
        return self.total - self.waiting


def of(person: Person) -> Counting | None:
    """Return what is still being counted of what a person may see; None where nothing is."""
    left = waiting.count(person)
    if not left:
        return None
    total = customers.visible_to(person).filter(archived_at=None).count()
    return Counting(left, max(left, total))


@open_to_colleagues("GET")
def show(request: SignedInRequest) -> HttpResponse:
    """Say how far it is; once everybody is counted, have the page read anew."""
    found = of(request.user)
    if found is None:
        return read_anew()
    return render(request, "workspace/counting.html", {"counting": found})
