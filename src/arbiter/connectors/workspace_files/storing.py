"""Writing what was settled: rows, what stood there before, and the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from arbiter.connectors.models import Before
from arbiter.connectors.workspace_files import brought
from arbiter.connectors.workspace_files.cells import parted
from arbiter.connectors.workspace_files.differences import Difference
from arbiter.connectors.workspace_files.registry import Registry
from arbiter.connectors.workspace_files.spec import File
from arbiter.connectors.workspace_files.terms import Terms
from arbiter.foundation import bulk, intake, journal
from arbiter.foundation.intake import Batch, custom_text

FACTS_AT_ONCE = 4_000


class Store:
    """Writes to the tables, inside the caller's transaction."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def reserve(self, file: File, count: int) -> list[int]:
        """Return ids for new rows of a file."""
        if file.intake.shape.is_single:
            return [1]
        return bulk.reserve(file.intake.shape.model, count)

    def add(self, file: File, batch: Batch) -> None:
        """Write new rows and their facts."""
        intake.add(file.intake, batch)
        brought.note(file, batch.ids, self.terms.import_id)
        self._tell(file, batch)

    def change(
        self,
        file: File,
        differences: Sequence[Difference],
        registry: Registry,
        *,
        remembers: bool = True,
    ) -> None:
        """Write what differs, and nothing else; keep what stood there, so that it can be brought back."""
        if remembers:
            self._remember(file, differences, self.terms.import_id)
        groups: dict[tuple[frozenset[str], bool], list[Difference]] = defaultdict(list)
        for each in differences:
            groups[each.changed, each.changes_custom].append(each)
        for (changed, custom), some in groups.items():
            batch = _batch(file, some, registry, self.terms)
            intake.change(file.intake, batch, changed - file.intake.late, custom=custom)
            if remembers:
                self._tell(file, batch)

    def set_late(self, file: File, pairs: Iterable[tuple[int, str]], registry: Registry) -> None:
        """Write the references between rows of one file, once all of them are there."""
        ids, keys = zip(*pairs, strict=True)
        known = registry.find(file.name, keys)
        (name,) = file.intake.late
        column = file.intake.fields[name].attname
        found = [known[key][0] if key else None for key in keys]
        bulk.update(file.intake.shape.model, {column: found}, ids)

    def _tell(self, file: File, batch: Batch) -> None:
        if file.intake.facts is None:
            return
        lines = []
        for line in file.intake.facts(batch):
            lines.append(line)
            if len(lines) == FACTS_AT_ONCE:
                journal.record_many(lines)
                lines = []
        if lines:
            journal.record_many(lines)

    def _remember(self, file: File, differences: Sequence[Difference], import_id: int) -> None:
        Before.objects.bulk_create(
            (
                Before(
                    import_record_id=import_id, file=file.name, row=each.id, customer=each.customer,
                    before={name: each.before[name] for name in each.changed},
                    after={name: each.after[name] for name in each.changed},
                    custom_before=each.custom_before if each.changes_custom else None,
                    custom_after=each.custom_after if each.changes_custom else None,
                )
                for each in differences
            ),
            batch_size=1_000,
        )  # fmt: skip


def _batch(
    file: File, differences: Sequence[Difference], registry: Registry, terms: Terms
) -> Batch:
    names = list(file.by_name)
    after = {name: [each.after[name] for each in differences] for name in names}
    return Batch(
        ids=[each.id for each in differences],
        customers=[each.customer for each in differences],
        texts=after,
        refs=_refs(file, after, registry),
        lists=_lists(file, after, registry),
        custom=[custom_text(each.custom_after) for each in differences],
        by=terms.by,
        at=terms.at,
        import_id=terms.import_id,
        before={name: [each.before[name] for each in differences] for name in names},
    )


def _refs(
    file: File, texts: Mapping[str, Sequence[str]], registry: Registry
) -> dict[str, list[int | None]]:
    found: dict[str, list[int | None]] = {}
    for column in file.refs:
        if not column.many:
            known = registry.find(column.to, texts[column.name])
            found[column.name] = [known[text][0] if text else None for text in texts[column.name]]
    return found


def _lists(
    file: File, texts: Mapping[str, Sequence[str]], registry: Registry
) -> dict[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = {}
    for column in file.refs:
        if column.many:
            named = [parted(text) for text in texts[column.name]]
            known = registry.find(column.to, {key for keys in named for key in keys})
            found[column.name] = [[known[key][0] for key in keys] for keys in named]
    return found
