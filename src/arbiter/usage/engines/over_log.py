"""What the engines that read the log itself have in common: they are told who is who, once for a moment."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

import ibis
import pyarrow as pa

from arbiter.usage.engines import people, recording, shape
from arbiter.usage.engines.engine import Engine
from arbiter.usage.expressions import dialects
from arbiter.usage.expressions import events as expressions
from arbiter.usage.expressions.dialects import Dialect
from arbiter.usage.log.table import Log, open_log


class OverLog(Engine):
    """An engine that shows the log's files as `settled` and `unsettled`."""

    def __init__(self, log: Log | None) -> None:
        self._log = log
        self._known: dict[datetime, tuple[ibis.Table, ibis.Table]] = {}
        self._views: dict[datetime, ibis.Table] = {}
        self._newer = 0
        self._recorded: dict[str, datetime | None] = {}
        self._has_unsettled = False

    def events(self, as_of: datetime) -> ibis.Table:
        """Return the events known at a moment, each with its user and its customer as far as they were known."""
        if as_of not in self._views:
            # What is asked of a view is compiled without it: its statement is as long as most measures.
            self._views[as_of] = self._view(f"known_{len(self._views)}", as_of)
        return self._views[as_of]

    def newer(self, as_of: datetime, since: datetime) -> ibis.Table:
        """Return those of them that were recorded after a moment, where nobody was told anew since, or all."""
        if people.anybody_anew(since=since, as_of=as_of):
            return self.events(as_of)
        self._newer += 1
        return self._view(f"newer_{self._newer}", as_of, since)

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
        self._newer = 0
        self._has_unsettled = bool(log.files(settled=False))

    def _view(self, name: str, as_of: datetime, since: datetime | None = None) -> ibis.Table:
        """Let a name stand for the events known at a moment, without what was recorded by an earlier one.

        Of months that were wholly recorded by the moment nobody needs to read when each event was, which takes as
        long as the rest of most measures.
        """
        months = [
            month
            for month, last in self._recorded.items()
            if not (since and last and last <= since)
        ]
        whole = [month for month in months if _by(self._recorded[month], as_of) and since is None]
        told = self._some_months(f"{name}_told", whole).get_name() if whole else ""
        others = [month for month in months if month not in whole]
        telling = self._some_months(f"{name}_months", others)
        unsettled = ibis.table(expressions.LOGGED, name="unsettled")
        tables = (
            self._recorded_between(f"{name}_telling", telling, as_of, since),
            self._recorded_between(f"{name}_unsettled", unsettled, as_of, since),
            *(table.get_name() for table in self._people(as_of)),
        )
        self._define(name, _statement(self.dialect, told, *tables))
        return ibis.table(expressions.KNOWN, name=name)

    def _recorded_between(
        self, name: str, events: ibis.Table, as_of: datetime, since: datetime | None
    ) -> str:
        kept = events.filter(events.recorded_at <= as_of)
        if since is not None:
            kept = kept.filter(kept.recorded_at > since)
        self._define(name, self.sql(kept))
        return name

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


def _by(last: datetime | None, as_of: datetime) -> bool:
    return last is not None and last <= as_of


@lru_cache(maxsize=64)
def _statement(
    dialect: Dialect, told: str, telling: str, unsettled: str, memberships: str, aliases: str
) -> str:
    """The statement that puts tables together, each with only what was known; names repeat from night to night."""
    known = expressions.known(
        ibis.table(expressions.LOGGED, name=telling),
        ibis.table(expressions.LOGGED, name=unsettled),
        ibis.table(expressions.MEMBERSHIPS, name=memberships),
        ibis.table(expressions.ALIASES, name=aliases),
    )
    if told:
        whole = ibis.table(expressions.LOGGED, name=told)
        known = whole.select(*expressions.KNOWN).union(known)
    return dialects.sql(known, dialect=dialect)
