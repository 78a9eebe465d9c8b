"""How the way the company sells, and what currencies are worth, leave as workspace files."""

from arbiter.foundation.outlet import Shape
from arbiter.metrics.models import ExchangeRate, Preset

BUSINESS_MODELS = Shape(
    file="business_models",
    model=Preset,
    columns={
        "business_model": "business_model",
        "order_event": "order_event",
        "order_amount": "order_amount",
        "at": "at",
        "by_email": "by__email",
    },
    identity=("at",),
)

EXCHANGE_RATES = Shape(
    file="exchange_rates",
    model=ExchangeRate,
    columns={
        "currency": "currency",
        "into": "into",
        "per_unit": "per_unit",
        "valid_from": "valid_from",
        "recorded_at": "recorded_at",
        "by_email": "by__email",
        "withdrawn_at": "withdrawn_at",
        "withdrawn_by": "withdrawn_by__email",
    },
    identity=("currency", "into", "valid_from", "recorded_at"),
    optional=frozenset({"withdrawn_at", "withdrawn_by"}),
)

SHAPES = (BUSINESS_MODELS, EXCHANGE_RATES)
