"""Who stayed? Customers kept and lost, and contracts renewed, each over those who could leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from arbiter.metrics.measures import cohorts
from arbiter.metrics.measures.measure import (
    DOWN,
    Found,
    Listed,
    Measure,
    Part,
    listed,
    listed_rows,
    money_note,
    money_told,
    period_months,
    period_start,
    sentences,
)
from arbiter.metrics.picture.columns import NEVER, Mask, Table, day_number
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.terms import Standing
from arbiter.science.estimate import Estimate
from arbiter.science.retention import (
    annualised,
    customer_retention,
    logo_churn,
    renewal_rate,
    renewal_rate_by_amount,
)

GROUP = "standard"
MONTH_DAYS = 365.25 / 12
LOST = Part("lost", "Lost in the period", "learn", "Find out why", "money")
UNDECIDED = Part(
    "undecided", "Ended, and nobody recorded how", "record_decision", "Record the decision", "money"
)


class Period:
    """Who was a customer at the start of a period, who of those was lost, and of whom nobody knows."""

    def __init__(self, picture: Picture, months: int) -> None:
        self.months = months
        self.before: Standing = picture.on(period_start(picture, months))
        after = picture.now
        there = self.before.is_customer
        self.unknown: Mask = there & after.is_unknown
        self.start: Mask = there & ~self.unknown
        self.lost: Mask = self.start & after.is_lost
        self.kept: Mask = self.start & ~self.lost

    @property
    def note(self) -> str:
        """What a reader must know: how long it is, and who is left out."""
        return sentences(_over(self.months), left_out(int(self.unknown.sum()), "customer"))


def left_out(count: int, what: str) -> str:
    """Say how many are left out since their term ended and nobody recorded how; empty for none."""
    if not count:
        return ""
    who = f"1 {what} is" if count == 1 else f"{count} {what}s are"
    return f"{who} left out: the term has ended, and nobody recorded how."


def due_terms(picture: Picture, months: int) -> Table:
    """Terms that ended in the period, decided or not; one that another followed undecided is decided by it."""
    terms = picture.terms
    first = day_number(period_start(picture, months))
    return terms.where((terms["end"] > first) & (terms["end"] <= picture.day))


def _customer_retention(picture: Picture) -> Found:
    period = Period(picture, period_months(picture))
    kept = customer_retention(period.start, period.lost)
    return Found(
        _noted(kept, period.note),
        count=int(period.kept.sum()),
        details={
            "left_out": {"undecided": int(period.unknown.sum())},
            "months": period.months,
            "cohorts": cohorts.logos(picture),
        },
        behind=_behind(period),
    )


def _logo_churn_month(picture: Picture) -> Found:
    period = Period(picture, 1)
    return Found(
        _noted(logo_churn(period.start, period.lost), period.note),
        count=int(period.lost.sum()),
        details={"left_out": {"undecided": int(period.unknown.sum())}, "months": 1},
        behind=_behind(period),
    )


def _logo_churn_year(picture: Picture) -> Found:
    period = Period(picture, 1)
    year = annualised(logo_churn(period.start, period.lost))
    return Found(year, details={"months": 1}, behind=_behind(period))


def _renewal_rate(picture: Picture) -> Found:
    due = due_terms(picture, period_months(picture))
    known = due.where(due["known"])
    rate = renewal_rate(~known["churned"], np.ones(len(known), bool), customers=known.customer)
    # Of k contracts of n renewed; that some share a customer is in the interval.
    return Found(
        replace(_noted(rate, _due_note(picture, due)), n=len(known)),
        count=int((~known["churned"]).sum()),
        details={"left_out": {"undecided": _undecided(due)}, "contracts": len(known)},
        behind=_behind_due(picture, due),
    )


def _renewal_rate_amount(picture: Picture) -> Found:
    due = due_terms(picture, period_months(picture))
    known = due.where(due["known"])
    told = known.where(~np.isnan(known["amount"]) & ~np.isnan(known["new_amount"]))
    rate = renewal_rate_by_amount(told["new_amount"], due=told["amount"], customers=told.customer)
    return Found(
        _noted(rate, sentences(_due_note(picture, due), money_note(picture, known))),
        currency=picture.currency,
        details={
            "left_out": {"undecided": _undecided(due)},
            "contracts": len(told),
            "money": money_told(picture, known),
        },
        behind=_behind_due(picture, due),
    )


def _tenure(picture: Picture) -> Found:
    known = picture.current & (picture.began != NEVER) & (picture.began <= picture.day)
    months = (picture.day - picture.began[known]) / MONTH_DAYS
    if not months.size:
        return Found(Estimate.too_few(0, "No customer with a first day."))
    note = "Counted in full, so there is nothing to estimate."
    median = float(np.median(months))
    everybody = np.where(known, picture.day - np.where(known, picture.began, 0), 0)
    return Found(
        Estimate(float(months.mean()), None, None, months.size, note=note),
        details={"median": median},
        behind={"longest": listed(known, everybody)},
    )


def _behind(period: Period) -> dict[str, Listed]:
    return {
        "lost": listed(period.lost, period.before.amount),
        "undecided": listed(period.unknown, period.before.amount),
        "kept": listed(period.kept, period.before.amount),
    }


def _behind_due(picture: Picture, due: Table) -> dict[str, Listed]:
    open_still = ~due["known"] & (due["followed"] > picture.day)
    return {
        name: listed_rows(due.where(which), due.where(which)["amount"], len(picture))
        for name, which in (
            ("lost", due["known"] & due["churned"]),
            ("undecided", open_still),
            ("renewed", due["known"] & ~due["churned"]),
        )
    }


def _undecided(due: Table) -> int:
    return int((~due["known"]).sum())


def _due_note(picture: Picture, due: Table) -> str:
    return sentences(_over(period_months(picture)), left_out(_undecided(due), "contract"))


def _over(months: int) -> str:
    return "Over the last month." if months == 1 else f"Over the last {months} months."


def _noted(found: Estimate, note: str) -> Estimate:
    return replace(found, note=sentences(note, found.note))


MEASURES = (
    Measure(
        name="customer_retention",
        title="Customer retention",
        question="Of the customers at the start, how many are still here?",
        formula="(S − L) ÷ S; S = customers at the start, L = those of S lost in the period",
        group=GROUP,
        compute=_customer_retention,
        doc="customer-retention",
        method="customer-retention/1",
        parts=(LOST, UNDECIDED, Part("kept", "Kept", value="money")),
        judged_as="customer_retention",
    ),
    Measure(
        name="logo_churn_month",
        title="Customers lost in a month",
        question="Of the customers a month ago, how many were lost since?",
        formula="L ÷ S over one month",
        group=GROUP,
        compute=_logo_churn_month,
        doc="logo-churn",
        method="logo-churn/1",
        digits=1,
        better=DOWN,
        parts=(LOST, UNDECIDED),
        judged_as="logo_churn",
    ),
    Measure(
        name="logo_churn_year",
        title="Customers lost, as a yearly rate",
        question="If every month were like the last one, how many would a year cost?",
        formula="1 − (1 − m)¹²; m = customers lost in the last month ÷ customers at its start",
        group=GROUP,
        compute=_logo_churn_year,
        doc="logo-churn",
        method="logo-churn-year/1",
        better=DOWN,
        parts=(LOST,),
        judged_as="logo_churn",
    ),
    Measure(
        name="renewal_rate",
        title="Renewal rate",
        question="Of the contracts that came to their end, how many were renewed?",
        formula="renewed ÷ due in the period, of those whose decision is known",
        group=GROUP,
        compute=_renewal_rate,
        doc="renewal-rate",
        method="renewal-rate/1",
        base="contracts",
        parts=(LOST, UNDECIDED, Part("renewed", "Renewed", value="money")),
        judged_as="renewal_rate",
    ),
    Measure(
        name="renewal_rate_amount",
        title="Renewal rate by amount",
        question="Of the money that came to its end, how much was renewed?",
        formula="Σ min(renewed, due) ÷ Σ due, in yearly amounts of contracts due in the period",
        group=GROUP,
        compute=_renewal_rate_amount,
        doc="renewal-rate",
        method="renewal-rate-amount/1",
        parts=(LOST, UNDECIDED),
        judged_as="renewal_rate",
    ),
    Measure(
        name="tenure",
        title="Time with us",
        question="How long have today's customers been with us?",
        formula="mean of months since the first day, over today's customers",
        group="time",
        compute=_tenure,
        doc="tenure",
        method="tenure/1",
        kind="duration",
        unit="months",
        parts=(Part("longest", "Longest with us", value="days"),),
    ),
)
