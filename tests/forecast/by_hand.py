"""What was decided, believed and answered in the sample company, once more from its files alone, row by row.

Nothing here comes from the application. Where it and a page disagree, one of them misreads a page of
`docs/method/`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from tests.metrics.by_hand import parsed

YEAR = timedelta(days=365)
LEAST_SURE = ("no", "not_sure", "yes")
DECIDES = ("decision_maker", "sponsor")


def end_of(day: date) -> pd.Timestamp:
    """The last moment of a day."""
    return pd.Timestamp(day, tz="UTC") + pd.Timedelta(days=1, microseconds=-1)


def before(day: date) -> pd.Timestamp:
    """The end of the day before."""
    return end_of(day - timedelta(days=1))


def least_sure(said) -> str:
    return next((word for word in LEAST_SURE if word in set(said)), "")


class Book:
    """Contracts and what was said about them, by the files; as known at a moment."""

    def __init__(self, folder: Path, now: pd.Timestamp) -> None:
        self.folder, self.now = folder, now
        self.today = now.date()

    # --- Contracts ------------------------------------------------------------------------------

    @cached_property
    def contracts(self) -> pd.DataFrame:
        rows = parsed(self.folder / "contracts.csv").copy()
        customers = parsed(self.folder / "customers.csv").set_index("customer_id")
        rows["archived_at"] = rows["customer_id"].map(customers["archived_at"])
        rows["arr"] = pd.to_numeric(rows["arr"])
        rows["decided"] = [
            decision != "" and on <= self.today
            for decision, on in zip(rows["decision"], rows["decided_on"], strict=True)
        ]
        rows["renewed"] = rows["decision"] != "churned"
        return rows

    @cached_property
    def losses(self) -> pd.DataFrame:
        rows = self.contracts
        return rows[rows["decided"] & ~rows["renewed"]]

    @cached_property
    def due(self) -> pd.DataFrame:
        """Renewals that came due and were decided; a decision half a year early counts on its own day."""
        rows = self.contracts[self.contracts["decided"]].copy()
        rows["due_on"] = [
            row.decided_on if row.decided_on <= row.ends_on - timedelta(days=180) else row.ends_on
            for row in rows.itertuples()
        ]
        return rows[rows["due_on"] <= self.today]

    def seen(self, lead: int) -> pd.DataFrame:
        """Those that ran and of which nobody had been told, so many days before; and when that was."""
        rows = self.due.copy()
        rows["on"] = rows["due_on"] - timedelta(days=lead)
        rows["at"] = rows["on"].map(end_of)
        fair = (rows["starts_on"] <= rows["on"]) & (rows["on"] < rows["decided_on"])
        there = rows["archived_at"].isna() | (rows["archived_at"] > rows["at"])
        return rows[fair & there]

    @cached_property
    def learnable(self) -> pd.DataFrame:
        """Those that could be looked at long enough before."""
        looked = pd.concat([self.seen(lead) for lead in (180, 90, 30)])["contract_id"]
        return self.due[self.due["contract_id"].isin(looked)]

    def since(self, customer: str, moment: pd.Timestamp) -> date | None:
        """When the earliest of a customer's terms began that ran then, undecided."""
        day = moment.date()
        return min(
            (
                term.starts_on
                for term in self._terms[customer]
                if term.starts_on <= day <= term.ends_on
                and not (term.decision and term.decided_on <= day)
            ),
            default=None,
        )

    @cached_property
    def _terms(self) -> dict[str, list]:
        return {
            customer: list(rows.itertuples())
            for customer, rows in self.contracts.groupby("customer_id")
        }

    # --- What customers said --------------------------------------------------------------------

    @cached_property
    def _people(self) -> dict[str, Any]:
        return {row.contact_id: row for row in parsed(self.folder / "contacts.csv").itertuples()}

    @cached_property
    def _intents(self) -> dict[str, dict[str, list]]:
        """What was asked and answered about continuing, by customer, the oldest first; nothing flagged."""
        found: dict[str, dict[str, list]] = {}
        for file in ("asks", "answers"):
            found[file] = defaultdict(list)
            rows = parsed(self.folder / f"{file}.csv").sort_values("at", kind="stable")
            for row in rows[rows["kind"] == "intent"].itertuples():
                if getattr(row, "flagged", "") != "true":
                    found[file][self._people[row.contact_id].customer_id].append(row)
        return found

    def _of(self, customer: str, file: str, moment: pd.Timestamp) -> list:
        """Intents asked or answered by then by people who are there, in the running term and a year."""
        term = self.since(customer, moment)
        first = moment - YEAR
        if term is not None:
            first = max(first, pd.Timestamp(term, tz="UTC"))
        return [
            row
            for row in self._intents[file][customer]
            if first <= row.at <= moment and row.learnt <= moment and self._is_there(row, moment)
        ]

    def _is_there(self, row, moment: pd.Timestamp) -> bool:
        left = self._people[row.contact_id].left_on
        return pd.isna(left) or left > moment.date()

    def said(self, customer: str, moment: pd.Timestamp) -> dict[str, str]:
        """The last answer of each."""
        return {row.contact_id: row.value for row in self._of(customer, "answers", moment)}

    def together(self, customer: str, moment: pd.Timestamp) -> str:
        """What its people said together, or that they were silent, or never asked."""
        asked = self._of(customer, "asks", moment)
        said = least_sure(self.said(customer, moment).values())
        return said or ("no_reply" if asked else "never_asked")

    def answer(self, customer: str, moment: pd.Timestamp) -> str:
        """What those said who decide, else all; who was asked a week ago is not silent yet."""
        said = self.said(customer, moment)
        deciding = [word for who, word in said.items() if self._people[who].role in DECIDES]
        if said:
            return least_sure(deciding or said.values())
        last = {row.contact_id: row.at for row in self._of(customer, "asks", moment)}
        week_ago = moment - timedelta(days=7)
        return "no_reply" if any(at <= week_ago for at in last.values()) else "never_asked"

    def number(self, name: str, customer: str, moment: pd.Timestamp) -> float:
        """The newest value of a signal that is not older than a year."""
        known = [
            row
            for row in self._signals[name, customer]
            if row.at <= moment and row.learnt <= moment
        ]
        fresh = known and known[-1].at >= moment - YEAR
        return float(known[-1].value) if fresh else float("nan")

    @cached_property
    def _signals(self) -> dict[tuple[str, str], list]:
        found = defaultdict(list)
        rows = parsed(self.folder / "signals.csv").sort_values(["at", "learnt"], kind="stable")
        for row in rows.itertuples():
            found[row.name, row.customer_id].append(row)
        return found

    # --- What the team believed -----------------------------------------------------------------

    @cached_property
    def _beliefs(self) -> dict[str, list]:
        found = defaultdict(list)
        for row in (
            parsed(self.folder / "beliefs.csv").sort_values("at", kind="stable").itertuples()
        ):
            found[row.contract_id].append(row)
        return found

    def believed(self, contract: str, moment: pd.Timestamp) -> list:
        """The beliefs about a contract known at a moment, the oldest first."""
        return [row for row in self._beliefs[contract] if row.at <= moment and row.learnt <= moment]

    def last_belief(self, contract: str, moment: pd.Timestamp) -> float:
        rows = self.believed(contract, moment)
        return float(rows[-1].probability) if rows else float("nan")

    @cached_property
    def scored(self) -> pd.DataFrame:
        """Of each person and renewal that came due the last belief before anybody was told, and how it went."""
        found = []
        for term in self.due.itertuples():
            eve = before(term.decided_on)
            first = min((row.learnt for row in self._heard(term, eve)), default=None)
            last = {row.by_email: row for row in self.believed(term.contract_id, eve)}
            found += [
                {
                    "contract": term.contract_id,
                    "customer": term.customer_id,
                    "who": who,
                    "at": row.at,
                    "belief": float(row.probability),
                    "renewed": term.renewed,
                    "blind": first is None or row.learnt <= first,
                }
                for who, row in last.items()
            ]
        return pd.DataFrame(found)

    @cached_property
    def met(self) -> pd.DataFrame:
        """Of each person and contract the last belief before its customer first answered, and what it says now."""
        ends = {row.contract_id: before(row.decided_on) for row in self.due.itertuples()}
        found = []
        for term in self.contracts.itertuples():
            end = ends.get(term.contract_id, self.now)
            heard = self._heard(term, end)
            if not heard:
                continue
            first = min(row.learnt for row in heard)
            answer = least_sure({row.contact_id: row.value for row in heard}.values())
            earlier = [row for row in self.believed(term.contract_id, end) if row.learnt <= first]
            found += [
                {
                    "contract": term.contract_id,
                    "at": row.at,
                    "belief": float(row.probability),
                    "answer": answer,
                }
                for row in {row.by_email: row for row in earlier}.values()
            ]
        return pd.DataFrame(found)

    def _heard(self, term, moment: pd.Timestamp) -> list:
        """Every answer about continuing within a term, of whomever, known at a moment."""
        return [
            row
            for row in self._intents["answers"][term.customer_id]
            if row.at.date() >= term.starts_on and row.at <= moment and row.learnt <= moment
        ]


