"""The data: dated numbers, the file's own columns, and the raw record. Trailing, and ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from arbiter.accounts.queries import signals
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.customer import frame
from arbiter.workspace.customer.visit import Visit, link

if TYPE_CHECKING:
    from arbiter.workspace.customer.material import Material

COLUMNS = [
    {"label": "Signal"},
    {"label": "Value", "number": True},
    {"label": "When"},
]


@open_to_colleagues()
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what is stored about a customer, as it is stored."""
    visit, known = frame.open_page(request, pk)
    newest = signals.latest([pk], as_of=visit.now)
    return frame.show(
        request,
        visit,
        known,
        "customer-data",
        columns=COLUMNS,
        signals=sorted(newest.values(), key=lambda signal: signal.name),
        record=_record(visit),
        custom=_custom(visit, known),
        edit_url=link("customer-edit", pk) if visit.may_edit else "",
    )


def _record(visit: Visit) -> list[tuple[str, Any]]:
    """The customer's own fields; what is unknown says so."""
    customer = visit.customer
    fields = (
        ("Id", customer.key),
        ("Name", customer.name),
        ("Domain", customer.domain),
        ("Segment", customer.segment),
        ("Industry", customer.industry),
        ("Region", customer.region),
        ("Stage", customer.stage),
        ("Customer since", customer.since.isoformat() if customer.since else ""),
        ("Archived", customer.archived_at.date().isoformat() if customer.archived_at else ""),
    )
    told = [(label, value or "unknown") for label, value in fields if label != "Archived" or value]
    if customer.import_id:
        told.append(("Came in by import", str(customer.import_id)))
    return told


def _custom(visit: Visit, known: Material) -> list[dict[str, Any]]:
    """The columns of the files that we have no field for, by what they belong to."""
    found = [{"title": visit.customer.name, "rows": list(visit.customer.custom.items())}]
    found += [
        {"title": f"Contract {contract.key}", "rows": list(contract.custom.items())}
        for contract in (*known.open, *known.overdue)
    ]
    found += [
        {"title": contact.name, "rows": list(contact.custom.items())}
        for contact in known.people.values()
    ]
    return [each for each in found if each["rows"]]
