"""A CSV file of another tool on the command line: recognised, its questions answered by options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from arbiter.connectors.recognition import known
from arbiter.connectors.recognition.proposals import Proposal, propose
from arbiter.connectors.recognition.translation import Batch, translate
from arbiter.connectors.tables.dates import DAY_FIRST, MONTH_FIRST
from arbiter.connectors.tables.questions import Question
from arbiter.connectors.tables.reading import open_table
from arbiter.connectors.workspace_files.sources import Recognised
from arbiter.foundation.refusals import Refusal

MOST_OPTIONS = 8
_ORDERS = {"dmy": DAY_FIRST, "mdy": MONTH_FIRST}


class OpenQuestions(Refusal):
    """The file does not say something, and nobody may guess it."""


@dataclass(frozen=True)
class Answers:
    """What the options answer: by question, or for every question of a kind."""

    by_key: dict[str, str]
    date_order: str = ""
    currency: str = ""

    @classmethod
    def given(cls, told: Sequence[str], *, date_order: str | None, currency: str | None) -> Answers:
        """Read the options.

        Raises:
            UsageError: an answer has no question.
        """
        by_key = {}
        for each in told:
            key, mark, answer = each.partition("=")
            if not mark:
                raise click.UsageError(f"--answer {each}: write QUESTION=ANSWER.")
            by_key[key] = answer
        return cls(by_key, _ORDERS.get(date_order or "", ""), (currency or "").upper())

    def refuse_any(self) -> None:
        """Refuse answers where no question is asked.

        Raises:
            UsageError: an option was given.
        """
        if self.by_key or self.date_order or self.currency:
            raise click.UsageError("A workspace file leaves nothing open: give it without answers.")

    def to(self, questions: Sequence[Question]) -> dict[str, str]:
        """Return the answers to the questions of a file."""
        found = {}
        for question in questions:
            kind = question.key.partition(":")[0]
            general = {"date_order": self.date_order, "currency": self.currency}.get(kind, "")
            answer = self.by_key.get(question.key, general)
            if answer:
                found[question.key] = answer
        return found


def recognised(path: Path, now: datetime, answers: Answers) -> Recognised:
    """Return a file of another tool as the rows of workspace files it amounts to.

    Raises:
        Refusal: it cannot be read. OpenQuestions: it leaves something open.
    """
    table = open_table(path, path.name)
    proposal = propose(table, today=now.date())
    given = answers.to(proposal.questions)
    proposal = propose(table, today=now.date(), mapping=proposal.mapping, answers=given)
    if proposal.unanswered:
        raise OpenQuestions(_asking(path, proposal))
    directory = known.everybody()
    translation = translate(table, proposal.mapping, given, today=now.date(), directory=directory)
    batch = Batch((translation,), directory)
    return Recognised(
        name=path.name, items=lambda: iter(batch), tables={table.name: table}, notes=lambda: [_heading(proposal), *batch.notes]
    )  # fmt: skip


def _heading(proposal: Proposal) -> str:
    return f"Read as {proposal.label}."


def _asking(path: Path, proposal: Proposal) -> str:
    told = [f"{path.name} looks like {proposal.label} and leaves something open."]
    told += [_ask(question) for question in proposal.unanswered]
    return "\n".join(told)


def _ask(question: Question) -> str:
    kind = question.key.partition(":")[0]
    if kind == "date_order":
        how = "Give --date-order dmy or --date-order mdy."
    elif kind == "currency":
        how = "Give --currency, for example --currency EUR."
    else:
        options = [option.value for option in question.options[:MOST_OPTIONS]]
        how = f"Give --answer '{question.key}=…' with one of: {', '.join(options)}."
    return f"- {question.text} {how}"
