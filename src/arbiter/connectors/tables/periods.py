"""How long a billing interval is, so that an amount becomes a yearly one."""

import re
from datetime import date
from decimal import Decimal

from arbiter.connectors.tables.dates import Unreadable

_UNITS = {
    "day": Decimal(365), "week": Decimal(52), "month": Decimal(12), "quarter": Decimal(4), "year": Decimal(1),
}  # fmt: skip
_WORDS = {
    "daily": "day", "tag": "day", "jour": "day", "weekly": "week", "woche": "week", "semaine": "week",
    "monthly": "month", "monat": "month", "monatlich": "month", "mensuel": "month", "mois": "month",
    "mensual": "month", "mes": "month", "mo": "month", "quarterly": "quarter", "quartal": "quarter",
    "trimestre": "quarter", "trimestriel": "quarter", "vierteljährlich": "quarter", "yearly": "year",
    "annual": "year", "annually": "year", "annum": "year", "jahr": "year", "jährlich": "year", "an": "year",
    "annuel": "year", "año": "year", "anual": "year", "yr": "year",
}  # fmt: skip
_HALF = frozenset(
    {
        "semi-annual",
        "semiannual",
        "semi annual",
        "half-yearly",
        "half yearly",
        "biannual",
        "halbjährlich",
    }
)
_EVERY = re.compile(r"(?:every |per |alle )?(?P<count>\d{1,3})?\s*(?P<unit>[^\W\d_]+?)(?:\(s\))?")


def per_year(interval: str) -> Decimal:
    """How often an interval comes round in a year: `month` 12, `every 3 months` 4, `2 years` 0.5.

    Raises:
        Unreadable: no interval we know.
    """
    word = interval.strip().casefold()
    if word in _HALF:
        return Decimal(2)
    match = _EVERY.fullmatch(word)
    unit = _unit(match["unit"]) if match else ""
    count = int(match["count"] or 1) if match else 0
    if not unit or not count:
        raise Unreadable(f"“{interval.strip()}” is not a billing interval", "Write month or year.")
    return _UNITS[unit] / count


def months_between(start: date, end: date) -> int | None:
    """Whole months of a term, its last day counted or not; None when it is no whole number of them.

    >>> months_between(date(2026, 1, 1), date(2026, 12, 31)), months_between(date(2026, 1, 5), date(2027, 1, 5))
    (12, 12)
    """
    days = (end - start).days
    months = round(days / 30.4375)
    return months if months and abs(days - months * 30.4375) <= 3 else None


def shifted(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _unit(word: str) -> str:
    for candidate in (
        word,
        word.removesuffix("s"),
        word.removesuffix("e"),
        word.removesuffix("en"),
    ):
        if candidate in _UNITS:
            return candidate
        if candidate in _WORDS:
            return _WORDS[candidate]
    return ""
