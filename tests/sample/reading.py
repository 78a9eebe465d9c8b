"""The written files, read back with nothing but the csv module, and the questions the tests ask them."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True)
class Written:
    """A written sample company, as known on `today`."""

    folder: Path
    today: date

    def rows(self, file: str) -> list[Row]:
        with (self.folder / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    @cached_property
    def customers(self) -> dict[str, Row]:
        return {row["customer_id"]: row for row in self.rows("customers")}

    @cached_property
    def contacts(self) -> dict[str, Row]:
        return {row["contact_id"]: row for row in self.rows("contacts")}

    @cached_property
    def contracts(self) -> list[Row]:
        return self.rows("contracts")

    @cached_property
    def goals(self) -> dict[str, Row]:
        return {row["goal_id"]: row for row in self.rows("goals")}

    @cached_property
    def agreed(self) -> dict[str, Row]:
        """The latest revision of each goal."""
        ordered = sorted(self.rows("revisions"), key=lambda row: row["at"])
        return {row["goal_id"]: row for row in ordered}

    @cached_property
    def values(self) -> dict[tuple[str, str], Row]:
        """The latest result of each goal and measure."""
        ordered = sorted(self.rows("results"), key=lambda row: row["at"])
        return {(row["goal_id"], row["measure"]): row for row in ordered}

    @cached_property
    def judged(self) -> dict[str, Row]:
        """The latest verdict on each goal."""
        ordered = sorted(self.rows("verdicts"), key=lambda row: row["at"])
        return {row["goal_id"]: row for row in ordered}

    def day(self, offset: int) -> str:
        return (self.today + timedelta(days=offset)).isoformat()

    def named(self, *customer_ids: str) -> set[str]:
        return {self.customers[customer_id]["name"] for customer_id in customer_ids}

    def customer_of(self, contact_id: str) -> str:
        return self.contacts[contact_id]["customer_id"]

    @cached_property
    def open_terms(self) -> list[Row]:
        return [
            row for row in self.contracts if not row["decision"] and row["ends_on"] >= self.day(0)
        ]

    @cached_property
    def active(self) -> set[str]:
        return {row["customer_id"] for row in self.open_terms}

    @cached_property
    def due_soon(self) -> list[Row]:
        """Open terms in the main currency that end within 180 days."""
        return [
            row
            for row in self.open_terms
            if row["ends_on"] <= self.day(180) and row["currency"] == "EUR"
        ]

    @cached_property
    def lost(self) -> list[Row]:
        return [row for row in self.contracts if row["decision"] == "churned"]

    def reached(self, goal_id: str) -> bool:
        agreed, value = self.agreed.get(goal_id), self.values.get((goal_id, ""))
        if agreed is None or value is None:
            return False
        now, target = float(value["value"]), float(agreed["target"])
        return now <= target if agreed["direction"] == "down" else now >= target

    def progress(self, goal_id: str) -> float | None:
        agreed, value = self.agreed.get(goal_id), self.values.get((goal_id, ""))
        if agreed is None or value is None:
            return None
        baseline, target = float(agreed["baseline"]), float(agreed["target"])
        return (float(value["value"]) - baseline) / (target - baseline)

    @cached_property
    def intents(self) -> dict[str, str]:
        """What each active customer's people say about continuing in this term; the gravest word counts."""
        said: dict[str, dict[str, str]] = defaultdict(dict)
        for row in sorted(self.rows("answers"), key=lambda row: row["at"]):
            if row["kind"] == "intent" and row["flagged"] != "true" and self._counts(row):
                said[self.customer_of(row["contact_id"])][row["contact_id"]] = row["value"]
        asked = {
            self.customer_of(row["contact_id"])
            for row in self.rows("asks")
            if row["kind"] == "intent" and self._counts(row)
        }
        return {
            customer_id: _gravest(set(said[customer_id].values()), asked=customer_id in asked)
            for customer_id in self.active
        }

    def _counts(self, row: Row) -> bool:
        contact = self.contacts[row["contact_id"]]
        starts = [
            term["starts_on"]
            for term in self.open_terms
            if term["customer_id"] == contact["customer_id"]
        ]
        return not contact["left_on"] and row["at"] >= max(
            self.day(-365), min(starts, default=self.day(0))
        )


def _gravest(values: set[str], *, asked: bool) -> str:
    return next(
        (value for value in ("no", "not_sure", "yes") if value in values),
        "no_reply" if asked else "never_asked",
    )
