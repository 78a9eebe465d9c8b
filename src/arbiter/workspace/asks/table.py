"""POST /asks/links.csv: the links just shown, for a mail merge."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import HttpResponse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import letters, links
from arbiter.workspace.access import SignedInRequest, open_to_colleagues

COLUMNS = ("email", "first_name", "name", "role", "customer", "link", "yes", "not_sure", "no")
# A spreadsheet would take a cell that begins so for a formula, and run it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def download(request: SignedInRequest) -> HttpResponse:
    """Write a row for each link that the page still knows; the tokens come from there, for we have none."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="personal-links.csv"'
    response.headers["Cache-Control"] = "no-store"
    writer = csv.writer(response, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(request, request.POST.getlist("token")):
        writer.writerow([guarded(cell) for cell in row])
    return response


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _rows(request: SignedInRequest, tokens: list[str]) -> Iterator[tuple[str, ...]]:
    now = timezone.now()
    within_reach = contacts.visible_to(request.user)
    for token in tokens:
        found = links.find(token, at=now)
        if found is None or not within_reach.filter(pk=found.link.contact_id).exists():
            continue
        contact, url = found.link.contact, letters.address(token)
        yield (
            contact.email,
            letters.first_name(contact.name),
            contact.name,
            contact.get_role_display(),
            contact.customer.name,
            url,
            *(f"{url}?answer={answer}" for answer in letters.ANSWERS),
        )
