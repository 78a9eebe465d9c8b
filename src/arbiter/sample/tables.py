"""The workspace files: which columns each has, and the rows that will go into them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

Cell = str | int | float | Decimal | bool | None

COLUMNS: dict[str, tuple[str, ...]] = {
    "customers": (
        "customer_id", "name", "domain", "segment", "industry", "region", "owner_email", "stage", "since",
        "parent_id", "why_bought", "promised_value", "archived_at", "crm_id", "legal_entities",
    ),
    "contacts": (
        "contact_id", "customer_id", "name", "email", "role", "title", "language", "joined_on", "left_on",
    ),
    "contracts": (
        "contract_id", "customer_id", "starts_on", "ends_on", "arr", "currency", "seats", "plan", "product",
        "auto_renew", "notice_days", "decision", "decided_on", "new_arr", "churn_reason", "churn_cause",
        "avoidable", "purchase_order",
    ),
    "goals": (
        "goal_id", "customer_id", "statement", "whose_words", "category", "stated_by", "at", "recorded_at",
        "priority", "contract_id", "stage", "retired_at", "retired_reason",
    ),
    "revisions": (
        "revision_id", "goal_id", "at", "recorded_at", "measure", "unit", "direction", "baseline", "target",
        "due_on", "reason", "agreed_by", "guard_measure", "guard_limit", "money_per_unit", "currency",
        "source", "measured_by", "cadence", "stage",
    ),
    "results": ("goal_id", "at", "recorded_at", "value", "measure", "provenance", "reported_by", "evidence"),
    "verdicts": (
        "verdict_id", "goal_id", "contact_id", "at", "recorded_at", "verdict", "helped", "comment",
        "on_behalf_by", "evidence",
    ),
    "awareness": ("goal_id", "contact_id", "at", "recorded_at", "state"),
    "asks": (
        "ask_id", "contact_id", "kind", "at", "channel", "delivered_at", "goal_id", "contract_id", "by_email",
    ),
    "answers": (
        "answer_id", "ask_id", "contact_id", "kind", "at", "recorded_at", "value", "scale", "comment",
        "would_make_it_yes", "flagged", "flag_reason",
    ),
    "follow_ups": ("answer_id", "owner_email", "due_on", "set_at", "closed_at"),
    "beliefs": ("contract_id", "at", "recorded_at", "probability", "reason", "by_email"),
    "signals": ("customer_id", "name", "at", "recorded_at", "value"),
    "milestones": ("milestone_id", "customer_id", "goal_id", "title", "side", "due_on", "done_at", "position"),
    "touchpoints": (
        "touchpoint_id", "customer_id", "at", "recorded_at", "kind", "value_conversation", "summary", "contact_ids",
        "by_email",
    ),
    "investments": (
        "investment_id", "customer_id", "goal_id", "at", "recorded_at", "amount", "currency", "assumptions", "stated_by",
    ),
    "feedback": (
        "feedback_id", "customer_id", "contact_id", "at", "recorded_at", "text", "source", "theme", "goal_id",
        "status", "replied_at", "language",
    ),
}  # fmt: skip


class Tables:
    """Rows by file. A cell that a row does not name stays empty, which means unknown."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Cell]]] = {name: [] for name in COLUMNS}
        self._said: set[str] = set()

    def add(self, file: str, **cells: Cell) -> None:
        """Add a row to a file.

        Raises:
            KeyError: a cell names no column of that file.
        """
        unknown = cells.keys() - set(COLUMNS[file])
        if unknown:
            raise KeyError(f"{file} has no column {', '.join(sorted(unknown))}")
        self._rows[file].append(cells)

    def fresh(self, sentences: Sequence[str], place: int) -> int:
        """Return the place of the first sentence from a place on that nobody has said yet; that place if all were."""
        turns = [(place + turn) % len(sentences) for turn in range(len(sentences))]
        found = next((turn for turn in turns if sentences[turn] not in self._said), place)
        self._said.add(sentences[found])
        return found

    def rows(self, file: str) -> Iterator[list[str]]:
        """Yield the rows of a file as text, in the order of its columns."""
        for row in self._rows[file]:
            yield [_text(row.get(column)) for column in COLUMNS[file]]

    def named_rows(self, file: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a file as text by the name of the column."""
        for row in self.rows(file):
            yield dict(zip(COLUMNS[file], row, strict=True))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)
