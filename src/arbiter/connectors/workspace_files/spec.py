"""Every workspace file and every column, in one place: what it holds, what is required, what it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from arbiter.accounts.actions import intake as accounts
from arbiter.connectors.workspace_files.columns import PEOPLE, Column
from arbiter.connectors.workspace_files.company_columns import COMPANY_COLUMNS
from arbiter.connectors.workspace_files.customer_columns import (
    CUSTOMER_COLUMNS,
    USUAL_CATEGORIES,
)
from arbiter.engagement.actions import intake as engagement
from arbiter.forecast.actions import intake as forecast
from arbiter.foundation.actions import company_intake as foundation
from arbiter.foundation.intake import Intake
from arbiter.metrics.actions import intake as metrics
from arbiter.outcomes.actions import intake as outcomes
from arbiter.usage.actions import intake as usage
from arbiter.voice.actions import intake as voice

__all__ = ["FILES", "FORMAT", "PEOPLE", "USUAL_CATEGORIES", "Column", "File"]

FORMAT = 1
# Columns that a file of rejected rows has, and that are no data.
REJECTED_LINE, REJECTED_REASON = "rejected_line", "rejected_reason"


@dataclass(frozen=True)
class File:
    """A workspace file: its columns, and how its rows are kept."""

    name: str
    columns: tuple[Column, ...]
    intake: Intake

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def refs(self) -> tuple[Column, ...]:
        """The columns that name rows of other files, or people."""
        return tuple(column for column in self.columns if column.to)

    @cached_property
    def parent(self) -> Column | None:
        """The reference that says whose row it is; customers have none."""
        return next((column for column in self.refs if column.required and column.to != PEOPLE), None)  # fmt: skip

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The columns by which a row is the same row."""
        return self.intake.shape.identity

    @property
    def has_key(self) -> bool:
        """Whether rows have a key of their own, which other files may name."""
        return len(self.identity) == 1


_INTAKES = {
    intake.shape.file: intake
    for capability in (foundation, accounts, voice, usage, outcomes, engagement, metrics, forecast)
    for intake in capability.INTAKES
}

# In the order they are stored: what is referred to comes first.
FILES: dict[str, File] = {
    name: File(name, columns, _INTAKES[name])
    for name, columns in (CUSTOMER_COLUMNS | COMPANY_COLUMNS).items()
}
