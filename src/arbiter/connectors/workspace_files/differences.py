"""What differs between the rows of a file and the rows that are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from arbiter.connectors.workspace_files import rules
from arbiter.connectors.workspace_files.identity import Identity, filled, identities
from arbiter.foundation import outlet
from arbiter.foundation.outlet import Stored

if TYPE_CHECKING:
    from arbiter.connectors.workspace_files.chunk import Chunk
    from arbiter.connectors.workspace_files.registry import Known
    from arbiter.connectors.workspace_files.settling import Work
    from arbiter.connectors.workspace_files.spec import File

NEVER_CHANGED = frozenset(
    {"asks", "answers", "awareness", "base_rates", "behaviour_sets", "beliefs", "business_models", "exchange_rates",
     "feedback", "feedback_replies", "feeds", "goal_features", "lawful_bases", "month_reviews", "post_mortems",
     "revisions", "safe_bars", "survey_versions", "surveys", "suppressions", "verdicts", "wordings"}
)  # fmt: skip


@dataclass(slots=True)
class Difference:
    """A stored row and what it will say instead."""

    id: int
    customer: int
    before: dict[str, str]
    after: dict[str, str]
    changed: frozenset[str]
    custom_before: dict[str, str]
    custom_after: dict[str, str]

    @property
    def changes_custom(self) -> bool:
        """Whether a column that we do not know says something else."""
        return self.custom_before != self.custom_after

    @property
    def fields(self) -> dict[str, tuple[str, str]]:
        """Before and after by column."""
        found = {name: (self.before[name], self.after[name]) for name in self.after if name in self.changed}  # fmt: skip
        for name in sorted({*self.custom_before, *self.custom_after}):
            pair = (self.custom_before.get(name, ""), self.custom_after.get(name, ""))
            if pair[0] != pair[1]:
                found[name] = pair
        return found


@dataclass(slots=True)
class Found:
    """The differences of a chunk by place, and the rows that cannot be changed so."""

    differing: dict[int, Difference] = field(default_factory=dict)
    conflicts: list[tuple[int, str, str]] = field(default_factory=list)
    broken: list[tuple[int, str, str, str]] = field(default_factory=list)


def find(work: Work, there: Mapping[int, int], *, blank_erases: bool) -> Found:
    """Compare rows with those stored. An empty cell says nothing, unless it is told to erase."""
    shape = work.file.intake.shape
    stored = {row.id: row for row in outlet.rows(shape, sorted(set(there.values())))}
    erasable = _erasable(work) if blank_erases else {}
    found = Found()
    for place, pk in there.items():
        difference = _difference(work, place, stored[pk], erasable, blank_erases=blank_erases)
        if difference is None:
            continue
        frozen = sorted(difference.changed & work.file.intake.frozen)
        if frozen:
            column = frozen[0]
            reason = _frozen(work.file, column, difference.before[column])
            found.conflicts.append((place, column, reason))
        else:
            found.differing[place] = difference
    _check_rules(work.file, found)
    return found


def present(
    file: File, chunk: Chunk, refs: Mapping[str, Sequence[Known | None]]
) -> dict[Identity, int]:
    """Return the ids of the stored rows that a chunk speaks of, by what tells them apart."""
    shape = file.intake.shape
    if file.has_key:
        keys = list(chunk.texts[file.identity[0]])
        return {(key,): known[0] for key, known in outlet.there(shape, keys).items()}
    parents: list[int] = []
    if file.parent is not None:
        parents = sorted({known[0] for known in refs[file.parent.name] if known and known[0] > 0})
        if not parents:
            return {}
    path = shape.columns[file.parent.name].removesuffix("__key") if file.parent else ""
    wanted = set(identities(file, chunk))
    moments = _moments(file, chunk)
    rows = outlet.there_among(
        shape, path, parents, since=min(moments, default=""), until=max(moments, default="")
    )
    return {identity: pk for identity, pk in rows if identity in wanted}


def _moments(file: File, chunk: Chunk) -> list[str]:
    """The moments that rows of a chunk are told apart by, if they are."""
    name = next((name for name in file.identity if name in outlet.MOMENTS), "")
    return [*filter(None, filled(file, chunk, name))] if name else []


def _difference(
    work: Work, place: int, stored: Stored, erasable: Mapping[str, str], *, blank_erases: bool
) -> Difference | None:
    after = dict(stored.texts)
    texts = work.chunk.texts
    for name in after:
        said = texts[name][place]
        if said:
            after[name] = said
        elif name in erasable:
            after[name] = erasable[name]
    if work.file.intake.merged and after != stored.texts:
        work.file.intake.merged(after)
    changed = frozenset(name for name, text in after.items() if text != stored.texts[name])
    custom = dict(stored.custom)
    for name, cells in work.chunk.custom.items():
        if cells[place]:
            custom[name] = cells[place]
        elif blank_erases:
            custom.pop(name, None)
    if not changed and custom == stored.custom:
        return None
    customer = work.customers[place]
    return Difference(stored.id, customer, stored.texts, after, changed, stored.custom, custom)


def _erasable(work: Work) -> dict[str, str]:
    """Return what each column says once it is erased; columns the file does not have are left alone."""
    intake = work.file.intake
    usual = {}
    for column in work.file.columns:
        if column.required or column.name in intake.fill or column.name not in work.staged.present:
            continue
        kept = intake.fields.get(column.name)
        has_usual = kept is not None and not kept.null and kept.has_default()
        usual[column.name] = (
            outlet.text_of(_plain(kept.get_default())) if has_usual and kept else ""
        )
    return usual


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _frozen(file: File, column: str, before: str) -> str:
    noun = _NOUNS.get(file.name, file.name.removesuffix("s").replace("_", " "))
    if file.name in NEVER_CHANGED:
        remedy = (
            f"Give the new one its own {file.identity[0]}." if file.has_key else "Add a later one."
        )
        return f"it is stored otherwise (“{before[:80]}”), and a {noun} is never changed once it is given. {remedy}"  # fmt: skip
    return f"the {noun} that is stored belongs to “{before[:80]}” and does not move. Give this one its own key."


_NOUNS = {
    "awareness": "note of awareness",
    "feedback": "piece of feedback",
    "feedback_replies": "reply",
    "follow_ups": "follow-up",
    "goal_features": "feature of a goal",
    "lawful_bases": "lawful basis",
    "post_mortems": "look back",
    "surveys": "kind of survey",
}


def _check_rules(file: File, found: Found) -> None:
    """Ask again of the whole row what was asked of the file's: the two together may contradict each other."""
    if not found.differing:
        return
    places = list(found.differing)
    names = next(iter(found.differing.values())).after
    columns = {name: [found.differing[place].after[name] for place in places] for name in names}
    for index, column, reason in list(rules.broken(file.name, columns)):
        found.broken.append((places[index], column, columns[column][index], reason))
    for place, *_ in found.broken:
        found.differing.pop(place, None)
