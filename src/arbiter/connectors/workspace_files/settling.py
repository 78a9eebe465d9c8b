"""Turning staged rows into stored ones: whom they refer to, what differs, and the writing itself.

A dry run and an import are the same code; only the import writes. Every piece is settled in the same order:
references, then identity, then the difference to what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from arbiter.connectors.workspace_files import differences
from arbiter.connectors.workspace_files.cells import parted
from arbiter.connectors.workspace_files.chunk import Chunk
from arbiter.connectors.workspace_files.differences import Difference
from arbiter.connectors.workspace_files.identity import identities
from arbiter.connectors.workspace_files.measures import Measures
from arbiter.connectors.workspace_files.parents import orphans
from arbiter.connectors.workspace_files.problems import Problem, shown
from arbiter.connectors.workspace_files.registry import Known, Registry
from arbiter.connectors.workspace_files.report import (
    CONFLICT,
    CREATED,
    UNCHANGED,
    UPDATED,
    Change,
    Counts,
    Report,
)
from arbiter.connectors.workspace_files.spec import FILES, PEOPLE, Column, File
from arbiter.connectors.workspace_files.staging import Staged
from arbiter.connectors.workspace_files.storing import Store
from arbiter.connectors.workspace_files.terms import Terms
from arbiter.foundation import outlet
from arbiter.foundation.intake import Batch, custom_text

NOBODY: Known = (0, 0)


@dataclass(slots=True)
class Work:
    """A chunk while it is settled. `bad` are the places that will not be taken."""

    file: File
    staged: Staged
    chunk: Chunk
    refs: dict[str, list[Known | None]] = field(default_factory=dict)
    lists: dict[str, list[list[Known]]] = field(default_factory=dict)
    customers: list[int] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    conflicts: int = 0
    notes: list[Change] = field(default_factory=list)


class Settling:
    """Settles staged files one after the other."""

    def __init__(
        self,
        staged: Mapping[str, Staged],
        report: Report,
        *,
        store: Store | None,
        partial: bool,
        blank_erases: bool,
        told: Callable[[str, int], None],
    ) -> None:
        self.registry = Registry(writes=store is not None)
        self.touched: set[int] = set()
        self._staged = staged
        self._report = report
        self._store = store
        self._blank_erases = blank_erases
        self._partial = partial
        self._told = told
        self._measures = Measures()
        self._done = 0
        self._orphans: dict[str, str] = {}
        self._late: list[tuple[int, str]] = []

    def run(self) -> None:
        """Settle every file."""
        for name, staged in self._staged.items():
            counts = self._report.counts.setdefault(name, Counts())
            counts.rejected += staged.rejected
            if staged.custom:
                self._report.custom[name] = staged.custom
            self._settle(staged, counts)
            self._let_go(name)
        self._report.people = sorted(self.registry.people)

    @property
    def is_lost(self) -> bool:
        """Whether nothing may be stored: the rest is settled only for the problems it has."""
        found = self._report.found
        return found.fatal or (found.count > 0 and not self._partial)

    def _settle(self, staged: Staged, counts: Counts) -> None:
        file = staged.file
        self._orphans = orphans(staged, self.registry)
        empty = outlet.is_empty(file.intake.shape)
        for chunk in staged.chunks():
            work = Work(file, staged, chunk)
            self._refer(work)
            for place, reason in self._measures.settle(work):
                self._reject(work, place, "measure", "", reason)
            if self.is_lost:
                self._store = None
            self._make_way(work)
            new, there = self._split(work, empty=empty)
            created = self._add(work, new)
            updated, unchanged = self._compare(work, there)
            counts.created += created
            counts.updated += updated
            counts.unchanged += unchanged
            counts.conflict += work.conflicts
            counts.rejected += len(work.bad)
            if self._report.dry_run:
                self._note(work)
            self._done += len(chunk)
            self._told(file.name, self._done)
        if self._store and self._late:
            self._store.set_late(file, self._late, self.registry)
        self._late = []

    # --- whom rows refer to ----------------------------------------------------------------------

    def _refer(self, work: Work) -> None:
        """Look up what every row refers to, and reject the rows that refer to nothing or to another's."""
        for column in work.file.refs:
            if column.name in work.file.intake.late:
                self._reject_orphans(work, column)
            elif column.many:
                self._look_up_lists(work, column)
            else:
                self._look_up(work, column)
        parent = work.file.parent
        if not work.file.intake.shape.customer:
            work.customers = [0] * len(work.chunk)
            return
        if parent is None:
            return
        owners = work.refs[parent.name]
        work.customers = [(known or NOBODY)[1] for known in owners]
        for column in work.file.refs:
            if column.name in work.file.intake.late or column is parent or not _has_owner(column):
                continue
            self._agree(work, column)

    def _look_up(self, work: Work, column: Column) -> None:
        texts = work.chunk.texts[column.name]
        known = self.registry.find(column.to, texts)
        found = [known.get(text) for text in texts]
        if None in found:
            for place, text in enumerate(texts):
                if text and found[place] is None:
                    self._reject(work, place, column.name, text, _missing(column))
        work.refs[column.name] = found

    def _look_up_lists(self, work: Work, column: Column) -> None:
        named = [parted(text) for text in work.chunk.texts[column.name]]
        known = self.registry.find(column.to, {key for keys in named for key in keys})
        for place, keys in enumerate(named):
            for key in keys:
                if key not in known:
                    self._reject(work, place, column.name, key, _missing(column))
        work.lists[column.name] = [[known[key] for key in keys if key in known] for keys in named]

    def _agree(self, work: Work, column: Column) -> None:
        """Reject rows in which, say, the contact is of another customer than the goal."""
        if column.many:
            for place, found in enumerate(work.lists[column.name]):
                if any(known[1] != work.customers[place] for known in found):
                    self._disagree(work, place, column)
            return
        wanted = work.customers
        if column.agrees:
            wanted = [(known or NOBODY)[0] for known in work.refs[column.agrees]]
        for place, known in enumerate(work.refs[column.name]):
            if known is not None and known[1] != wanted[place] and place not in work.bad:
                self._disagree(work, place, column)

    def _disagree(self, work: Work, place: int, column: Column) -> None:
        text = work.chunk.texts[column.name][place]
        whose = "put to another contact" if column.agrees else "of another customer"
        self._reject(work, place, column.name, text, f"this {_noun(column)} is {whose}. Correct one of the two.")  # fmt: skip

    def _reject_orphans(self, work: Work, column: Column) -> None:
        if not self._orphans:
            return
        keys = work.chunk.texts[work.file.identity[0]]
        for place, key in enumerate(keys):
            if key in self._orphans:
                text = work.chunk.texts[column.name][place]
                self._reject(work, place, column.name, text, self._orphans[key])

    def _make_way(self, work: Work) -> None:
        clear = work.file.intake.makes_way
        if clear and self._store:
            clear(work.chunk.texts[work.file.identity[0]], self._store.terms.import_id)

    # --- which rows are new ----------------------------------------------------------------------

    def _split(self, work: Work, *, empty: bool) -> tuple[list[int], dict[int, int]]:
        """Return the places of new rows, and the id by place of those that are there."""
        good = [place for place in range(len(work.chunk)) if place not in work.bad]
        if empty:
            return good, {}
        there = differences.present(work.file, work.chunk, work.refs)
        rows = identities(work.file, work.chunk)
        held = {place: there[rows[place]] for place in good if rows[place] in there}
        return [place for place in good if place not in held], held

    def _add(self, work: Work, places: list[int]) -> int:
        if not places:
            return 0
        file = work.file
        if self._store:
            ids = self._store.reserve(file, len(places))
        else:
            ids = self.registry.unreal(len(places))
        if file.parent is None and file.intake.shape.customer:
            work.customers = work.customers or [0] * len(work.chunk)
            for place, pk in zip(places, ids, strict=True):
                work.customers[place] = pk
        if self._store:
            batch = _batch(work, places, ids, self._store.terms)
            self._store.add(file, batch)
            if file.intake.outlives:
                self.registry.new_people += ids
            self.touched.update(filter(None, batch.customers))
        self._remember(work, places, ids)
        self._set_late(work, places, ids)
        if self._report.dry_run:
            work.notes += [self._change(work, place, CREATED) for place in places]
        return len(places)

    # --- what differs ----------------------------------------------------------------------------

    def _compare(self, work: Work, there: dict[int, int]) -> tuple[int, int]:
        """Settle rows that are there; return how many were changed, and how many say nothing new."""
        if not there:
            return 0, 0
        if work.file.parent is None and work.file.intake.shape.customer:
            work.customers = work.customers or [0] * len(work.chunk)
            for place, pk in there.items():
                work.customers[place] = pk
        found = differences.find(work, there, blank_erases=self._blank_erases)
        for place, column, reason in found.conflicts:
            text = work.chunk.texts[column][place]
            work.conflicts += place not in work.bad
            self._reject(work, place, column, text, reason)
            work.notes.append(self._change(work, place, CONFLICT))
        for place, column, text, reason in found.broken:
            self._reject(work, place, column, text, reason)
        unchanged = [place for place in there if place not in work.bad and place not in found.differing]  # fmt: skip
        held = [*unchanged, *found.differing]
        self._remember(work, held, [there[place] for place in held])
        if found.differing:
            self._change_rows(work, found.differing)
        if self._report.dry_run:
            work.notes += [self._change(work, place, UNCHANGED) for place in unchanged]
            work.notes += [
                self._change(work, place, UPDATED, difference.fields)
                for place, difference in found.differing.items()
            ]
        return len(found.differing), len(unchanged)

    def _change_rows(self, work: Work, differing: Mapping[int, Difference]) -> None:
        for name in work.file.intake.late:
            changed = {place: each for place, each in differing.items() if name in each.changed}
            self._late += [(each.id, each.after[name]) for each in changed.values()]
        if self._store:
            self._store.change(work.file, list(differing.values()), self.registry)
            self.touched.update(filter(None, (work.customers[place] for place in differing)))

    # --- helpers ---------------------------------------------------------------------------------

    def _remember(self, work: Work, places: list[int], ids: list[int]) -> None:
        """Keep rows that a later file may refer to."""
        file = work.file
        if not file.has_key or not any(_refers(later, file.name) for later in self._later(file)):
            return
        keys = work.chunk.texts[file.identity[0]]
        if file.parent is None and file.intake.shape.customer:
            known = [(pk, pk) for pk in ids]
        elif file.intake.shape.owner and file.parent is not None:
            owners = [(known or NOBODY)[0] for known in work.refs[file.parent.name]]
            known = [(pk, owners[place]) for pk, place in zip(ids, places, strict=True)]
        else:
            known = [(pk, work.customers[place]) for pk, place in zip(ids, places, strict=True)]
        self.registry.remember(file.name, (keys[place] for place in places), known)

    def _later(self, file: File) -> list[File]:
        """Files still to come, this one among them where its rows name each other."""
        names = list(self._staged)
        return [FILES[name] for name in names[names.index(file.name) :] if name != file.name or self._staged[name].parents]  # fmt: skip

    def _let_go(self, name: str) -> None:
        names = list(self._staged)
        left = [FILES[each] for each in names[names.index(name) + 1 :]]
        for noun in names[: names.index(name) + 1]:
            if not any(_refers(later, noun) for later in left):
                self.registry.forget(noun)

    def _set_late(self, work: Work, places: list[int], ids: list[int]) -> None:
        for name in work.file.intake.late:
            texts = work.chunk.texts[name]
            pairs = zip(places, ids, strict=True)
            self._late += [(pk, texts[place]) for place, pk in pairs if texts[place]]

    def _reject(self, work: Work, place: int, column: str, text: str, reason: str) -> None:
        chunk = work.chunk
        name, line = chunk.names[place], chunk.lines[place]
        self._report.found.add(Problem(name, line, column, shown(text), reason))
        work.bad.add(place)

    def _change(
        self, work: Work, place: int, state: str, fields: Mapping[str, Sequence[str]] | None = None
    ) -> Change:
        texts = work.chunk.texts
        key = " · ".join(text for name in work.file.identity if (text := texts[name][place]))
        return Change(f"{work.file.name}.csv", work.chunk.lines[place], key, state, fields or {})

    def _note(self, work: Work) -> None:
        self._report.note(sorted(work.notes, key=lambda change: change.line))


