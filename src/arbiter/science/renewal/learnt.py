"""What a model learnt from, kept with it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scores:
    """Mean log loss in nats per renewal, each renewal forecast by a model that had not seen its customer."""

    base_rate: float
    logistic: float
    challenger: float | None
    """None where there is no challenger."""
    forecast: float
    """What is used: the logistic alone, or both."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """From how much a model learnt, and how."""

    renewals: int
    churns: int
    customers: int
    snapshots: int
    effective_renewals: float
    """After forgetting."""
    effective_degrees: float
    """How many coefficients' worth the data decided: tr(H⁻¹ZᵀWZ)."""
    intercept: float
    """Where the intercept's prior stood: the anchor."""
    challenger_note: str
    """Whether there is a challenger, and if not, why."""
    scores: Scores | None
    """None below a hundred renewals."""
