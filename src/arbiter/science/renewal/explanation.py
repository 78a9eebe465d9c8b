"""Why this number: reasons in log-odds that add up to the forecast, exactly."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from arbiter.science.renewal.known import Known
from arbiter.science.renewal.model import Forecasts, Model, from_features
from arbiter.science.renewal.terms import SIGNAL_OF_TERM, SIGNALS
from arbiter.science.renewal.wording import known_of

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
    (κ m_j + δ_j)(x_j − x̄_j) over its terms. The uncertainty is what remains of logit p − η beside that of
    the average contract: the less sure the log-odds, the nearer their mean chance to even odds.

    Args:
        forecasts: n forecasts made with the model.
        model: what is believed of the effects.

    Returns:
        Shape (n, 2 + signals): base, the signals in the order of `SIGNALS`, uncertainty. Each row sums
        to logit p.

    References:
        docs/method/renewal-forecast.md.

    Examples:
        >>> from arbiter.science.renewal import Known, UNTOLD, day_one, forecast
        >>> model = day_one([], base_rate=UNTOLD)
        >>> made = forecast([Known(departed=True)], model)
        >>> parts = effects(made, model)
        >>> bool(np.isclose(parts.sum(), logit(made.probability[0])))
        True
    """
    average = from_features(model.reference[None, :], model)
    of_terms = model.coefficients * (forecasts.x - model.reference)
    of_signals = of_terms @ np.eye(len(SIGNALS))[SIGNAL_OF_TERM]
    base = np.full(len(forecasts), logit(average.probability[0]))
    pull = logit(forecasts.probability) - forecasts.eta
    return np.column_stack([base, of_signals, pull - (base - average.eta[0])])


def reasons(
    known: Known, parts: NDArray[np.float64], model: Model, *, digits: int = 6
) -> tuple[Reason, ...]:
    """Return one contract's reasons in words: base first, then the strongest, uncertainty last.

    Signals without effect are left out. The effects are rounded; the last takes up what rounding leaves,
    so that they still add up.

    Args:
        known: what was known of the contract.
        parts: its row of `effects`, in log-odds. Shape (2 + signals,).
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
        Reason(name, effect, label, known_of(known, name))
        for (name, label), effect in zip(SIGNALS.items(), shifts, strict=True)
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
