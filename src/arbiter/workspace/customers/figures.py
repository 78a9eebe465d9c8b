"""The figures above the list: of the customers it shows, and of no others."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arbiter.forecast.queries import headline, money
from arbiter.forecast.queries.facets import Facet, Facets
from arbiter.forecast.queries.standings import Filters
from arbiter.ui import wording
from arbiter.workspace.lists.coverage import Coverage

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


def of(person: Person, filters: Filters, counted: Facets, *, now: datetime) -> list[dict[str, Any]]:
    """Return the tiles: money, the customers' yes, what is expected, goals confirmed.

    Of a window alone the money is that of the contracts which end in it, as home says it; of any other
    filters it is what the customers pay in a year.
    """
    told = Coverage(counted.known, counted.total.customers)
    owner = _owner(filters)
    days = filters.within_days
    narrowed = Filters(within_days=days, owners=filters.owners)
    if days is not None and counted.currency and filters == narrowed and len(filters.owners) < 2:
        tiles = _due(person, days, counted.currency, owner, now)
    else:
        tiles = _a_year(filters, counted)
    return [*tiles, {"label": "Goals confirmed", "value": told.confirmed, "note": told.unjudged}]


def _owner(filters: Filters) -> int | None:
    return next(iter(filters.owners), None)


def _due(
    person: Person, days: int, currency: str, owner: int | None, now: datetime
) -> list[dict[str, Any]]:
    seen = headline.of(person, as_of=now, days=days, currency=currency, owner=owner)
    found = money.portfolio(person, currency=currency, as_of=now, days=days, owner=owner)
    yes = seen.states["yes"]
    tiles = [
        {
            "label": "Up for renewal",
            "value": wording.money(str(seen.due_arr), currency),
            "note": _contracts(seen.contracts),
            "apart": _others(
                {
                    name: headline.of(
                        person, as_of=now, days=days, currency=name, owner=owner
                    ).due_arr
                    for name in seen.currencies
                    if name != currency
                }
            ),
        },
        _yes(Facet(yes.customers, yes.arr), Facet(seen.customers, seen.due_arr), currency),
    ]
    if found is not None:
        low, high = (wording.money(end, currency) for end in (found.low, found.high))
        expected = wording.money(found.expected, currency)
        tiles.append({"label": "Expected to renew", "value": expected, "note": f"{low} to {high}"})
    return tiles


def _a_year(filters: Filters, counted: Facets) -> list[dict[str, Any]]:
    total, currency = counted.total, counted.currency
    # A facet counts its values as if none of them were chosen.
    chosen = not filters.intents or "yes" in filters.intents
    yes = counted.intents["yes"] if chosen else Facet()
    others = {
        name: facet.arr
        for name, facet in counted.currencies.items()
        if name not in ("", currency) and not filters.currencies
    }
    return [
        {
            "label": "A year",
            "value": wording.money(str(total.arr), currency) if currency else "unknown",
            "note": f"{total.customers:,} customer{'' if total.customers == 1 else 's'}",
            "apart": _others(others),
        },
        _yes(yes, total, currency),
    ]


def _yes(yes: Facet, total: Facet, currency: str) -> dict[str, Any]:
    few = total.customers < wording.FEW or not total.arr
    counts = f"{yes.customers:,} of {total.customers:,} customers"
    return {
        "label": "Said yes",
        "value": wording.money(str(yes.arr), currency) if currency else "–",
        "note": counts if few else wording.percent(yes.arr / total.arr),
    }


def _others(amounts: dict[str, Decimal]) -> str:
    """Money in further currencies: said beside the sum, never in it."""
    shown = [wording.money(str(arr), name) for name, arr in sorted(amounts.items()) if arr]
    return f"and apart from it {', '.join(shown)}" if shown else ""


def _contracts(number: int) -> str:
    return f"{number:,} contract{'' if number == 1 else 's'}"
