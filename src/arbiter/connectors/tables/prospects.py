"""CRM files hold prospects and partners beside customers. Only customers are wanted here."""

from arbiter.connectors.tables.choices import plain
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.questions import Option, Question
from arbiter.connectors.tables.records import LeftOut, Record
from arbiter.connectors.tables.shapes import Circumstances
from arbiter.connectors.tables.targets import Kind, Target

KIND = Target("customers.kind", "Kind (customer, prospect, partner …)", Kind.WORD)
_CUSTOMER = ("customer", "kunde", "client", "cliente", "evangelist")
_QUESTION = "who_counts"


def _is_customer(word: str) -> bool:
    return any(part in plain(word) for part in _CUSTOMER)


def ask_who_counts(findings: Findings) -> list[Question]:
    """Ask only where some rows say customer and some say something else."""
    words = [word for word, _ in findings.words_of(KIND.name)]
    others = [word for word in words if not _is_customer(word)]
    if not others or len(others) == len(words):
        return []
    options = (
        Option("customers", "Only the rows that say customer"),
        Option("all", "Every row"),
    )
    return [
        Question(
            _QUESTION,
            "Which of the companies in this file are customers?",
            options,
            suggestion="customers",
            required=False,
            samples=tuple(words[:6]),
        )
    ]


def leave_out_prospects(record: Record, circumstances: Circumstances) -> None:
    """Drop a row that is no customer, unless every row was asked for."""
    word = record.take(KIND.name)
    asked = bool(ask_who_counts(circumstances.findings))
    if not asked or circumstances.answers.get(_QUESTION) == "all":
        return
    if not _is_customer(word):
        raise LeftOut("left out because the file does not call it a customer")
