"""One pass over a whole file, to decide what no single cell can: orders, marks, scales, names."""

from collections.abc import Callable

from arbiter.connectors.recognition.mapping import Mapping
from arbiter.connectors.tables.amounts import NumberEvidence
from arbiter.connectors.tables.blanks import is_nothing
from arbiter.connectors.tables.choices import colour_points
from arbiter.connectors.tables.dates import DateEvidence
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.keys import domain_of, key_of
from arbiter.connectors.tables.ratings import KIND, SCORE, kind_of
from arbiter.connectors.tables.reading import Row, Table
from arbiter.connectors.tables.shares import ShareEvidence
from arbiter.connectors.tables.targets import CUSTOM, SKIP, Kind

See = Callable[[str], None]
_SHOWN_LINES = 20
_COUNTED = ("contracts.quantity",)


def examine(table: Table, mapping: Mapping) -> Findings:
    """Read every row once and keep only evidence."""
    findings = Findings()
    looks = _looks(mapping, findings)
    sees_names = _name_watcher(mapping, findings)
    sees_scores = _score_watcher(mapping, findings)
    for row in table.rows():
        if not mapping.kind.holds_data(row):
            continue
        findings.rows += 1
        if row.width < len(table.columns) and len(findings.short_lines) < _SHOWN_LINES:
            findings.short_lines.append(row.line)
        _look(row, looks, findings)
        sees_names(row)
        sees_scores(row)
    return findings


def _look(row: Row, looks: list[tuple[int, See | None]], findings: Findings) -> None:
    for position, see in looks:
        cell = row.cells[position]
        if see is None:
            if cell:
                findings.filled[position] += 1
        elif not is_nothing(cell):
            findings.filled[position] += 1
            see(cell)


def _looks(mapping: Mapping, findings: Findings) -> list[tuple[int, See | None]]:
    looks: list[tuple[int, See | None]] = []
    for position, name in enumerate(mapping.targets):
        if name in (SKIP, CUSTOM):
            continue
        findings.positions[name] = position
        looks.append((position, _eye(position, name, mapping.target(position).kind, findings)))
    return looks


def _eye(position: int, name: str, kind: Kind, findings: Findings) -> See | None:
    if kind in (Kind.DATE, Kind.INSTANT):
        return findings.dates.setdefault(position, DateEvidence()).see
    if kind == Kind.SHARE:
        return findings.shares.setdefault(position, ShareEvidence()).see
    if kind in (Kind.WORD, Kind.RATING):
        return lambda cell: findings.count_word(name, cell.strip())
    if kind in (Kind.MONEY, Kind.NUMBER, Kind.SCORE):
        return _number_eye(position, name, findings)
    return None


def _number_eye(position: int, name: str, findings: Findings) -> See:
    evidence = findings.numbers.setdefault(position, NumberEvidence())

    def see(cell: str) -> None:
        if colour_points(cell) is not None:
            findings.colours[position] = True
        else:
            evidence.see(cell.strip().rstrip("%"))
        if name in _COUNTED:
            findings.count_word(name, cell.strip())

    return see


def _score_watcher(mapping: Mapping, findings: Findings) -> Callable[[Row], None]:
    """Where one column holds scores of several kinds, learn the numbers of each."""
    score, kind = mapping.position(SCORE), mapping.position(KIND)
    if score is None or kind is None:
        return lambda _row: None

    def watch(row: Row) -> None:
        found = kind_of(row.cells[kind])
        if found and not is_nothing(row.cells[score]):
            findings.count_word(f"answers.{found}", row.cells[score].strip())

    return watch


def _name_watcher(mapping: Mapping, findings: Findings) -> Callable[[Row], None]:
    """Where names are all there is, learn which of them stand for two customers."""
    name, domain = mapping.position("customers.name"), mapping.position("customers.domain")
    if mapping.has("customers.customer_id") or name is None or domain is None:
        return lambda _row: None

    def watch(row: Row) -> None:
        found = domain_of(row.cells[domain])
        if found:
            findings.domains.setdefault(key_of(row.cells[name]), set()).add(found)

    return watch
