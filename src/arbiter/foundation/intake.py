"""How rows come in by the thousand: straight into their tables, column by column.

A verb writes one row and its fact; an import writes a hundred thousand. So a capability says in
`actions/intake.py` how rows of a workspace file are kept (`Intake`), and this engine writes them with one
prepared statement per table (COPY on PostgreSQL). Rows arrive checked: text in the canonical form of
`foundation.outlet`, references already turned into ids.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Field

from arbiter.foundation import bulk
from arbiter.foundation.journal import Actor, Line
from arbiter.foundation.outlet import Shape
from arbiter.foundation.roles import Permission

Texts = Sequence[str]


@dataclass(slots=True)
class Batch:
    """Rows of one file that are to be written, column by column.

    Attributes:
        ids: the rows' own ids, reserved beforehand.
        customers: the id of the customer each row belongs to; 0 where it is nobody's.
        texts: canonical text by column, for every column of the shape.
        refs: ids by column, where the column names another row or a person.
        custom: the columns we do not know, as JSON.
        lists: ids by column, where a cell names several rows.
        before: texts as they stood, by column; only when rows are changed.
    """

    ids: list[int]
    customers: list[int]
    texts: Mapping[str, Texts]
    refs: Mapping[str, Sequence[int | None]]
    custom: Sequence[str]
    by: Actor
    at: datetime
    import_id: int
    lists: Mapping[str, Sequence[list[int]]] = field(default_factory=dict)
    before: Mapping[str, Texts] = field(default_factory=dict)

    def column(self, name: str) -> Texts:
        """Return a column's texts; all empty when the file does not have it."""
        return self.texts.get(name) or [""] * len(self.ids)

    def ref(self, name: str) -> Sequence[int | None]:
        """Return a column's ids; none when the file does not have it."""
        return self.refs.get(name) or [None] * len(self.ids)

    def is_news(self, position: int, column: str) -> bool:
        """Say whether a row says something in a column that it did not say before."""
        text = self.column(column)[position]
        return bool(text) and (not self.before or self.before[column][position] != text)

    def line(
        self,
        position: int,
        name: str,
        noun: str,
        /,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        subject: int | None = None,
        author: int | None = None,
        told: Mapping[str, Any] | None = None,
    ) -> Line:
        """Return the fact a row tells: by the importing person, or by the contact who is its author.

        Args:
            position: the row.
            name: what happened.
            noun: the label of what it happened to.
            at: when it was true.
            recorded_at: when it became known; `at` unless given.
            subject: what it happened to; the row itself unless given.
            author: the contact who did it, where that is not the importing person.
            told: ids and plain values.
        """
        return Line(
            name=name,
            at=at,
            by_kind="contact" if author else self.by.actor_kind,
            by_id=author or self.by.pk,
            subject_kind=noun,
            subject_id=self.ids[position] if subject is None else subject,
            customer=self.customers[position] or None,
            recorded_at=recorded_at,
            details=dict(told or {}),
        )

    def moments(self, position: int) -> tuple[datetime, datetime]:
        """Return when a row was true and when it became known."""
        at = self.column("at")[position]
        return moment(at), moment(self.column("recorded_at")[position] or at)

    def __len__(self) -> int:
        return len(self.ids)


Write = Callable[[Batch], None]


@dataclass(frozen=True)
class Intake:
    """How the rows of a shape are written.

    Attributes:
        frozen: columns that are never changed once stored.
        fill: columns by the column that stands in for them when they are empty (`recorded_at`: `at`).
        late: columns set after all rows of the file are there, since they name rows of the same file.
        beside: writes what the file keeps in other tables, or what follows for others of its own columns.
        beside_of: columns of its own table of whose change `beside` hears, too.
        merged: settles what other columns a change empties, row by row.
        facts: what happened, by these rows, for the journal.
        demands: what one must be allowed to do besides importing, as on the page where the same is set.
        outlives: its rows are people, who stay when an import is undone for as long as anything names them.
        makes_way: removes rows of some keys that the same import has just made of other rows: their file tells them better.
    """

    shape: Shape
    frozen: frozenset[str] = frozenset()
    fill: Mapping[str, str] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    beside: Write | None = None
    beside_of: frozenset[str] = frozenset()
    merged: Callable[[dict[str, str]], None] | None = None
    facts: Callable[[Batch], Iterable[Line]] | None = None
    makes_way: Callable[[Sequence[str], int], None] | None = None
    demands: Permission | None = None
    outlives: bool = False

    @cached_property
    def fields(self) -> dict[str, Field[Any, Any]]:
        """The table's own field by column; columns kept elsewhere are not among them."""
        found = {}
        for name, path in self.shape.columns.items():
            hops = path.split("__")
            if path and (len(hops) == 1 or self._is_own_reference(hops)):
                found[name] = self.shape.model._meta.get_field(hops[0])
        return found  # type: ignore[return-value]

    def _is_own_reference(self, hops: list[str]) -> bool:
        relation = self.shape.model._meta.get_field(hops[0])
        return len(hops) == 2 and relation.concrete and hops[1] in {"key", "email"}


def add(intake: Intake, batch: Batch) -> None:
    """Write new rows, and what belongs to them in other tables."""
    model = intake.shape.model
    columns: dict[str, Iterable[Any]] = {"id": batch.ids}
    for name, kept in intake.fields.items():
        columns[kept.attname] = _values(intake, batch, name, kept)
    for kept in model._meta.concrete_fields:
        if kept.attname not in columns:
            columns[kept.attname] = _unsaid(intake.shape, kept, batch)
    bulk.insert(model, columns)
    if intake.beside:
        intake.beside(batch)


def change(intake: Intake, batch: Batch, names: Iterable[str], *, custom: bool) -> None:
    """Write the named columns of rows that are there, and no other."""
    own = {name: intake.fields[name] for name in names if name in intake.fields}
    columns = {kept.attname: _values(intake, batch, name, kept) for name, kept in own.items()}
    if custom:
        columns["custom"] = list(batch.custom)
    if columns:
        bulk.update(intake.shape.model, columns, batch.ids)
    if intake.beside and (set(names) - own.keys() or intake.beside_of.intersection(names)):
        intake.beside(batch)


def custom_text(custom: Mapping[str, str]) -> str:
    """Return the columns we do not know as they are kept."""
    return json.dumps(custom, ensure_ascii=False, sort_keys=True) if custom else "{}"


def moment(text: str) -> datetime:
    """Return the instant of a canonical text."""
    return datetime.fromisoformat(text)


def _values(intake: Intake, batch: Batch, name: str, kept: Field[Any, Any]) -> Sequence[Any]:
    if kept.is_relation:
        ids = batch.ref(name)
        return [None] * len(batch) if name in intake.late and not batch.before else ids
    texts = batch.column(name)
    if name in intake.fill:
        stand_in = batch.column(intake.fill[name])
        texts = [text or other for text, other in zip(texts, stand_in, strict=True)]
    return bulk.stored(kept, texts)


def _unsaid(shape: Shape, kept: Field[Any, Any], batch: Batch) -> Sequence[Any]:
    """Values of a field that no column of the file speaks of."""
    if kept.name in shape.only:
        return [shape.only[kept.name]] * len(batch)
    if kept.name == "import_id":
        return [batch.import_id] * len(batch)
    if kept.name == "custom":
        return batch.custom
    value = None if kept.null else kept.get_default()
    return [value] * len(batch)
