"""How numbers, money and days are said. Pure: the day that counts as today is always an argument."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone

Number = Decimal | int | float | str

_SYMBOLS = {
    "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "SGD": "S$",
    "HKD": "HK$", "BRL": "R$", "MXN": "MX$", "ILS": "₪", "KRW": "₩", "PLN": "zł", "TRY": "₺", "UAH": "₴", "VND": "₫",
}  # fmt: skip
_WITHOUT_CENTS = {"JPY", "KRW", "VND", "CLP", "ISK"}
_STEPS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))
FEW = 20
_ODD_PLURALS = {"people": "person", "children": "child", "men": "man", "women": "woman"}
_BEHIND_A_NOUN = {"of", "per", "in", "to", "a", "for", "from", "on", "at", "by", "with"}
_HALF_A_YEAR = timedelta(days=183)


def money(amount: Number | None, currency: str = "") -> str:
    """Short: €1.84m, €412k, €9,500."""
    value = _decimal(amount)
    if value is None:
        return "unknown"
    size = _half_up(abs(value), "1")
    for index, (step, word) in enumerate(_STEPS):
        if size < step or size < 10_000:
            continue
        shown = _three_digits(size / step)
        if Decimal(shown) >= 1000 and index:
            step, word = _STEPS[index - 1]
            shown = _three_digits(size / step)
        return _with_currency(shown + word, currency, negative=value < 0)
    return _with_currency(f"{size:,}", currency, negative=value < 0)


def money_long(amount: Number | None, currency: str = "") -> str:
    """Whole units: €184,000."""
    value = _decimal(amount)
    if value is None:
        return "unknown"
    return _with_currency(f"{_half_up(abs(value), '1'):,}", currency, negative=value < 0)


def money_exact(amount: Number | None, currency: str = "") -> str:
    """To the cent: €184,000.00."""
    value = _decimal(amount)
    if value is None:
        return "unknown"
    smallest = "1" if currency in _WITHOUT_CENTS else "0.01"
    return _with_currency(f"{_half_up(abs(value), smallest):,}", currency, negative=value < 0)


def percent(proportion: Number | None) -> str:
    """A proportion in whole per cents, and never a false 0 or 100: 74%, under 1%, over 99%."""
    value = _decimal(proportion)
    if value is None:
        return "unknown"
    if Decimal(0) < value < Decimal("0.005"):
        return "under 1%"
    if Decimal("0.995") <= value < Decimal(1):
        return "over 99%"
    return f"{_minus(_half_up(value * 100, '1'))}%"


def percents(low: Number | None, high: Number | None) -> str:
    """A range of proportions: 58–86%."""
    first, last = _decimal(low), _decimal(high)
    if first is None or last is None:
        return "unknown"
    return f"{_half_up(first * 100, '1')}–{_half_up(last * 100, '1')}%"


def share(part: Number, whole: Number) -> str:
    """A percentage where the base allows one, else the counts: 63%, 5 of 8."""
    some, all_of_them = _decimal(part), _decimal(whole)
    if not all_of_them or some is None:
        return "–"
    if all_of_them < FEW:
        return f"{number(some)} of {number(all_of_them)}"
    return percent(some / all_of_them)


def number(value: Number | None) -> str:
    """1,234.5 without trailing zeros and with a true minus sign."""
    exact = _decimal(value)
    if exact is None:
        return "unknown"
    plain = f"{exact:,f}"
    return _minus(plain.rstrip("0").rstrip(".") if "." in plain else plain)


def signed(value: Number | None) -> str:
    """+13, −6, 0."""
    exact = _decimal(value)
    return f"+{number(value)}" if exact is not None and exact > 0 else number(value)


def measured(value: Number | None, unit: str = "") -> str:
    """A value with its unit: 1.9%, 6.1 days, €40,000."""
    if _decimal(value) is None:
        return "unknown"
    if unit in _SYMBOLS:
        return money_long(value, unit) if _is_whole(value) else money_exact(value, unit)
    if unit in _SYMBOLS.values():
        return f"{unit}{number(value)}"
    glue = "" if unit[:1] in ("%", "°", "") else " "
    return f"{number(value)}{glue}{unit}"


def noun(count: Number | None, things: str) -> str:
    """What so many are called, by what many are called: (1, "contracts due") → contract due."""
    return one_of(things) if _decimal(count) == 1 else things


def one_of(things: str) -> str:
    """One of what is told in the plural: customer, contract due, avoidable loss, person.

    The first word that is a plural is said in the singular; what stands behind "of" or "per" stays as it is.
    """
    words = things.split(" ")
    for place, word in enumerate(words):
        if word in _BEHIND_A_NOUN:
            break
        single = _singular(word)
        if single != word:
            return " ".join([*words[:place], single, *words[place + 1 :]])
    return things


def _singular(word: str) -> str:
    if word in _ODD_PLURALS:
        return _ODD_PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]


def day(when: date | None, today: date | None = None) -> str:
    """4 Feb; with the year unless it is this year's or less than half a year away: 4 Feb 2027."""
    if when is None:
        return "no date"
    there, here = _day(when), _day(today) if today else None
    short = f"{there.day} {there:%b}"
    near = here is not None and (here.year == there.year or abs(there - here) < _HALF_A_YEAR)
    return short if near else f"{short} {there.year}"


def days_from(when: date | None, today: date) -> str:
    """in 75 days, tomorrow, today, yesterday, 18 days ago."""
    if when is None:
        return "no date"
    days = (_day(when) - _day(today)).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def ago(when: date | None, today: date) -> str:
    """Roughly how long since: 6 days ago, 5 weeks ago, 8 months ago; never."""
    if when is None:
        return "never"
    days = (_day(today) - _day(when)).days
    if days < 21:
        return days_from(when, today)
    for limit, length, word in ((70, 7, "weeks"), (730, 30.44, "months")):
        if days < limit:
            return f"{round(days / length)} {word} ago"
    return f"{int(days / 365.25)} years ago"


def initials(name: str) -> str:
    """Dana Whitfield → DW; Norrvik → N."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in ends) or "?"


def _decimal(value: Number | None) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        # Twelve digits: what a float cannot hold exactly (0.1 + 0.2) is not shown.
        exact = Decimal(f"{value:.12g}" if isinstance(value, float) else str(value))
    except InvalidOperation as cause:
        raise ValueError(f"{value!r} is not a number.") from cause
    return exact if exact.is_finite() else None


def _half_up(value: Decimal, smallest: str) -> Decimal:
    return value.quantize(Decimal(smallest), rounding=ROUND_HALF_UP)


def _three_digits(value: Decimal) -> str:
    smallest = "0.01" if value < 10 else "0.1" if value < 100 else "1"
    shown = str(_half_up(value, smallest))
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _with_currency(shown: str, currency: str, *, negative: bool) -> str:
    symbol = _SYMBOLS.get(currency, f"{currency}\N{NO-BREAK SPACE}" if currency else "")
    return f"{'−' if negative else ''}{symbol}{shown}"


def _minus(shown: object) -> str:
    return str(shown).replace("-", "−")


def _is_whole(value: Number | None) -> bool:
    exact = _decimal(value)
    return exact is not None and exact == exact.to_integral_value()


def _day(when: date) -> date:
    if isinstance(when, datetime):
        return timezone.localtime(when).date() if timezone.is_aware(when) else when.date()
    return when
