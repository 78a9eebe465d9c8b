"""From what a row says of dates, money and status to the columns of contracts.csv."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from arbiter.connectors.tables.amounts import Amount
from arbiter.connectors.tables.choices import OPEN, decision_of, plain
from arbiter.connectors.tables.currencies import currency_of
from arbiter.connectors.tables.dates import Unreadable
from arbiter.connectors.tables.periods import months_between, per_year, shifted
from arbiter.connectors.tables.records import Record, RowRefused
from arbiter.connectors.tables.shapes import Circumstances

_CENT = Decimal("0.01")
_YEAR = 12
_FROM_END = "no start date, so the contract was taken to start one term (a year unless the file says) before its end"
_PLAIN_COLUMNS = ("plan", "product")
_CHURN_ONLY = ("churn_reason", "churn_cause", "avoidable")
_CAUSES = frozenset({"ours", "external", "payment"})


@dataclass(frozen=True, slots=True)
class Term:
    """When a contract runs."""

    starts_on: date
    ends_on: date


def term_of(record: Record, circumstances: Circumstances) -> Term | None:
    """Start and end, one derived from the other where the file has only one; None without either.

    Raises:
        RowRefused: the contract would end before it starts.
    """
    lost_on = record.day("contracts.lost_on")
    starts, ends = record.day("contracts.starts_on"), record.day("contracts.ends_on") or lost_on
    months = int(
        record.number("contracts.term_months") or record.text("contracts.term_months") or 0
    )
    if ends is None and starts is not None and months:
        ends = shifted(starts, months)
    if ends is None:
        return None
    if starts is None:
        starts = shifted(ends, -(months or _YEAR))
        circumstances.notes.add(_FROM_END, record.line)
    if starts > ends:
        raise RowRefused(
            f"the contract would start on {starts} and end on {ends}",
            "Correct one of the two dates.",
            target="contracts.ends_on",
        )
    return Term(starts, ends)


def money_columns(record: Record, term: Term, circumstances: Circumstances) -> dict[str, str]:
    """`arr`, `new_arr` and `currency`.

    Raises:
        RowRefused: an amount below zero, or a currency that is missing or contradicts itself.
    """
    target, arr = _yearly(record, term, circumstances)
    new_arr = record.number("contracts.new_arr")
    columns = {}
    if arr is not None:
        columns["arr"] = _text(arr, target)
    if new_arr is not None:
        columns["new_arr"] = _text(new_arr, "contracts.new_arr")
    currency = _currency(record, target or "contracts.new_arr", circumstances)
    if columns and not currency:
        raise RowRefused(
            "the amount has no currency",
            "Fill in the currency of this row, such as EUR.",
            target="contracts.currency",
        )
    return {**columns, "currency": currency} if currency else columns


def decision_columns(record: Record, term: Term, circumstances: Circumstances) -> dict[str, str]:
    """`decision` and what belongs to it; nothing while the contract is open."""
    decision = _decision(record, circumstances)
    if decision == OPEN:
        if term.ends_on < circumstances.today:
            circumstances.notes.add(
                "the renewal date is past and no status says how it ended, so it stays open",
                record.line,
            )
        return {}
    columns = {"decision": decision}
    decided = record.day("contracts.decided_on") or record.day("contracts.lost_on")
    if decided:
        columns["decided_on"] = decided.isoformat()
    if decision == "churned":
        columns.update(_churn(record))
    return columns


def plain_columns(record: Record) -> dict[str, str]:
    """Plan, product, seats, renewal by itself, notice."""
    columns = {name: record.text(f"contracts.{name}") for name in _PLAIN_COLUMNS}
    for name in ("seats", "notice_days"):
        number = record.number(f"contracts.{name}")
        columns[name] = "" if number is None else str(int(number))
    if "contracts.auto_renew" in record:
        columns["auto_renew"] = boolean_text(record, "contracts.auto_renew")
    return {name: text for name, text in columns.items() if text}


def boolean_text(record: Record, target: str) -> str:
    return "true" if record[target] is True else "false"


def _yearly(record: Record, term: Term, circumstances: Circumstances) -> tuple[str, Decimal | None]:
    """The target that held an amount, and the amount made yearly."""
    for target, factor in (("contracts.arr", 1), ("contracts.mrr", 12)):
        amount = record.number(target)
        if amount is not None:
            return target, amount * factor
    if (total := record.number("contracts.total")) is not None:
        return "contracts.total", _spread(total, term)
    if (value := record.number("contracts.value")) is not None:
        period = circumstances.answers.get("value_period")
        if period == "term":
            return "contracts.value", _spread(value, term)
        return "contracts.value", value * (12 if period == "month" else 1)
    return _billed(record)


def _billed(record: Record) -> tuple[str, Decimal | None]:
    amount = record.number("contracts.amount")
    if amount is None:
        return "", None
    quantity = record.number("contracts.quantity")
    interval = record.text("contracts.interval")
    try:
        times = per_year(interval)
    except Unreadable as fault:
        raise RowRefused(str(fault), fault.remedy, target="contracts.interval") from fault
    return "contracts.amount", amount * times * (1 if quantity is None else quantity)


def _spread(amount: Decimal, term: Term) -> Decimal:
    """An amount for a whole term, made yearly by the months of the term."""
    months = months_between(term.starts_on, term.ends_on)
    if months is None:
        months_exact = Decimal((term.ends_on - term.starts_on).days + 1) / Decimal("30.4375")
        return amount * 12 / max(months_exact, Decimal(1))
    return amount * 12 / months


def _text(amount: Decimal, target: str) -> str:
    if amount < 0:
        raise RowRefused(
            f"the amount {amount} is below zero", "Write a positive amount.", target=target
        )
    return f"{amount.quantize(_CENT, ROUND_HALF_UP):f}"


def _currency(record: Record, target: str, circumstances: Circumstances) -> str:
    """The currency of a row: its column, else the sign or code beside the amount, else the answer."""
    written = record.get(target)
    mark = currency_of(written.mark) if isinstance(written, Amount) and written.mark else None
    stated = record.text("contracts.currency")
    if mark and stated and mark != stated:
        raise RowRefused(
            f"the amount is in {mark} but the currency column says {stated}",
            "Correct one of the two.",
            target="contracts.currency",
        )
    return stated or mark or circumstances.answers.get("currency", "")


def _decision(record: Record, circumstances: Circumstances) -> str:
    if "contracts.lost_on" in record:
        return "churned"
    word = record.text("contracts.status")
    if not word:
        return OPEN
    known = decision_of(word)
    return known or circumstances.answers.get(f"decision:{plain(word)}") or OPEN


def _churn(record: Record) -> dict[str, str]:
    columns = {"churn_reason": record.text("contracts.churn_reason")}
    cause = plain(record.text("contracts.churn_cause"))
    if cause and cause not in _CAUSES:
        raise RowRefused(
            f"“{cause}” is no cause of leaving we know",
            "Write ours, external or payment.",
            target="contracts.churn_cause",
        )
    columns["churn_cause"] = cause
    if "contracts.avoidable" in record:
        columns["avoidable"] = boolean_text(record, "contracts.avoidable")
    return {name: text for name, text in columns.items() if text}
