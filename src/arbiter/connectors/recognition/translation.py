"""Reads a file under a mapping and streams the rows of workspace files that it gives."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from arbiter.connectors.recognition.asking import questions_of
from arbiter.connectors.recognition.emission import Emission, Told
from arbiter.connectors.recognition.examination import examine
from arbiter.connectors.recognition.identities import SAME_NAME_ANSWER
from arbiter.connectors.recognition.mapping import Mapping
from arbiter.connectors.recognition.readers import Reader, read_cell, readers_of
from arbiter.connectors.tables.dates import Unreadable
from arbiter.connectors.tables.directory import Directory
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.notes import Notes
from arbiter.connectors.tables.questions import (
    Answers,
    Question,
    Unanswered,
    answer_to,
    open_questions,
)
from arbiter.connectors.tables.reading import Row, Table
from arbiter.connectors.tables.records import LeftOut, Record, RowRefused
from arbiter.connectors.tables.shapes import Circumstances
from arbiter.connectors.tables.targets import COMMON, CUSTOM

_CUSTOMER_COLUMNS = {name.partition(".")[2] for name in COMMON if name.startswith("customers.")}
_FOOTER = "is a total or notice under the data, so it was left out"
_SHORT = "is shorter than the header; its missing cells were read as empty"


@dataclass(slots=True)
class Produced:
    """A row of a workspace file, and where it came from."""

    file: str
    row: dict[str, str]
    line: int
    source: str


@dataclass(slots=True)
class Problem:
    """Why the source row on a line was rejected as a whole, and what to do about it."""

    line: int
    column: str
    value: str
    reason: str
    remedy: str
    source: str

    def __str__(self) -> str:
        where = f"{self.source}, line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.reason}. {self.remedy}"


@dataclass(slots=True)
class Translation:
    """A file under a mapping with all its questions answered. Each iteration streams it anew."""

    table: Table
    mapping: Mapping
    answers: Answers
    findings: Findings
    today: date
    directory: Directory
    notes: Notes = field(default_factory=Notes)

    def __iter__(self) -> Iterator[Produced | Problem]:
        return self.read(self.directory.layer(), Told())

    def read(self, directory: Directory, told: Told) -> Iterator[Produced | Problem]:
        """Stream the file once; the directory learns whom it names."""
        self.notes = Notes()
        circumstances = Circumstances(self.today, self.answers, self.findings, self.notes)
        emission = Emission(self.mapping.kind, circumstances, directory, told)
        readers = readers_of(self.table, self.mapping, self.findings, self.answers)
        for row in self.table.rows():
            if self.mapping.kind.is_heading(row):
                continue
            if self.mapping.kind.is_footer(row):
                self.notes.add(_FOOTER, row.line)
            else:
                yield from self._row(row, readers, emission)

    def _row(
        self, row: Row, readers: list[Reader], emission: Emission
    ) -> Iterator[Produced | Problem]:
        try:
            self._check_width(row)
            record, custom = self._record(row, readers)
            rows = emission.rows(record, custom, row.cells)
        except LeftOut as reason:
            self.notes.add(str(reason), row.line)
        except _CellRefused as refused:
            yield refused.problem
        except RowRefused as refused:
            yield self._problem(row, refused)
        else:
            for file, columns in rows:
                yield Produced(file, columns, row.line, self.table.name)

    def _check_width(self, row: Row) -> None:
        wanted = len(self.table.columns)
        if row.width > wanted:
            raise RowRefused(
                f"the row has {row.width} cells and the header {wanted}",
                "Put a cell that holds the delimiter or a line break in quotation marks.",
            )
        if row.width < wanted:
            self.notes.add(_SHORT, row.line)

    def _record(self, row: Row, readers: list[Reader]) -> tuple[Record, dict[str, str]]:
        record, custom = Record(row.line), dict[str, str]()
        for reader in readers:
            cell = row.cells[reader.column.position]
            if not cell:
                continue
            try:
                value = read_cell(reader, cell)
            except Unreadable as fault:
                raise _CellRefused(self._unreadable(row, reader, fault)) from fault
            if value is None:
                continue
            if reader.target == CUSTOM:
                custom[_custom_name(reader)] = str(value)
            else:
                record[reader.target] = value
        return record, custom

    def _unreadable(self, row: Row, reader: Reader, fault: Unreadable) -> Problem:
        value = row.cells[reader.column.position].strip()
        return Problem(
            row.line,
            reader.column.label,
            value[:200],
            str(fault)[:300],
            fault.remedy,
            self.table.name,
        )

    def _problem(self, row: Row, refused: RowRefused) -> Problem:
        position = self.mapping.position(refused.target)
        label = "" if position is None else self.table.columns[position].label
        value = "" if position is None else row.cells[position].strip()[:200]
        return Problem(row.line, label, value, str(refused), refused.remedy, self.table.name)


@dataclass(frozen=True, slots=True)
class Batch:
    """Several files of one import, customers before what belongs to them."""

    translations: tuple[Translation, ...]
    directory: Directory

    def __iter__(self) -> Iterator[Produced | Problem]:
        together, told = self.directory.layer(), Told()
        for translation in sorted(self.translations, key=lambda t: t.mapping.kind.order):
            yield from translation.read(together, told)

    @property
    def notes(self) -> list[str]:
        return [note for translation in self.translations for note in translation.notes]


class _CellRefused(Exception):
    """Carries the problem of one cell up to its row."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def translate(
    table: Table,
    mapping: Mapping,
    answers: Answers,
    *,
    today: date,
    directory: Directory | None = None,
) -> Translation:
    """Prepare a file for reading.

    Raises:
        Refusal: the mapping does not fit the file. Unanswered: a question stands open.
    """
    mapping.check(table)
    findings = examine(table, mapping)
    questions = questions_of(table, mapping, findings, today, answers)
    unanswered = open_questions(questions, answers)
    if unanswered:
        raise Unanswered(unanswered)
    settled = _settled(questions, answers)
    return Translation(table, mapping, settled, findings, today, directory or Directory())


def _settled(questions: list[Question], answers: Answers) -> Answers:
    given = {question.key: answer_to(question, answers) for question in questions}
    given[SAME_NAME_ANSWER] = answers.get(SAME_NAME_ANSWER)
    return {key: answer for key, answer in given.items() if answer}


def _custom_name(reader: Reader) -> str:
    label = reader.column.label
    return f"{label} (imported)" if label.casefold() in _CUSTOMER_COLUMNS else label
