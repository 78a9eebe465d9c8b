"""Sums of money as the databases give them, to the cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
_EXACT = Decimal("0.000001")


def cents(amount: Decimal | float | None) -> Decimal:
    """To the cent. SQLite adds in floating point, whose error lies far beyond the sixth decimal."""
    exact = Decimal(str(amount or 0)).quantize(_EXACT)
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)
