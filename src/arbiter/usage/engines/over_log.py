"""What the engines that read the log itself have in common: they are told who is who, once for a moment."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime

import ibis
import pyarrow as pa

from arbiter.usage.engines import people, recording, shape
from arbiter.usage.engines.engine import Engine
from arbiter.usage.expressions import events as expressions
from arbiter.usage.log.table import Log, open_log


class OverLog(Engine):
    """An engine that shows the log's files as `settled` and `unsettled`."""

    def __init__(self, log: Log | None) -> None:
        self._log = log
        self._known: dict[datetime, tuple[ibis.Table, ibis.Table]] = {}
        self._views: dict[datetime, ibis.Table] = {}
        self._recorded: dict[str, datetime | None] = {}
        self._has_unsettled = False

    def events(self, as_of: datetime) -> ibis.Table:
        """Return the events known at a moment, each with its user and its customer as far as they were known."""
        if as_of not in self._views:
            name = f"known_{len(self._views)}"
            self._define(name, self.sql(self._known_at(as_of)))
            # What is asked of a view is compiled without it: its statement is as long as most measures.
            self._views[as_of] = ibis.table(expressions.KNOWN, name=name)
        return self._views[as_of]

    def memberships(self, as_of: datetime) -> ibis.Table:
        """Return at which customers users had been seen by a moment; none where all events say it themselves."""
        return self._people(as_of)[0]

    def aliases(self, as_of: datetime) -> ibis.Table:
        """Return the names of users by a moment, resolved; none where no event needs them."""
        return self._people(as_of)[1]

    @abstractmethod
    def _show_files(
        self, log: Log, name: str, *, settled: bool, months: Sequence[str] | None = None
    ) -> None:
        """Show files of the log under a name: of all months, or of some."""

    @abstractmethod
    def _define(self, name: str, sql: str) -> None:
        """Let a name stand for a statement."""

    @abstractmethod
    def _show(self, name: str, rows: pa.Table) -> None:
        """Show rows under a name."""

    def _show_log(self) -> None:
        self._opened = log = self._log or open_log()
        self._recorded = recording.by_month(log)
        self._show_files(log, "settled", settled=True)
        self._show_files(log, "unsettled", settled=False)
        self._known.clear()
        self._views.clear()
        self._has_unsettled = bool(log.files(settled=False))

    def _known_at(self, as_of: datetime) -> ibis.Table:
        memberships, aliases = self._people(as_of)
        told, telling = self._settled(as_of)
        unsettled = ibis.table(expressions.LOGGED, name="unsettled")
        known = expressions.known(telling, unsettled, memberships, aliases, as_of=as_of)
        return known if told is None else told.select(*expressions.KNOWN).union(known)

    def _settled(self, as_of: datetime) -> tuple[ibis.Table | None, ibis.Table]:
        """Settled events: those of months that were wholly recorded by a moment, and the others.

        Of the first nobody needs to read when they were recorded, which takes as long as the rest of most measures.
        """
        whole = [month for month, last in self._recorded.items() if last and last <= as_of]
        if not whole:
            return None, ibis.table(expressions.LOGGED, name="settled")
        others = [month for month in self._recorded if month not in whole]
        number = len(self._views)
        return (
            self._some_months(f"told_{number}", whole),
            self._some_months(f"telling_{number}", others),
        )

    def _some_months(self, name: str, months: Sequence[str]) -> ibis.Table:
        self._show_files(self._opened, name, settled=True, months=months)
        return ibis.table(expressions.LOGGED, name=name)

    def _people(self, as_of: datetime) -> tuple[ibis.Table, ibis.Table]:
        if as_of not in self._known:
            number = len(self._known)
            self._known[as_of] = (
                self._shown(
                    f"memberships_{number}", expressions.MEMBERSHIPS, people.memberships, as_of
                ),
                self._shown(f"aliases_{number}", expressions.ALIASES, people.aliases, as_of),
            )
        return self._known[as_of]

    def _shown(
        self, name: str, kind: ibis.Schema, read: Callable[[datetime], pa.Table], as_of: datetime
    ) -> ibis.Table:
        self._show(name, read(as_of) if self._has_unsettled else shape.columns(kind).empty_table())
        return ibis.table(kind, name=name)