def area_by_customer(score, happened, customer) -> tuple[float, float, float]:
    """The area under the curve with Obuchowski's interval on the logit scale, from its pairs; by Student's t."""
    score, happened, customer = map(np.asarray, (score, happened, customer))
    high, low = score[happened == 1], score[happened == 0]
    wins = (high[:, None] > low[None, :]) + 0.5 * (high[:, None] == low[None, :])
    area = wins.mean()
    whose = sorted(set(customer))
    up = np.array([(wins.mean(axis=1) - area)[customer[happened == 1] == one].sum() for one in whose])  # fmt: skip
    down = np.array([(wins.mean(axis=0) - area)[customer[happened == 0] == one].sum() for one in whose])  # fmt: skip
    ups, downs = len(set(customer[happened == 1])), len(set(customer[happened == 0]))
    parts = (
        ups / (ups - 1) * (up**2).sum() / len(high) ** 2,
        downs / (downs - 1) * (down**2).sum() / len(low) ** 2,
    )
    both = 2 * len(whose) / (len(whose) - 1) * (up * down).sum() / (len(high) * len(low))
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (ups - 1) + parts[1] ** 2 / (downs - 1))
    se = np.sqrt(sum(parts) + both)
    reach = stats.t.ppf(0.975, freedom) * se / (area * (1 - area))
    middle = np.log(area / (1 - area))
    return area, *(1 / (1 + np.exp(-(middle + way * reach))) for way in (-1, 1))
