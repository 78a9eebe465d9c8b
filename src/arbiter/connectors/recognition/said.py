"""From a read row to rows of answers.csv: what somebody said on a scale, and what they said beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from arbiter.connectors.tables import ratings
from arbiter.connectors.tables.records import LeftOut, Record, RowRefused
from arbiter.connectors.tables.shapes import Circumstances, Shape

Workspace = tuple[str, dict[str, str]]
NOBODY = (
    "left out because it does not say who answered: an answer is kept with its giver and their company; "
    "add a column with the address or the company"
)
_REPEATS = "repeats an answer of an earlier row word for word, so it was left out"
_OTHER_KIND = "left out because what was asked is none of NPS, CSAT and CES"
_LONGEST = 200
# A scale of which a file alone would be read the other way round; the version says which end is good.
_MADE_AT = "2000-01-01T00:00:00Z"
_DIRECTED = {("ces", "1-5", "up"): 1, ("ces", "1-7", "down"): 2}
_ASKED = "imported-ces"


@dataclass(slots=True)
class Said:
    """Turns what records say on scales into answers."""

    shape: Shape
    circumstances: Circumstances
    _kept: set[str] = field(default_factory=set)
    _versions: set[str] = field(default_factory=set)

    def check_giver(self, record: Record) -> None:
        """Leave out an answer that nobody gave.

        Raises:
            LeftOut: neither address nor name of a person stands there.
        """
        if says_something(record) and not ({"contacts.email", "contacts.name", "contacts.first_name",
                                             "contacts.last_name", "contacts.contact_id"} & record.keys()):  # fmt: skip
            raise LeftOut(NOBODY)

    def rows(self, record: Record, customer: str, contact: str) -> Iterator[Workspace]:
        """An answer for each score, the comment beside the first; a comment alone is feedback.

        Raises:
            RowRefused: a score does not lie on its scale, or nobody knows when it was given.
        """
        if not says_something(record):
            return
        at, comment = self._moment(record), record.text("answers.comment").strip()
        scores = list(self._scores(record))
        for number, (kind, value, target) in enumerate(scores):
            yield from self._answer(record, contact, kind, value, target, at, "" if number else comment)  # fmt: skip
        if not scores and comment:
            key = self._key(record, contact, f"comment/{_short(comment)}", at)
            yield "feedback.csv", {"feedback_id": key, "customer_id": customer, "contact_id": contact,
                                   "at": at, "text": comment, "source": "survey"}  # fmt: skip

    def _scores(self, record: Record) -> Iterator[tuple[str, str, str]]:
        for kind in ratings.KINDS:
            value = record.number(f"answers.{kind}")
            if value is not None:
                yield kind, f"{value:f}", f"answers.{kind}"
        value = record.number(ratings.SCORE)
        if value is None:
            return
        told = record.text(ratings.KIND)
        kind = ratings.kind_of(told) if told else self.circumstances.answers.get("kind_of_score", "")  # fmt: skip
        if not kind:
            raise LeftOut(_OTHER_KIND)
        yield kind, f"{value:f}", ratings.SCORE

    def _answer(
        self, record: Record, contact: str, kind: str, value: str, target: str, at: str, comment: str
    ) -> Iterator[Workspace]:  # fmt: skip
        scale, direction = ratings.scale_of(kind, self.circumstances.answers)
        low, high = map(int, scale.split("-"))
        if not low <= int(value) <= high:
            raise RowRefused(
                f"{value} does not lie on the scale {scale} of {ratings.NAMES[kind]}",
                "Correct the score, or say on which scale the file is.",
                target=target,
            )
        key = self._key(record, contact, kind, at)
        if key in self._kept:
            raise LeftOut(_REPEATS)
        self._kept.add(key)
        row = {
            "answer_id": key, "contact_id": contact, "kind": kind, "at": at, "value": value, "scale": scale,
            "comment": comment, "language": record.text("answers.language")[:20],
        }  # fmt: skip
        if (kind, scale, direction) in _DIRECTED:
            row["survey_version_id"] = f"{_ASKED}-{scale}-{direction}"
            yield from self._version(scale, direction)
        yield "answers.csv", {column: text for column, text in row.items() if text}

    def _version(self, scale: str, direction: str) -> Iterator[Workspace]:
        """The question that such answers belong to, put away: nobody is to be asked it by us."""
        key = f"{_ASKED}-{scale}-{direction}"
        if not self._versions:
            yield "surveys.csv", {"survey_id": _ASKED, "name": "Effort, from files", "kind": "ces",
                                  "purpose": "transactional", "made_at": _MADE_AT, "archived_at": _MADE_AT}  # fmt: skip
        if key not in self._versions:
            self._versions.add(key)
            number = _DIRECTED["ces", scale, direction]
            yield "survey_versions.csv", {
                "survey_version_id": key, "survey_id": _ASKED, "number": str(number), "scale": scale,
                "direction": direction, "parts": '[{"id": "score", "type": "scale"}]', "made_at": _MADE_AT,
            }  # fmt: skip

    def _key(self, record: Record, contact: str, kind: str, at: str) -> str:
        """Their own id and the kind; else who said it, what, and when."""
        own = record.text("answers.answer_id").strip()
        prefix = self.shape.id_prefix or "file"
        key = (
            f"{prefix}:{own}/{kind}"
            if own
            else f"{prefix}:{contact.removeprefix(f'{prefix}:')}/{kind}/{at}"
        )
        return key if len(key) <= _LONGEST else f"{prefix}:{_short(key)}"

    def _moment(self, record: Record) -> str:
        own = record.get("answers.at")
        if isinstance(own, datetime):
            return f"{own.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        day = self.circumstances.answers.get("as_of", "")
        if "answers.at" in self.circumstances.findings.positions or not day:
            raise RowRefused(
                "it does not say when the answer was given", "Fill in the day.", target="answers.at"
            )
        return f"{day}T00:00:00Z"


def says_something(record: Record) -> bool:
    told = {"answers.comment", ratings.SCORE, *(f"answers.{kind}" for kind in ratings.KINDS)}
    return bool(told & record.keys())


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
