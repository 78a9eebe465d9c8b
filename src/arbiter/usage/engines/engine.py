"""What every engine does: show the events that were known at a moment, and run an expression over them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from types import TracebackType
from typing import ClassVar, Self

import ibis
import pyarrow as pa

from arbiter.usage.expressions import dialects
from arbiter.usage.expressions.dialects import Dialect


class Engine(ABC):
    """A place where expressions are run, open as long as its context lasts."""

    dialect: ClassVar[Dialect]

    @abstractmethod
    def events(self, as_of: datetime) -> ibis.Table:
        """Return the events known at a moment, as every measure takes them."""

    def newer(self, as_of: datetime, since: datetime) -> ibis.Table:
        """Return events of which those that were known at an earlier moment already may be left out."""
        del since
        return self.events(as_of)

    @abstractmethod
    def memberships(self, as_of: datetime) -> ibis.Table:
        """Return at which customers users had been seen by a moment."""

    @abstractmethod
    def aliases(self, as_of: datetime) -> ibis.Table:
        """Return the names of users by a moment, resolved."""

    @abstractmethod
    def run(self, expr: ibis.Table) -> pa.Table:
        """Return the rows of an expression, in columns of the types it says."""

    def kept(self, events: ibis.Table) -> ibis.Table:
        """Return events that will be asked several questions: an engine may set them aside until it is closed."""
        return events

    @abstractmethod
    def plan(self, expr: ibis.Table) -> str:
        """Return how the engine would go about an expression, in its own words."""

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def sql(self, expr: ibis.Table) -> str:
        """Return the statement this engine is asked."""
        return dialects.sql(expr, dialect=self.dialect)
