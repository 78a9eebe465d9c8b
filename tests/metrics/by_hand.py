"""The sample company's measures once more, from its files alone: pandas, lifelines and statsmodels, row by row.

Nothing here comes from the application. Where it and a measure disagree, one of them misreads
`docs/guide/metrics.md`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

YEAR = timedelta(days=365)
EARLY = timedelta(days=45)


def wilson(count: int, n: int) -> tuple[float, float, float]:
    """A share with its interval, by statsmodels."""
    low, high = proportion_confint(count, n, alpha=0.05, method="wilson")
    return count / n, low, high


@lru_cache
def parsed(path: Path) -> pd.DataFrame:
    """A file with its dates read."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    for column in rows.columns:
        if column in ("at", "recorded_at", "retired_at", "done_at", "archived_at"):
            told = rows[column].replace("", None)
            rows[column] = pd.to_datetime(told, utc=True, format="ISO8601")
        elif column.endswith("_on") or column == "since":
            rows[column] = pd.to_datetime(rows[column].replace("", None)).dt.date
    if "at" in rows:
        learnt = rows["recorded_at"] if "recorded_at" in rows else rows["at"]
        rows["learnt"] = learnt.fillna(rows["at"])
    return rows


class Files:
    """The files as they were known at the end of a day; with `only`, of one customer alone."""

    def __init__(self, folder: Path, day: date, worth: dict[str, float], only: str = "") -> None:
        self.folder, self.day, self.worth, self.only = folder, day, worth, only
        self.moment = pd.Timestamp(day, tz="UTC") + pd.Timedelta(days=1, microseconds=-1)

    def read(self, file: str) -> pd.DataFrame:
        rows = parsed(self.folder / f"{file}.csv")
        if self.only and "customer_id" in rows:
            rows = rows[rows["customer_id"] == self.only]
        if "at" in rows:
            rows = rows[(rows["at"] <= self.moment) & (rows["learnt"] <= self.moment)]
        return rows.copy()

    @cached_property
    def customers(self) -> pd.DataFrame:
        rows = self.read("customers").set_index("customer_id", drop=False)
        rows["archived"] = rows["archived_at"] <= self.moment
        return rows

    @cached_property
    def contacts(self) -> pd.DataFrame:
        rows = self.read("contacts").set_index("contact_id", drop=False)
        rows["there"] = [
            left is None or pd.isna(left) or left > self.day for left in rows["left_on"]
        ]
        return rows

    # --- Contracts ------------------------------------------------------------------------------

    @cached_property
    def contracts(self) -> pd.DataFrame:
        rows = self.read("contracts")
        rows["known"] = [
            decision != "" and on <= self.day
            for decision, on in zip(rows["decision"], rows["decided_on"], strict=True)
        ]
        rows["lost"] = rows["known"] & (rows["decision"] == "churned")
        rate = rows["currency"].map(self.worth)
        rows["amount"] = pd.to_numeric(rows["arr"]) * rate
        renewed = pd.to_numeric(rows["new_arr"]) * rate
        unchanged = renewed.isna() & (rows["decision"] != "contracted")
        rows["next"] = renewed.where(~unchanged, rows["amount"])
        rows.loc[rows["lost"], "next"] = 0.0
        alike = {
            customer: list(terms.itertuples()) for customer, terms in rows.groupby("customer_id")
        }
        rows["after"] = [self._after(row, alike[row.customer_id]) for row in rows.itertuples()]
        starts = rows["starts_on"].to_dict()
        rows["after_on"] = [None if pd.isna(row) else starts[row] for row in rows["after"]]
        return rows

    @staticmethod
    def _after(row, terms: list):
        """The index of the term that follows."""
        found = [
            (other.starts_on, other.product != row.product, other.Index)
            for other in terms
            if other.starts_on > row.starts_on
            and other.starts_on >= row.ends_on - EARLY
            and (other.product == row.product or "" in (other.product, row.product))
        ]
        return min(found)[2] if found else None

    def on(self, day: date) -> dict[str, tuple[str, float]]:
        """Each customer's state and money at the end of a day; nobody without a contract is in it."""
        order = ("customer", "unknown", "lost", "not yet")
        found: dict[str, tuple[str, float]] = {}
        for term in self.contracts.itertuples():
            state, amount = self._term_on(term, day)
            before, money = found.get(term.customer_id, ("not yet", 0.0))
            found[term.customer_id] = (min(state, before, key=order.index), money + amount)
        return found

    def _term_on(self, term, day: date) -> tuple[str, float]:
        if term.starts_on > day:
            return "not yet", 0.0
        if term.ends_on >= day:
            return "customer", term.amount
        if term.lost:
            return "lost", 0.0
        if term.after_on is not None and term.after_on <= day:
            return "lost", 0.0
        length = term.ends_on - term.starts_on
        if term.known and day <= term.ends_on + length + timedelta(days=1):
            return "customer", term.next
        return "unknown", float("nan")

    @cached_property
    def now(self) -> dict[str, tuple[str, float]]:
        return self.on(self.day)

    @cached_property
    def current(self) -> set[str]:
        """Who is looked after."""
        return {
            row.customer_id
            for row in self.customers.itertuples()
            if not row.archived and self._is_current(row)
        }

    def _is_current(self, row) -> bool:
        if row.customer_id not in self.now:
            return row.since is None or row.since <= self.day
        return self.now[row.customer_id][0] in ("customer", "unknown")

    @cached_property
    def open(self) -> pd.DataFrame:
        rows = self.contracts
        runs = (rows["starts_on"] <= self.day) & (rows["ends_on"] >= self.day) & ~rows["known"]
        return rows[runs & ~rows["customer_id"].map(self.customers["archived"])]

    def due(self, since: date) -> pd.DataFrame:
        rows = self.contracts
        return rows[(rows["ends_on"] > since) & (rows["ends_on"] <= self.day)]

    def chains(self) -> list[tuple[int, bool, int, int]]:
        """Of each contract: renewals, whether it is lost, renewals before the records begin, its last term."""
        rows = self.contracts
        goes_on = {
            row.Index: int(row.after)
            for row in rows.itertuples()
            if row.after_on is not None and row.after_on <= self.day and not row.lost
        }
        found = []
        for head in sorted(set(rows.index) - set(goes_on.values())):
            if rows.loc[head, "starts_on"] > self.day:
                continue
            at, renewals = head, 0
            while at in goes_on:
                at, renewals = goes_on[at], renewals + 1
            last = rows.loc[at]
            renewals += bool(last["known"] and not last["lost"])
            before = self._before(rows.loc[head])
            found.append((renewals + before, bool(last["lost"]), before, at))
        return found

    def running(self) -> pd.DataFrame:
        """Contracts that run and are not lost, with their renewals and what the next payment is."""
        chains = pd.DataFrame(self.chains(), columns=["renewals", "lost", "before", "last"])
        rows = self.contracts.loc[chains["last"]].reset_index(drop=True)
        rows["renewals"] = chains["renewals"]
        rows["promised"] = (rows["known"] & ~rows["lost"]).astype(int)
        rows["pays"] = rows["next"].where(rows["promised"] == 1, rows["amount"])
        runs = ~rows["lost"] & (rows["ends_on"] >= self.day)
        return rows[runs & rows["amount"].notna() & rows["pays"].notna()]

    def _before(self, head: pd.Series) -> int:
        terms = self.contracts[self.contracts["customer_id"] == head["customer_id"]]
        since = self.customers.loc[head["customer_id"], "since"]
        gap = head["starts_on"] - since
        if head["starts_on"] != terms["starts_on"].min() or gap <= EARLY:
            return 0
        return max(1, round(gap.days / ((head["ends_on"] - head["starts_on"]).days + 1)))

    # --- Goals ----------------------------------------------------------------------------------

    @cached_property
    def goals(self) -> pd.DataFrame:
        rows = self.read("goals")
        stands = rows["retired_at"].isna() | (rows["retired_at"] > self.moment)
        rows = rows[stands & rows["customer_id"].isin(self.current)].copy()
        told = [self._goal(row) for row in rows.itertuples()]
        for name in ("due", "fresh_words", "confirmed", "judged", "reached", "unknown"):
            rows[name] = [each[name] for each in told]
        return rows

    @cached_property
    def _by_goal(self) -> dict[str, dict[str, list]]:
        found: dict[str, dict[str, list]] = {}
        for file in ("revisions", "results", "verdicts", "awareness"):
            found[file] = defaultdict(list)
            rows = self._of_goals(file).sort_values(["at", "learnt"], kind="stable")
            for row in rows.itertuples():
                found[file][row.goal_id].append(row)
        return found

    def _of_goals(self, file: str) -> pd.DataFrame:
        rows = self.read(file)
        if not self.only:
            return rows
        goals = parsed(self.folder / "goals.csv")
        return rows[rows["goal_id"].isin(goals[goals["customer_id"] == self.only]["goal_id"])]

    def _rows(self, file: str, goal: str) -> list:
        return self._by_goal[file].get(goal, [])

    def _goal(self, goal) -> dict[str, bool]:
        revisions = self._rows("revisions", goal.goal_id)
        last = revisions[-1] if revisions else None
        customer_stage = self.customers.loc[goal.customer_id, "stage"]
        stage = (last.stage if last else "") or goal.stage
        agreed = max(goal.at, last.at) if last else goal.at
        stale = self.moment - agreed > YEAR or (
            stage != "" and customer_stage != "" and stage != customer_stage
        )
        verdict = self._verdict(goal)
        fresh = verdict is not None and self.moment - verdict.at <= YEAR
        disputed = self._disputed(goal, verdict if fresh else None)
        confirmed = fresh and verdict.verdict == "achieved" and not disputed
        since = self._reached_since(goal, last)
        return {
            "due": last is not None and not pd.isna(last.due_on) and last.due_on <= self.day,
            "fresh_words": not stale,
            "confirmed": confirmed,
            "judged": fresh,
            "reached": since is not None,
            "unknown": since is not None and not confirmed and not self._known(goal, since),
        }

    def _verdict(self, goal):
        newest = {row.contact_id: row for row in self._rows("verdicts", goal.goal_id)}

        def rank(row):
            decides = self.contacts.loc[row.contact_id, "role"] == "decision_maker"
            return row.at.date(), decides or row.contact_id == goal.stated_by, row.at

        return max(newest.values(), key=rank, default=None)

    def _there(self, file: str, goal) -> list:
        return [
            row
            for row in self._rows(file, goal.goal_id)
            if self.contacts.loc[row.contact_id, "there"]
        ]

    def _disputed(self, goal, verdict) -> bool:
        if verdict is not None and verdict.verdict == "not":
            return True
        newest = {(row.contact_id, row.state): row for row in self._there("awareness", goal)}
        words = sorted(
            (row for row in newest.values() if row.state in ("agreed", "disputed")),
            key=lambda row: row.at,
        )
        if not words or words[-1].state != "disputed":
            return False
        if verdict is not None and words[-1].at <= verdict.at:
            return False
        return self.moment - words[-1].at <= YEAR

    def _reached_since(self, goal, last):
        if last is None or last.target == "":
            return None
        target = float(last.target)
        baseline = float(last.baseline) if last.baseline else None
        down = last.direction == "down" or (
            last.direction != "up" and baseline is not None and target < baseline
        )
        values = {}
        for row in self._rows("results", goal.goal_id):
            if row.measure == "":
                values[row.at] = float(row.value)
        since = None
        for at in sorted(values):
            there = values[at] <= target if down else values[at] >= target
            since = (since or at) if there else None
        return since

    def _known(self, goal, since) -> bool:
        saw = [row.at for row in self._there("awareness", goal) if row.state != "told"]
        newest = {row.contact_id: row for row in self._rows("verdicts", goal.goal_id)}
        said = [
            row.at
            for row in newest.values()
            if row.verdict != "too_early" and self.contacts.loc[row.contact_id, "there"]
        ]
        return any(at >= since for at in saw + said)

    # --- Words ----------------------------------------------------------------------------------

    @cached_property
    def answers(self) -> pd.DataFrame:
        rows = self.read("answers")
        return rows[rows["flagged"] != "true"].sort_values("at", kind="stable")

    @cached_property
    def intents(self) -> dict[str, dict[str, str]]:
        """What each current person of each customer with an open contract says, by role and state."""
        running = self.open.groupby("customer_id")["starts_on"].min()
        asks = self.read("asks")
        asked = asks[asks["kind"] == "intent"].groupby("contact_id")["at"].max()
        said = self.answers[self.answers["kind"] == "intent"].groupby("contact_id").last()
        found = {}
        for customer, start in running.items():
            counts = max(self.moment - YEAR, pd.Timestamp(start, tz="UTC"))
            people = self.contacts[
                (self.contacts["customer_id"] == customer) & self.contacts["there"]
            ]
            found[customer] = {}
            for contact in people["contact_id"]:
                if contact in said.index and said.loc[contact, "at"] >= counts:
                    state = said.loc[contact, "value"]
                elif contact in asked.index and asked[contact] >= counts:
                    state = "no_reply"
                else:
                    state = "never_asked"
                found[customer][contact] = state
        return found

    @cached_property
    def says(self) -> dict[str, str]:
        """What each customer's people say together."""
        order = ("no", "not_sure", "yes", "no_reply", "never_asked")
        return {
            customer: min(people.values(), key=order.index, default="never_asked")
            for customer, people in self.intents.items()
        }
