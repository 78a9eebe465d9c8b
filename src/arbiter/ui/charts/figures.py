"""One figure: a value with its interval and its base, and how it is said. What is not known stays not known."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite, log10
from typing import Any

from arbiter.ui import wording
from arbiter.ui.items import value_of
from arbiter.ui.wording import FEW, Number

_KINDS = ("percent", "number", "points", "money")
_DIGITS_MOST = 4


def known(value: Number | None) -> float | None:
    """The value as a float; None for what nobody knows: None, an empty text, NaN."""
    if value is None or value == "":
        return None
    exact = float(value)
    return exact if isfinite(exact) else None


@dataclass(frozen=True)
class Reading:
    """How a measure's values are said: as per cents of 0–1, numbers, signed points or money."""

    kind: str = "percent"
    currency: str = ""
    unit: str = ""
    digits: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError(f"There is no kind {self.kind!r}; there are {', '.join(_KINDS)}.")

    def say(self, value: Number | None) -> str:
        """The value in words: 84%, 3.2%, 0.71, +50, €1.84m."""
        exact = known(value)
        if exact is None:
            return "not known"
        if self.kind == "percent":
            return wording.percent(exact) if not self.digits else f"{self._bare(exact)}%"
        if self.kind == "money":
            return wording.money(exact, self.currency)
        return f"{self._bare(exact)}{self._behind}"

    def between(self, low: Number | None, high: Number | None) -> str:
        """The range in words: 78–89%, 0.62–0.79, +21 to +79, €1.2m–€1.4m; empty when an end is missing."""
        first, last = known(low), known(high)
        if first is None or last is None:
            return ""
        joint = " to " if min(first, last) < 0 or self.kind == "points" else "–"
        if self.kind == "money":
            return f"{self.say(first)}{joint}{self.say(last)}"
        behind = "%" if self.kind == "percent" else self._behind
        return f"{self._bare(first)}{joint}{self._bare(last)}{behind}"

    def at_tick(self, value: float, step: float) -> str:
        """A mark of an axis, with as many digits as its steps need."""
        if self.kind == "money":
            return wording.money(value, self.currency)
        if self.kind == "percent":
            return f"{fixed(value * 100, digits_of(step * 100))}%"
        shown = fixed(value, digits_of(step))
        return f"+{shown}" if self.kind == "points" and value > 0 else shown

    def _bare(self, exact: float) -> str:
        if self.kind == "percent":
            return fixed(exact * 100, self.digits or 0)
        if self.kind == "points":
            shown = fixed(exact, self.digits or 0)
            return f"+{shown}" if exact > 0 and shown != "0" else shown
        if self.digits is not None:
            return fixed(exact, self.digits)
        return wording.number(fixed(exact, _sensible(exact)).replace(",", "").replace("−", "-"))

    @property
    def _behind(self) -> str:
        glue = "" if self.unit[:1] in ("%", "°", "") else " "
        return f"{glue}{self.unit}"


@dataclass(frozen=True)
class Figure:
    """A value, how far the truth may plausibly lie from it, and how many stand behind it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    count: float | None = None

    @classmethod
    def of(cls, item: Any) -> "Figure":
        """Read from a mapping or an object; the share of a count is worked out where it is not given."""
        value, low, high, n, count = (
            _number(value_of(item, name)) for name in ("value", "low", "high", "n", "count")
        )
        if value is None and count is not None and n:
            value = count / n
        return cls(value, low, high, n, count)

    @property
    def is_of_few(self) -> bool:
        """So few stand behind it that a percentage would pretend."""
        return self.n is not None and self.n < FEW

    @property
    def shown_n(self) -> str:
        return "" if self.n is None else fixed(self.n, 0 if float(self.n).is_integer() else 1)

    def said(self, reading: Reading) -> str:
        """The value in words, as counts where few stand behind a share: 5 of 8."""
        if reading.kind == "percent" and self.is_of_few and self.count is not None:
            return wording.share(self.count, self.n or 0)
        return reading.say(self.value)

    def between(self, reading: Reading) -> str:
        return reading.between(self.low, self.high)

    def sentence(self, reading: Reading, *, base: str = "n") -> str:
        """The figure read out: 84%, 78–89%, n 212."""
        of = f"{base} {self.shown_n}" if self.shown_n else ""
        return ", ".join(filter(None, [self.said(reading), self.between(reading), of]))


def _number(value: Any) -> float | None:
    """A tuple's own `count` is a method, not a number."""
    return None if callable(value) else known(value)


def fixed(value: float, digits: int) -> str:
    """Rounded half up to so many digits, with a true minus sign and never a negative zero."""
    exact = Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{exact + 0:,f}".replace("-", "−") if exact else f"{abs(exact):,f}"


def digits_of(step: float) -> int:
    """The fewest digits that tell steps of this size apart."""
    for digits in range(_DIGITS_MOST):
        if abs(round(step, digits) - step) < step * 1e-6:
            return digits
    return _DIGITS_MOST


def _sensible(exact: float) -> int:
    """Three digits that count, and none behind the point of a large number."""
    if not exact:
        return 0
    return min(max(2 - int(log10(abs(exact)) // 1), 0), _DIGITS_MOST)