def _batch(work: Work, places: list[int], ids: list[int], terms: Terms) -> Batch:
    chunk = work.chunk
    whole = len(places) == len(chunk)
    picked = chunk if whole else chunk.kept(places)
    return Batch(
        ids=ids,
        customers=[work.customers[place] for place in places],
        texts=picked.texts,
        refs={
            name: [known and known[0] for known in _picked(found, places, whole=whole)]
            for name, found in work.refs.items()
        },
        lists={
            name: [[known[0] for known in found[place]] for place in places]
            for name, found in work.lists.items()
        },
        custom=_custom(picked),
        by=terms.by,
        at=terms.at,
        import_id=terms.import_id,
    )


def _missing(column: Column) -> str:
    return f"there is no {_noun(column)} with this key, neither in the files nor stored, or its row was rejected. Add it, or correct the key."  # fmt: skip


def _noun(column: Column) -> str:
    return "person" if column.to == "people" else column.to.rstrip("s").replace("_", " ")


def _has_owner(column: Column) -> bool:
    """Say whether what a column names is somebody's; a colleague or a survey is nobody's."""
    return column.to != PEOPLE and bool(FILES[column.to].intake.shape.customer)


def _refers(file: File, noun: str) -> bool:
    return any(column.to == noun for column in file.refs)


def _picked(found: list[Known | None], places: list[int], *, whole: bool) -> list[Known | None]:
    return found if whole else [found[place] for place in places]


def _custom(chunk: Chunk) -> list[str]:
    if not chunk.custom:
        return ["{}"] * len(chunk)
    names = list(chunk.custom)
    rows = zip(*chunk.custom.values(), strict=True)
    return [custom_text({name: cell for name, cell in zip(names, row, strict=True) if cell}) for row in rows]  # fmt: skip
