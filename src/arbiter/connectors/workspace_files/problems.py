"""What is wrong with rows, each with its file, line, column and value, and what to do about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

MOST_KEPT = 1_000
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not taken. `reason` is a sentence that ends in what to do."""

    file: str
    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        if self.column:
            where += f", {self.column}"
        said = f" “{self.value}”:" if self.value else ""
        return f"{where}:{said} {self.reason}"


@dataclass
class Problems:
    """Every problem of a run: the first thousand at hand, all of them in a file, and how many rows they cost.

    One that is `fatal` concerns a whole file; nothing is stored then, not even the other rows.
    """

    path: Path
    first: list[Problem] = field(default_factory=list)
    count: int = 0
    fatal: bool = False

    def add(self, problem: Problem, *, fatal: bool = False) -> None:
        """Note a problem."""
        self.count += 1
        self.fatal = self.fatal or fatal
        if len(self.first) < MOST_KEPT:
            self.first.append(problem)
        with self.path.open("a", encoding="utf-8", errors="surrogatepass") as file:
            file.write(json.dumps(asdict(problem)) + "\n")

    def every(self) -> Iterator[Problem]:
        """Yield all of them again, in the order they were found."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                yield Problem(**json.loads(line))

    def lines_of(self, name: str) -> dict[int, str]:
        """Return the reasons by line of a file, several of one line joined."""
        found: dict[int, str] = {}
        for problem in self.every():
            if problem.file == name and problem.line:
                told = f"{problem.column}: {problem.reason}" if problem.column else problem.reason
                before = found.get(problem.line)
                found[problem.line] = f"{before} {told}" if before else told
        return found


def shown(cell: str) -> str:
    """Return a cell as a problem shows it."""
    return cell if len(cell) <= LONGEST_VALUE else cell[:LONGEST_VALUE] + "…"


def line_in(sentence: str) -> int:
    """Return the line a refusal speaks of; 0 when it names none."""
    found = re.search(r"\blines? (\d+)", sentence)
    return int(found[1]) if found else 0
