"""The questions that a file leaves open under a mapping. Nothing of this is guessed."""

from datetime import date

from arbiter.connectors.recognition.mapping import Mapping
from arbiter.connectors.tables import ratings
from arbiter.connectors.tables.amounts import COMMA, POINT
from arbiter.connectors.tables.choices import OPEN, decision_of, plain
from arbiter.connectors.tables.currencies import CODES, SHARED_SIGNS, currency_in_header
from arbiter.connectors.tables.dates import DAY_FIRST, MONTH_FIRST, read_date
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.questions import Answers, Option, Question
from arbiter.connectors.tables.reading import Table
from arbiter.connectors.tables.shares import FRACTION, PERCENT
from arbiter.connectors.tables.targets import Kind

_COMMON_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "CAD", "AUD", "JPY")
_RATED = ("answers.nps", "answers.csat", "answers.ces", "answers.score")
_DECISIONS = ("renewed", "expanded", "contracted", "churned", OPEN)


def questions_of(
    table: Table, mapping: Mapping, findings: Findings, today: date, answers: Answers | None = None
) -> list[Question]:
    """Every question, answered or not, in the order of the columns and then of the file."""
    asked: list[Question] = []
    for position, name in enumerate(mapping.targets):
        label = table.columns[position].label
        asked += _about_date(position, label, findings)
        asked += _about_number(position, label, table, findings)
        asked += _about_share(position, label, findings)
        if name == "contracts.value":
            asked.append(_about_period(position, label))
    asked += _about_currency(table, mapping, findings)
    asked += mapping.kind.questions(findings)
    asked += ratings.ask_kind(findings)
    asked += ratings.ask_scales(findings, answers or {})
    asked += _about_day(mapping, today)
    return asked + _about_statuses(mapping, findings)


def _about_date(position: int, label: str, findings: Findings) -> list[Question]:
    evidence = findings.dates.get(position)
    if evidence is None or evidence.order is not None:
        return []
    sample = evidence.ambiguous
    options = tuple(
        Option(order, f"{sample} is {read_date(sample, order):%-d %B %Y} ({order})")
        for order in (DAY_FIRST, MONTH_FIRST)
    )
    others = {
        other.order for other in findings.dates.values() if other.day_first or other.month_first
    }
    return [
        Question(
            f"date_order:{position}",
            f"Which day does “{sample}” mean in “{label}”?",
            options,
            suggestion=others.pop() or "" if len(others) == 1 else "",
            samples=(sample,),
            position=position,
        )
    ]


def _about_number(position: int, label: str, table: Table, findings: Findings) -> list[Question]:
    evidence = findings.numbers.get(position)
    if evidence is None or evidence.decimal(table.delimiter) is not None:
        return []
    sample = evidence.ambiguous
    whole = sample.replace(",", "").replace(".", "")
    point, comma = (Option(POINT, "The point: 1,200.50"), Option(COMMA, "The comma: 1.200,50"))
    return [
        Question(
            f"decimal:{position}",
            f"Is “{sample}” in “{label}” {whole}, or does its mark part the decimals?",
            (point, comma),
            samples=(sample,),
            position=position,
        )
    ]


def _about_share(position: int, label: str, findings: Findings) -> list[Question]:
    evidence = findings.shares.get(position)
    if evidence is None or evidence.scale is not None:
        return []
    sample = evidence.ambiguous
    options = (
        Option(FRACTION, f"From 0 to 1: {sample} is {sample} of 1"),
        Option(PERCENT, f"From 0 to 100: {sample} is {sample} %"),
    )
    text = f"On which scale is “{sample}” in “{label}”?"
    return [Question(f"share:{position}", text, options, samples=(sample,), position=position)]


def _about_period(position: int, label: str) -> Question:
    options = (
        Option("year", "A year: it is the ARR"),
        Option("month", "A month: times 12"),
        Option("term", "The whole term: divided by its years"),
    )
    return Question(
        "value_period",
        f"What does “{label}” pay for?",
        options,
        suggestion="year",
        position=position,
    )


def _about_currency(table: Table, mapping: Mapping, findings: Findings) -> list[Question]:
    """Asked where any amount has neither column, header, code nor clear sign to go by."""
    if mapping.has("contracts.currency"):
        return []
    unclear = [
        (position, findings.numbers[position])
        for position in findings.numbers
        if mapping.target(position).kind == Kind.MONEY
        and not currency_in_header(table.columns[position].name)
        and (findings.numbers[position].unmarked or findings.numbers[position].shared_mark)
    ]
    if not unclear:
        return []
    position, evidence = unclear[0]
    sign = evidence.shared_mark
    label = table.columns[position].label
    text = (
        f"Which currency is “{sign}” in “{label}”?" if sign else f"In which currency is “{label}”?"
    )
    first = SHARED_SIGNS.get(sign.casefold().rstrip("."), ()) if sign else ()
    codes = dict.fromkeys((*first, *_COMMON_CURRENCIES, *sorted(CODES)))
    options = tuple(Option(code, code) for code in codes)
    return [Question("currency", text, options, position=position)]


def _about_day(mapping: Mapping, today: date) -> list[Question]:
    needed = (mapping.has_signals and not mapping.has("signals.at")) or (
        mapping.has("beliefs.probability") and not mapping.has("beliefs.at")
    )
    needed = needed or (mapping.has(*_RATED) and not mapping.has("answers.at"))
    if not needed:
        return []
    text = "On which day were the scores and beliefs in this file true?"
    return [Question("as_of", text, suggestion=today.isoformat(), required=False, free=True)]


def _about_statuses(mapping: Mapping, findings: Findings) -> list[Question]:
    """One for each status word that none of our decisions is clear for; left open unless answered."""
    if not mapping.has("contracts.status") or mapping.kind.refines_status:
        return []
    options = tuple(Option(decision, decision) for decision in _DECISIONS)
    return [
        Question(
            f"decision:{plain(word)}",
            f"What does the status “{word}” mean?",
            options,
            suggestion=OPEN,
            required=False,
            position=mapping.position("contracts.status"),
        )
        for word, _ in findings.words_of("contracts.status")
        if decision_of(word) is None
    ]
