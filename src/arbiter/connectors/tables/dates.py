"""Reads dates as exports write them. Day or month first is decided by a whole column or asked.

`03/04/2026` is two dates. A column in which any first number is above 12 is day-first, any second
number above 12 month-first; a column that shows neither is a question, never a guess.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from arbiter.connectors.tables.months import MONTHS

DAY_FIRST = "day first"
MONTH_FIRST = "month first"

_TIME = r"(?:[T ,]+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_TIME += r"\s*(?P<zone>(?:UTC|GMT)[+-]\d{1,2}(?::\d{2})?|Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_DOTTED = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})" + _TIME)
_EITHER = re.compile(r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4}|\d{2})" + _TIME)
_WORD = r"(?P<word>[^\W\d_]{3,10})\.?"
_DAY_WORD = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?[ -]+(?:de )?"
    + _WORD
    + r"[ -]+(?:de )?(?P<y>\d{4}|\d{2})"
    + _TIME
)
_WORD_DAY = re.compile(_WORD + r" (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})" + _TIME)
_UNIX = re.compile(r"1\d{9}")
_SERIAL = re.compile(r"[3-6]\d{4}(?:[.,]\d+)?")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,\s+(?=\d|[^\W\d_]+ \d)")


class Unreadable(ValueError):
    """A cell that is not clearly one value. Its text is the reason, `remedy` what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.remedy = remedy


REMEDY = "Write it as YYYY-MM-DD."


@dataclass(slots=True)
class DateEvidence:
    """What a column has shown so far about the order of day and month."""

    day_first: bool = False
    month_first: bool = False
    ambiguous: str = ""

    def see(self, cell: str) -> None:
        found = _EITHER.fullmatch(cell.strip())
        if not found:
            return
        first, second = int(found["a"]), int(found["b"])
        if first > 12 >= second:
            self.day_first = True
        elif second > 12 >= first:
            self.month_first = True
        elif first != second and not self.ambiguous:
            self.ambiguous = cell.strip()

    @property
    def order(self) -> str | None:
        """The order, or None when it must be asked. Without a doubtful cell it does not matter."""
        if self.day_first and not self.month_first:
            return DAY_FIRST
        if self.month_first and not self.day_first:
            return MONTH_FIRST
        return None if self.ambiguous else DAY_FIRST


def read_date(cell: str, order: str = DAY_FIRST) -> date:
    """The day a cell names, as written there, whatever the time zone.

    Raises:
        Unreadable: no date, no such day, or one that names only a month.
    """
    return read_instant(cell, order).date()


def read_instant(cell: str, order: str = DAY_FIRST) -> datetime:
    """The moment a cell names; midnight UTC when it has no time, UTC when it has no zone."""
    if _UNIX.fullmatch(cell.strip()):
        return datetime.fromtimestamp(int(cell), UTC)
    text = _WEEKDAY.sub("", cell.strip())
    found = _matched(text, order)
    if found is None:
        raise _not_a_date(cell.strip())
    year, month, day, match = found
    try:
        moment = datetime(year, month, day, tzinfo=UTC)
    except ValueError as fault:
        raise Unreadable(f"“{cell.strip()}” is no day of the calendar", REMEDY) from fault
    return _with_time(moment, match, cell.strip())


def _matched(text: str, order: str) -> tuple[int, int, int, re.Match[str]] | None:
    for pattern in (_ISO, _COMPACT, _DOTTED):
        if match := pattern.fullmatch(text):
            return _year(match["y"]), int(match["m"]), int(match["d"]), match
    if match := _EITHER.fullmatch(text):
        return _in_order(match, order)
    for pattern in (_DAY_WORD, _WORD_DAY):
        if (match := pattern.fullmatch(text)) and match["word"].casefold() in MONTHS:
            return _year(match["y"]), MONTHS[match["word"].casefold()], int(match["d"]), match
    return None


def _in_order(match: re.Match[str], order: str) -> tuple[int, int, int, re.Match[str]]:
    """A number above 12 can only be the day, even where the column is of the other order."""
    first, second = int(match["a"]), int(match["b"])
    day_first = first > 12 or (order == DAY_FIRST and second <= 12)
    day, month = (first, second) if day_first else (second, first)
    return _year(match["y"]), month, day, match


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else (2000 if year < 70 else 1900) + year


def _with_time(moment: datetime, match: re.Match[str], cell: str) -> datetime:
    groups = match.groupdict()
    if not groups.get("clock"):
        return moment
    parts = [int(float(part.replace(",", "."))) for part in groups["clock"].split(":")]
    hour = _hour(parts[0], groups.get("half"))
    if hour > 23 or parts[1] > 59 or (len(parts) > 2 and parts[2] > 59):
        raise Unreadable(f"“{cell}” names no time of the day", "Write it as YYYY-MM-DD HH:MM.")
    moment = moment.replace(hour=hour, minute=parts[1], second=parts[2] if len(parts) > 2 else 0)
    return moment.replace(tzinfo=_zone(groups.get("zone")))


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half.lower().startswith("p") else 0) if hour <= 12 else 24


def _zone(text: str | None) -> timezone:
    if not text or text in ("Z", "UTC", "GMT"):
        return UTC
    text = text.removeprefix("UTC").removeprefix("GMT")
    hours, _, minutes = text[1:].partition(":")
    if len(hours) == 4:
        hours, minutes = hours[:2], hours[2:]
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(offset if text[0] == "+" else -offset)


def _not_a_date(cell: str) -> Unreadable:
    if _SERIAL.fullmatch(cell):
        return Unreadable(
            f"“{cell}” looks like the day number of a spreadsheet",
            "Format the column as a date (YYYY-MM-DD) and export again.",
        )
    if re.fullmatch(r"\d{4}[-/]\d{1,2}|\d{1,2}/\d{4}|Q[1-4][ -/]?\d{4}|\D+ \d{4}", cell):
        return Unreadable(f"“{cell}” names no single day", REMEDY)
    return Unreadable(f"“{cell}” is not a date", REMEDY)
