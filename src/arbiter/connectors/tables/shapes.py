"""The shape of a known file: by which headers it is recognised, and what its rows mean."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.headers import Column, normalise
from arbiter.connectors.tables.notes import Notes
from arbiter.connectors.tables.questions import Answers, Question
from arbiter.connectors.tables.reading import Row
from arbiter.connectors.tables.records import Record
from arbiter.connectors.tables.targets import CUSTOM, SKIP, Target


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the row: the day of the import, the answers given, the whole file."""

    today: date
    answers: Answers
    findings: Findings
    notes: Notes


def leave_out(_column: Column) -> str:
    """Columns nobody named are left out: these exports have hundreds."""
    return SKIP


def keep_as_custom(_column: Column) -> str:
    """Columns nobody named are kept as custom fields."""
    return CUSTOM


def as_it_stands(_record: Record, _circumstances: Circumstances) -> None:
    """The columns already say all there is."""


def nothing_to_ask(_findings: Findings) -> list[Question]:
    """This shape raises no question of its own."""
    return []


def no_footer(_row: Row) -> bool:
    return False


def no_heading(_row: Row) -> bool:
    """The first row that is not blank is the only header."""
    return False


@dataclass(frozen=True)
class Shape:
    """One kind of file that one outside system writes.

    `required` holds groups of alternative headers; each group must be met by one. `fields` lists,
    for each target, the headers that mean it, best first. `refines_status` says that the shape
    knows what each of its status words means, so that none is asked. `needs_known_customer` says that the file names companies that may be no
    customers of ours: only rows of known ones are taken, and no customer is made of it. `is_heading` tells the further header rows that some tools write.
    """

    key: str
    label: str
    required: tuple[frozenset[str], ...]
    hints: frozenset[str]
    fields: dict[str, tuple[str, ...]]
    order: int = 0
    id_prefix: str = ""
    certainty: float = 1.0
    targets: dict[str, Target] = field(default_factory=dict)
    leftovers: Callable[[Column], str] = leave_out
    refine: Callable[[Record, Circumstances], None] = as_it_stands
    questions: Callable[[Findings], list[Question]] = nothing_to_ask
    is_footer: Callable[[Row], bool] = no_footer
    is_heading: Callable[[Row], bool] = no_heading
    refines_status: bool = False
    needs_known_customer: bool = False

    def holds_data(self, row: Row) -> bool:
        """Whether a row is neither a further header nor a footer."""
        return not self.is_heading(row) and not self.is_footer(row)

    def prefixed(self, identifier: str) -> str:
        """An id of theirs as a key of ours, so that two systems never meet on one number."""
        return f"{self.id_prefix}:{identifier}" if self.id_prefix and identifier else identifier


def any_of(*headers: str) -> frozenset[str]:
    """A group of headers of which one will do, normalised."""
    return frozenset(map(normalise, headers))


def named(**fields: str) -> dict[str, tuple[str, ...]]:
    """Fields from `customers__name="Name|Company name"`."""
    return {
        target.replace("__", "."): tuple(normalise(name) for name in names.split("|"))
        for target, names in fields.items()
    }


def own_targets(*targets: Target) -> dict[str, Target]:
    return {target.name: target for target in targets}
