"""A received file as the mapping page shows it: what it is, its columns, its open questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from arbiter.connectors.recognition import opening
from arbiter.connectors.recognition.mapping import Mapping, choices
from arbiter.connectors.recognition.proposals import ColumnProposal, Proposal, likely_mapping
from arbiter.connectors.recognition.registry import SHAPES, is_known
from arbiter.connectors.tables.targets import CUSTOM, SIGNAL, SKIP
from arbiter.connectors.workspace_files import imports
from arbiter.foundation.queries import company

if TYPE_CHECKING:
    from django.http import QueryDict

    from arbiter.connectors.models import Import
    from arbiter.connectors.recognition.drafts import Draft
    from arbiter.connectors.tables.questions import Question
    from arbiter.connectors.tables.reading import Table

MANY_COLUMNS = 40
MANY_OPTIONS = 3
_GROUPS = {
    "customers": "Customer",
    "contacts": "Contact",
    "contracts": "Contract",
    "beliefs": "Our belief",
    "signals": "Signal",
    "answers": "Answer",
    "decision_maker": "Other people",
    "sponsor": "Other people",
    "champion": "Other people",
}
Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class ColumnChoice:
    """One column with its select."""

    column: ColumnProposal
    field: str
    signal: str
    samples: str
    read_as: str

    @property
    def is_taken(self) -> bool:
        return self.column.target != SKIP


@dataclass(frozen=True)
class Asked:
    """A question with its field and the answer that stands in it."""

    question: Question
    field: str
    answer: str
    options: list[dict[str, object]]
    is_open: bool

    @property
    def is_long(self) -> bool:
        return len(self.options) > MANY_OPTIONS


@dataclass(frozen=True)
class Reading:
    """One file of an import, ready to be shown."""

    number: int
    name: str
    remembered: bool
    table: Table
    proposal: Proposal
    columns: list[ColumnChoice]
    asked: list[Asked]
    choices: Choices
    kinds: list[tuple[str, str]]
    shows_all: bool

    @property
    def mapping(self) -> Mapping:
        return self.proposal.mapping

    @property
    def unanswered(self) -> list[Question]:
        return list(self.proposal.unanswered)

    @property
    def taken(self) -> list[ColumnChoice]:
        """The columns that say something; all of them where there are not too many."""
        if self.shows_all or len(self.columns) <= MANY_COLUMNS:
            return self.columns
        return [column for column in self.columns if column.is_taken]

    @property
    def left_out(self) -> int:
        return len(self.columns) - len(self.taken)

    @property
    def rows(self) -> str:
        return "1 row" if self.proposal.rows == 1 else f"{self.proposal.rows:,} rows"

    @property
    def shape_field(self) -> str:
        return f"shape-{self.number}"


def readings_of(record: Import, drafts: list[Draft], *, shows_all: bool = False) -> list[Reading]:
    """Every file of an import under its mapping."""
    folder = imports.folder(record) / "files"
    today = opening.day_of(record)
    return [
        _reading(number, draft, draft.table(folder), draft.proposal(folder, today), shows_all)
        for number, draft in enumerate(drafts)
    ]


def corrected(record: Import, draft: Draft, number: int, posted: QueryDict) -> Draft:
    """The draft as the form says. Another kind of file begins anew with what that kind proposes."""
    shape = posted.get(f"shape-{number}", draft.mapping.shape)
    if shape != draft.mapping.shape and is_known(shape):
        table = draft.table(imports.folder(record) / "files")
        return draft.corrected(likely_mapping(table, shape=shape), {})
    known = _known_targets(draft.mapping)
    targets = [
        chosen
        if (chosen := posted.get(f"target-{number}-{position}", target)) in known
        or chosen.startswith(SIGNAL)
        else target
        for position, target in enumerate(draft.mapping.targets)
    ]
    return draft.corrected(Mapping(shape, tuple(targets)), _answers(draft, number, posted))


def _known_targets(mapping: Mapping) -> set[str]:
    return {SKIP, CUSTOM, *(target.name for target in choices(mapping))}


def _answers(draft: Draft, number: int, posted: QueryDict) -> dict[str, str]:
    start = f"answer-{number}-"
    given = {
        name.removeprefix(start): str(value).strip()
        for name, value in posted.items()
        if name.startswith(start)
    }
    return {**draft.answers, **given}


def _reading(
    number: int, draft: Draft, table: Table, proposal: Proposal, shows_all: bool
) -> Reading:
    return Reading(
        number=number,
        name=draft.name,
        remembered=draft.remembered,
        table=table,
        proposal=proposal,
        columns=[_column(number, column) for column in proposal.columns],
        asked=[_asked(number, question, draft, proposal) for question in proposal.questions],
        choices=_choices(proposal.mapping),
        kinds=[(shape.key, shape.label) for shape in SHAPES],
        shows_all=shows_all,
    )


def _column(number: int, column: ColumnProposal) -> ColumnChoice:
    slug = re.sub(r"[^a-z0-9]+", "_", column.label.casefold()).strip("_")[:80]
    own = (
        column.target
        if column.target.startswith(SIGNAL)
        else SIGNAL + (slug or f"column_{column.position + 1}")
    )
    return ColumnChoice(
        column=column,
        field=f"target-{number}-{column.position}",
        signal=own,
        samples=" · ".join(column.samples),
        read_as=" · ".join(filter(None, column.read_as))
        if column.read_as != column.samples
        else "",
    )


def _asked(number: int, question: Question, draft: Draft, proposal: Proposal) -> Asked:
    answer = draft.answers.get(question.key, "")
    answer = answer if question.accepts(answer) else question.suggestion
    options = [(option.value, option.label) for option in question.options]
    if question.key == "currency":
        options.sort(key=lambda option: option[0] != company.currency())
    return Asked(
        question=question,
        field=f"answer-{number}-{question.key}",
        answer=answer,
        options=[
            {"value": value, "label": label, "checked": value == answer} for value, label in options
        ],
        is_open=question in proposal.unanswered,
    )


def _choices(mapping: Mapping) -> Choices:
    """Targets by group, those of the file's own kind last."""
    named = [
        (_GROUPS.get(target.group, "This kind of file"), target.name, target.label)
        for target in choices(mapping)
    ]
    order = list(dict.fromkeys([*_GROUPS.values(), "This kind of file"]))
    named.sort(key=lambda item: order.index(item[0]))
    return [
        (group, [(name, label) for _, name, label in items])
        for group, items in groupby(named, key=lambda item: item[0])
    ]
