"""A received file and how it is to be read: what is kept between the upload and the import."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from arbiter.connectors.recognition.mapping import Mapping
from arbiter.connectors.recognition.proposals import Proposal, likely_mapping, propose
from arbiter.connectors.recognition.registry import is_known
from arbiter.connectors.tables.questions import Answers
from arbiter.connectors.tables.reading import Table, open_table

_ALWAYS_ASKED = ("as_of",)


@dataclass(frozen=True, slots=True)
class Draft:
    """One file of an import, with the mapping chosen and the answers given so far."""

    name: str
    path: str
    fingerprint: str
    digest: str
    mapping: Mapping
    answers: Answers = field(default_factory=dict)
    remembered: bool = False

    def table(self, folder: Path) -> Table:
        return open_table(folder / self.path, self.name)

    def proposal(self, folder: Path, today: date) -> Proposal:
        return propose(self.table(folder), today=today, mapping=self.mapping, answers=self.answers)

    def corrected(self, mapping: Mapping, answers: Answers) -> "Draft":
        return replace(self, mapping=mapping, answers=answers)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "path": self.path,
            "fingerprint": self.fingerprint,
            "digest": self.digest,
            "mapping": self.mapping.to_json(),
            "answers": self.answers,
            "remembered": self.remembered,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Draft":
        return cls(**{**data, "mapping": Mapping.from_json(data["mapping"])})


def begin(folder: Path, path: Path, *, earlier: Iterable["Draft"] = ()) -> Draft:
    """Recognise a file. One with the same headers as an earlier one is read as that one was.

    The day of its scores is taken over only for the very same file, so that importing it again
    says nothing new; another file has a day of its own.

    Raises:
        Refusal: the file cannot be read.
    """
    table = open_table(folder / path, path.name)
    _read_through(table)
    digest = _digest(folder / path)
    for draft in earlier:
        if draft.fingerprint == table.fingerprint and _still_fits(draft, table):
            answers = {
                key: answer
                for key, answer in draft.answers.items()
                if draft.digest == digest or key not in _ALWAYS_ASKED
            }
            return Draft(
                path.name,
                str(path),
                table.fingerprint,
                digest,
                draft.mapping,
                answers,
                remembered=True,
            )
    return Draft(path.name, str(path), table.fingerprint, digest, likely_mapping(table))


def _read_through(table: Table) -> None:
    """A quotation mark left open on the last line is found now, not when the import runs."""
    for _ in table.rows():
        pass


def _still_fits(draft: Draft, table: Table) -> bool:
    return is_known(draft.mapping.shape) and len(draft.mapping.targets) == len(table.columns)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
