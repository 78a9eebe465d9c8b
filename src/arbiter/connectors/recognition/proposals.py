"""What a file most likely is and what its columns most likely mean, for a person to correct."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from arbiter.connectors.recognition.asking import questions_of
from arbiter.connectors.recognition.assignment import assign
from arbiter.connectors.recognition.examination import examine
from arbiter.connectors.recognition.mapping import Mapping
from arbiter.connectors.recognition.readers import Reader, read_cell, readers_of
from arbiter.connectors.recognition.registry import shape_of
from arbiter.connectors.recognition.scoring import RECOGNISED, Match, matches
from arbiter.connectors.tables.amounts import Amount
from arbiter.connectors.tables.choices import OPEN, decision_of, plain
from arbiter.connectors.tables.dates import Unreadable
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.questions import Answers, Question, open_questions
from arbiter.connectors.tables.reading import Table
from arbiter.connectors.tables.records import Value
from arbiter.connectors.tables.targets import CUSTOM

_SAMPLES = 3
_SHOWN = 80
_DERIVED = {
    "contracts.mrr": "Monthly amounts are multiplied by 12.",
    "contracts.amount": "Amounts are made yearly by their billing interval.",
    "contracts.total": "Amounts for a whole term are divided by its years.",
}


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """A column, what it is read as, and how its first cells then read."""

    position: int
    label: str
    target: str
    target_label: str
    samples: tuple[str, ...]
    read_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that a page shows before anything is stored."""

    mapping: Mapping
    label: str
    score: float
    order: int
    rows: int
    columns: tuple[ColumnProposal, ...]
    questions: tuple[Question, ...]
    unanswered: tuple[Question, ...]
    statuses: tuple[tuple[str, int, str], ...]
    notes: tuple[str, ...]
    alternatives: tuple[tuple[str, str, float], ...] = field(default=())

    @property
    def shape(self) -> str:
        return self.mapping.shape

    @property
    def is_recognised(self) -> bool:
        return self.score >= RECOGNISED


def propose(
    table: Table,
    *,
    today: date,
    mapping: Mapping | None = None,
    shape: str = "",
    answers: Answers | None = None,
) -> Proposal:
    """Recognise a file, or read it under the shape or mapping a person chose."""
    answers = answers or {}
    found = matches(table)
    mapping = mapping or likely_mapping(table, shape=shape)
    findings = examine(table, mapping)
    questions = questions_of(table, mapping, findings, today, answers)
    scores = {match.shape.key: match.score for match in found}
    return Proposal(
        mapping=mapping,
        label=mapping.kind.label,
        score=scores.get(mapping.shape, 0.0),
        order=mapping.kind.order,
        rows=findings.rows,
        columns=_columns(table, mapping, findings, answers),
        questions=tuple(questions),
        unanswered=tuple(open_questions(questions, answers)),
        statuses=_statuses(findings, mapping, answers),
        notes=_notes(table, mapping, findings),
        alternatives=tuple((m.shape.key, m.shape.label, m.score) for m in found[:6]),
    )


def likely_mapping(table: Table, *, shape: str = "") -> Mapping:
    """What the headers and the first rows suggest; the whole file is not read."""
    chosen = shape_of(shape or _best(matches(table)))
    return Mapping(chosen.key, assign(table, chosen, table.sample()))


def _best(found: list[Match]) -> str:
    """The best match; a file nobody recognises is offered as a list of customers to map by hand."""
    if found and found[0].score >= RECOGNISED:
        return found[0].shape.key
    return "renewal_tracker.customers"


def _columns(
    table: Table, mapping: Mapping, findings: Findings, answers: Answers
) -> tuple[ColumnProposal, ...]:
    readers = {
        reader.column.position: reader for reader in readers_of(table, mapping, findings, answers)
    }
    rows = [row for row in table.sample() if mapping.kind.holds_data(row)]
    columns = []
    for column in table.columns:
        at = column.position
        cells = [cell for row in rows if (cell := row.cells[at].strip())][:_SAMPLES]
        columns.append(
            ColumnProposal(
                position=at,
                label=column.label,
                target=mapping.targets[at],
                target_label=mapping.target(at).label,
                samples=tuple(cell[:_SHOWN] for cell in cells),
                read_as=tuple(_read(readers[at], cell) for cell in cells) if at in readers else (),
            )
        )
    return tuple(columns)


def _read(reader: Reader, cell: str) -> str:
    """How a cell reads, or why it does not."""
    try:
        value = read_cell(reader, cell)
    except Unreadable as fault:
        return str(fault)[:_SHOWN]
    return "" if value is None else _words(value)[:_SHOWN]


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Amount):
        return f"{value.value:,f} {value.currency or value.mark}".strip()
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return f"{value:f}" if isinstance(value, Decimal) else value


def _statuses(
    findings: Findings, mapping: Mapping, answers: Answers
) -> tuple[tuple[str, int, str], ...]:
    """Each status word, how often it stands there, and the decision it is read as."""
    if mapping.kind.refines_status:
        return ()
    return tuple(
        (word, count, decision_of(word) or answers.get(f"decision:{plain(word)}") or OPEN)
        for word, count in findings.words_of("contracts.status")
    )


def _notes(table: Table, mapping: Mapping, findings: Findings) -> tuple[str, ...]:
    notes = []
    for target, told in _DERIVED.items():
        if mapping.has(target):
            notes.append(told)
    if mapping.has("contracts.ends_on") and not mapping.has(
        "contracts.starts_on", "contracts.term_months"
    ):
        notes.append(
            "No start date: each contract is taken to start a year before its renewal date."
        )
    if any(findings.colours.values()):
        notes.append("Health colours are read as points: green 100, yellow 50, red 0.")
    custom = [c.label for c in table.columns if mapping.targets[c.position] == CUSTOM]
    if custom:
        notes.append(
            f"Kept as custom fields: {', '.join(custom[:12])}{' …' if len(custom) > 12 else ''}."
        )
    return tuple(notes)
