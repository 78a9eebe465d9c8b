"""What people write into a cell to say that there is nothing in it."""

_NOTHING = frozenset(
    {"", "-", "–", "—", "n/a", "#n/a", "na", "null", "none", "nil", "(no value)", "(blank)", "k.a."}
)


def is_nothing(cell: str) -> bool:
    """Whether a cell of a date, a number or a choice is empty. Names are never judged so."""
    return cell.strip().casefold() in _NOTHING
