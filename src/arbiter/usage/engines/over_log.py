"""What the engines that read the log itself have in common: they are told who is who, once for a moment."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime

import ibis
import pyarrow as pa

from arbiter.usage.engines import people, shape
from arbiter.usage.engines.engine import Engine
from arbiter.usage.expressions import events as expressions
from arbiter.usage.log.table import Log, open_log


class OverLog(Engine):
    """An engine that shows the log's files as `settled` and `unsettled`."""

    def __init__(self, log: Log | None) -> None:
        self._log = log
        self._known: dict[datetime, tuple[ibis.Table, ibis.Table]] = {}
        self._views: dict[datetime, ibis.Table] = {}
        self._has_unsettled = False

    def events(self, as_of: datetime) -> ibis.Table:
        """Return the events known at a moment, each with its user and its customer as far as they were known."""
        if as_of not in self._views:
            memberships, aliases = self._people(as_of)
            known = expressions.known(
                ibis.table(expressions.LOGGED, name="settled"),
                ibis.table(expressions.LOGGED, name="unsettled"),
                memberships,
                aliases,
                as_of=as_of,
            )
            name = f"known_{len(self._views)}"
            self._define(name, self.sql(known))
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
    def _show_files(self, log: Log, name: str, *, settled: bool) -> None:
        """Show files of the log under a name."""

    @abstractmethod
    def _define(self, name: str, sql: str) -> None:
        """Let a name stand for a statement."""

    @abstractmethod
    def _show(self, name: str, rows: pa.Table) -> None:
        """Show rows under a name."""

    def _show_log(self) -> None:
        log = self._log or open_log()
        self._show_files(log, "settled", settled=True)
        self._show_files(log, "unsettled", settled=False)
        self._known.clear()
        self._views.clear()
        self._has_unsettled = bool(log.files(settled=False))

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
