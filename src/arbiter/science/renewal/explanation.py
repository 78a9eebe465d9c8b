"""Why this number: reasons in log-odds that add up to the forecast, exactly."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from arbiter.science.renewal.known import Known
from arbiter.science.renewal.layout import doublings, rows
from arbiter.science.renewal.model import Forecasts, Model, log_odds, mean_chance
from arbiter.science.renewal.terms import EFFECTS, TERMS
from arbiter.science.renewal.wording import known_of, label_of

BASE = "base"
UNCERTAINTY = "uncertainty"
NEGLIGIBLE = 5e-7
"""Log-odds that round to nothing at the six digits in which reasons are stored."""


class Reason(NamedTuple):
    """One part of a forecast.

    `effect` is in log-odds; the effects of a forecast's reasons add up to logit p. `known` says in a
    sentence what was known.
    """

    name: str
    effect: float
    label: str
    known: str


def effects(forecasts: Forecasts, model: Model) -> NDArray[np.float64]:
    """Return how far base, signals and uncertainty each move the log-odds of each forecast.

    The base is logit p̄, the forecast of the average open contract x̄. A signal's effect is the sum of
    (κ m_j + δ_j)(x_j − x̄_j) over its terms, κ being that of the contract's lead. The uncertainty is what
    remains of logit p − η beside that of the average contract: the less sure the log-odds, the nearer their
    mean chance to even odds. Where a challenger has a say w, everything counts 1 − w, and w times what the
    challenger's columns contribute is added to base and signals; and of all of it only what is kept counts,
    the rest being the base rate's.

    Args:
        forecasts: n forecasts made with the model.
        model: what is believed of the effects.

    Returns:
        Shape (n, 2 + parts): base, the entries of `model.parts` in their order, uncertainty. Each row sums
        to logit p.

    Raises:
        ChallengerMissing: the model has a challenger and LightGBM is not installed.

    References:
        docs/method/renewal-forecast.md and docs/method/challenger.md.

    Examples:
        >>> from arbiter.science.renewal import Known, UNTOLD, day_one, forecast
        >>> model = day_one([], base_rate=UNTOLD)
        >>> made = forecast([Known(departed=True)], model)
        >>> parts = effects(made, model)
        >>> bool(np.isclose(parts.sum(), logit(made.probability[0])))
        True
    """
    eta, sd = log_odds(model.average, model)
    base = np.full(len(forecasts), logit(mean_chance(eta, sd)[0]))
    parts = _moved(forecasts, model) @ np.eye(len(model.parts))[model.layout.part_of_column]
    pull = logit(mean_chance(forecasts.eta, forecasts.sd)) - forecasts.eta
    told = np.column_stack([base, parts, pull - (base - eta[0])])
    if model.challenger is not None:
        other = model.challenger.effects(forecasts.cases, model.layout)
        sure = np.zeros(len(forecasts))
        told = told + model.weight * (np.column_stack([other, sure]) - told)
    kept = model.kept * told
    kept[:, 0] += (1 - model.kept) * model.level
    return np.asarray(kept)


def _moved(forecasts: Forecasts, model: Model) -> NDArray[np.float64]:
    """How far each column after κ moves the logistic's log-odds from the average's. Shape (n, p - 2).

    What κ by lead moves belongs to the terms it multiplies; what remains of it tells of the lead alone.
    """
    z = rows(forecasts.cases, model.layout)
    count = len(TERMS)
    away = forecasts.x - model.reference[:count]
    moved = model.mean[2:] * (z[:, 2:] - model.reference)
    moved[:, :count] = model.coefficients * away
    if model.layout.leads:
        column = model.layout.temperature_by_lead
        slope = model.mean[column] * doublings(forecasts.cases.lead_days)
        moved[:, :count] += slope[:, None] * EFFECTS * away
        moved[:, column - 2] -= slope * (away @ EFFECTS)
    return np.asarray(moved)


def reasons(
    known: Known, parts: NDArray[np.float64], model: Model, *, digits: int = 6
) -> tuple[Reason, ...]:
    """Return one contract's reasons in words: base first, then the strongest, uncertainty last.

    Signals without effect are left out. The effects are rounded; the last takes up what rounding leaves,
    so that they still add up.

    Args:
        known: what was known of the contract.
        parts: its row of `effects`, in log-odds. Shape (2 + parts,).
        model: what is believed of the effects.
        digits: decimals to keep.

    References:
        docs/method/renewal-forecast.md.

    Examples:
        >>> from arbiter.science.renewal import Known, UNTOLD, day_one, forecast
        >>> model, gone = day_one([], base_rate=UNTOLD), Known(departed=True)
        >>> told = reasons(gone, effects(forecast([gone], model), model)[0], model)
        >>> [(each.name, round(each.effect, 2)) for each in told]
        [('base', 1.52), ('departure', -0.49), ('uncertainty', 0.03)]
        >>> told[1].known
        'The champion or the sponsor left within six months'
    """
    base, *shifts, _ = parts.round(digits).tolist()
    of_signals = [
        Reason(name, effect, label_of(name), known_of(known, name))
        for name, effect in zip(model.parts, shifts, strict=True)
        if abs(effect) > NEGLIGIBLE
    ]
    of_signals.sort(key=lambda reason: -abs(reason.effect))
    rest = float(parts.sum()) - base - sum(shifts)
    return (
        Reason(BASE, base, "Where your renewals start", model.base_rate.sentence),
        *of_signals,
        Reason(
            UNCERTAINTY,
            round(rest, digits),
            "How sure can one be?",
            "The less is sure, the nearer the chance to even odds",
        ),
    )
