"""Our measures in the company's catalogue: the perception gap, surprises, and how good the forecasts were."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arbiter.forecast.queries import histories, measured
from arbiter.metrics import catalogue
from arbiter.metrics.measures.measure import (
    DOWN,
    LEADING,
    Found,
    Measure,
    Part,
    listed,
    listed_rows,
    money_note,
    money_told,
    sentences,
    with_range,
)
from arbiter.metrics.measures.voices import AHEAD_DAYS, ending_soon, said_yes
from arbiter.metrics.picture.columns import Column, Table, day_number
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.words import SEALS
from arbiter.metrics.rules import months_before
from arbiter.science.estimate import Estimate
from arbiter.science.scoring import brier_score
from arbiter.science.surprise import Loss, surprise_rate
from arbiter.science.value import perception_gap

BELIEFS, LOSSES, FORECASTS = "beliefs", "losses", "forecasts"
MONTHS = 12
NO_FORECAST = f"No forecast was stored {histories.LEAD_DAYS} days before a decision yet."


def register() -> None:
    """Add our measures and the rows they need; asked again it changes nothing."""
    catalogue.add_source(SEALS, measured.sealed)
    for measure, source in MEASURES:
        catalogue.register(measure, source=source)


def _gap(picture: Picture) -> Found:
    soon, sealed = ending_soon(picture)
    known = ~np.isnan(soon["amount"])
    belief = _of(soon, picture.more[BELIEFS], "probability")
    yes, amount = said_yes(picture, soon, sealed), np.where(known, soon["amount"], 0.0)
    told = perception_gap(belief[known], yes[known], amount[known])
    expected = np.nan_to_num(belief) * amount * ~yes
    trusted = np.bincount(soon.customer, expected, minlength=len(picture))
    note = sentences(told.estimate.note, money_note(picture, soon))
    return Found(
        Estimate(told.gap, None, None, told.n, note=note),
        currency=picture.currency,
        details={
            "believed": told.believed,
            "said": told.said,
            "amount": told.amount,
            "unbelieved": told.unbelieved,
            "money": money_told(picture, soon),
        },
        behind={"not_said": listed(trusted > 0, trusted)},
    )


def _surprises(picture: Picture) -> Found:
    lately = _lately(picture, LOSSES, "lost_on")
    kinds = [Loss(kind) for kind in lately["kind"].tolist()]
    amount = _of(lately, picture.terms.and_(term=picture.terms["pk"]), "amount")
    paid = ~np.isnan(amount)
    rate = surprise_rate(kinds)
    by_amount = surprise_rate(
        [kind for kind, told in zip(kinds, paid, strict=True) if told], amount[paid]
    ).by_amount
    surprised = lately["kind"] == Loss.SURPRISE.value
    unavoidable = np.isin(lately["kind"], (Loss.UNAVOIDABLE.value, Loss.NOT_JUDGED.value))
    return Found(
        rate.by_count,
        count=rate.losses[Loss.SURPRISE],
        currency=picture.currency,
        details={
            "kinds": {kind.value: count for kind, count in rate.losses.items()},
            "by_amount": {
                **with_range(by_amount),
                "amount": float(amount[paid & surprised].sum()),
                "total": float(amount[paid & ~unavoidable].sum()),
                "currency": picture.currency,
            },
        },
        behind={
            "surprises": listed_rows(lately.where(surprised), amount[surprised], len(picture)),
        },
    )


def _brier(picture: Picture) -> Found:
    lately = _lately(picture, FORECASTS, "due_on")
    n = len(lately)
    if not n:
        return Found(Estimate.too_few(0, NO_FORECAST))
    chance, renewed = lately["probability"], lately["renewed"].astype(float)
    rate = float(renewed.mean())
    flat = brier_score(np.full(n, rate), renewed)
    wrong = lately.where(~lately["renewed"] & (chance >= 0.5))
    return Found(
        Estimate(
            brier_score(chance, renewed), None, None, n, note=f"The base rate scores {flat:.3f}."
        ),
        details={"base_rate": rate, "base_rate_score": flat},
        behind={"missed": listed_rows(wrong, wrong["probability"], len(picture))},
    )


def _lately(picture: Picture, source: str, day: str) -> Table:
    """The rows of a source whose day lies in the months that count."""
    since = day_number(months_before(picture.today, MONTHS))
    rows = picture.more[source]
    return rows.where((rows[day] > since) & (rows[day] <= picture.day))


def _of(rows: Table, told: Table, name: str) -> NDArray[np.float64]:
    """A number that another table tells of the same terms; NaN where it tells none."""
    wanted: Column = rows["pk"] if "pk" in rows.columns else rows["term"]
    order = np.argsort(told["term"])
    place = np.searchsorted(told["term"], wanted, sorter=order)
    found = np.full(len(rows), np.nan)
    inside = place < len(told)
    at = order[place[inside]]
    same = told["term"][at] == wanted[inside]
    found[np.flatnonzero(inside)[same]] = told[name][at[same]]
    return found


MEASURES = (
    (
        Measure(
            name="perception_gap",
            title="Perception gap",
            question="How far does our belief exceed what customers have told us, on the same money?",
            formula=f"believed − said yes, in shares of the yearly amount that ends in {AHEAD_DAYS} days "
            "and has a belief",
            group="outcomes",
            compute=_gap,
            doc="perception-gap",
            method="perception-gap/1",
            timing=LEADING,
            better=DOWN,
            base="contracts",
            parts=(Part("not_said", "Believed, not said", "ask", "Ask them", "money"),),
            judged_as="perception_gap",
        ),
        (BELIEFS, measured.believed),
    ),
    (
        Measure(
            name="surprise_rate",
            title="Surprises among avoidable losses",
            question="Of what we could have kept, what hit us unawares?",
            formula=f"avoidable losses that the last belief or forecast before notice called safe "
            f"÷ avoidable losses, over {MONTHS} months",
            group="standard",
            compute=_surprises,
            doc="surprise-rate",
            method="surprise-rate/1",
            better=DOWN,
            base="avoidable losses",
            parts=(Part("surprises", "Surprised us", "learn", "Read the file", "money"),),
            judged_as="survival",
        ),
        (LOSSES, measured.lost),
    ),
    (
        Measure(
            name="forecast_brier",
            title="Error of the forecasts",
            question="How good were the forecasts that were stored before anybody was told?",
            formula=f"mean of (chance − what happened)², of forecasts stored {histories.LEAD_DAYS} days "
            f"before notice, renewals due in {MONTHS} months; 0 is perfect",
            group="standard",
            compute=_brier,
            doc="forecast-scores",
            method="forecast-brier/1",
            kind="number",
            digits=3,
            better=DOWN,
            base="contracts",
            parts=(
                Part("missed", "Forecast to stay, and left", "learn", "Find out why", "answer"),
            ),
            judged_as="renewal_forecast",
        ),
        (FORECASTS, measured.forecast),
    ),
)
