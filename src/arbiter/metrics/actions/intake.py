"""How workspace files become the way the company sells, and what currencies are worth."""

from arbiter.foundation.intake import Intake
from arbiter.foundation.roles import Permission
from arbiter.metrics.queries.outlet import BUSINESS_MODELS, EXCHANGE_RATES

INTAKES = (
    Intake(
        BUSINESS_MODELS,
        frozen=frozenset(BUSINESS_MODELS.columns),
        demands=Permission.MANAGE_SETTINGS,
    ),
    Intake(
        EXCHANGE_RATES,
        frozen=frozenset(EXCHANGE_RATES.columns) - {"withdrawn_at", "withdrawn_by"},
        demands=Permission.MANAGE_SETTINGS,
    ),
)
