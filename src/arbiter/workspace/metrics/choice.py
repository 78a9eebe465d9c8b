"""What a reader of the measures chose, and what there is to choose from: a day, and whose customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from arbiter.metrics.queries import snapshots
from arbiter.metrics.queries.snapshots import Scope


@dataclass(frozen=True)
class Choice:
    """A measured day and whose measures; `wanted` is the day that was asked for, if any."""

    day: date
    scope: Scope
    scopes: tuple[Scope, ...]
    newest: date
    wanted: date | None = None

    @property
    def is_newest(self) -> bool:
        """Whether it is the last day that was measured."""
        return self.day == self.newest

    @property
    def is_too_early(self) -> bool:
        """Whether nothing was measured by the day asked for, so that the first one is shown."""
        return self.wanted is not None and self.wanted < self.day

    @property
    def query(self) -> str:
        """The choice as the end of an address, from the question mark on; empty for the usual one."""
        return self._query(self.scope.key)

    @property
    def menu(self) -> list[dict[str, Any]]:
        """Whose measures there are, as links of a menu."""
        return [
            {
                "label": each.label,
                "url": self._query(each.key) or "?",
                "current": each == self.scope,
            }
            for each in self.scopes
        ]

    def with_(self, **more: object) -> str:
        """Return the end of an address that keeps the choice and tells more."""
        return self._query(self.scope.key, **more)

    def _query(self, scope: str, **more: object) -> str:
        told = {
            "as_of": "" if self.is_newest else self.day.isoformat(),
            "scope": scope,
            **more,
        }
        kept = {name: value for name, value in told.items() if value not in ("", None)}
        return f"?{urlencode(kept)}" if kept else ""


def of(told: QueryDict) -> Choice | None:
    """Read the choice from an address; None as long as nothing was measured. Nonsense is left out."""
    found = snapshots.newest()
    if found is None:
        return None
    newest, scopes = found
    wanted = _day(told.get("as_of", ""))
    day = _measured(wanted, newest)
    if day != newest:
        scopes = snapshots.scopes(day)
    asked = told.get("scope", "")
    scope = next((each for each in scopes if each.key == asked), scopes[0])
    return Choice(day, scope, tuple(scopes), newest, wanted)


def _measured(wanted: date | None, newest: date) -> date:
    if wanted is None or wanted >= newest:
        return newest
    return snapshots.day_for(wanted) or snapshots.days()[-1]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
