"""How beliefs leave as workspace files. Forecasts do not: they are made anew from the facts."""

from arbiter.forecast.models import Belief
from arbiter.foundation.outlet import Shape

BELIEFS = Shape(
    file="beliefs",
    model=Belief,
    columns={
        "contract_id": "contract__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "probability": "probability",
        "reason": "reason",
        "by_email": "by__email",
    },
    identity=("contract_id", "at", "recorded_at", "by_email"),
    customer="contract__customer_id",
)

SHAPES = (BELIEFS,)

# Made from facts and made anew at any time: nobody has built on an import because these exist.
DERIVED = frozenset(
    {"forecast.standing", "forecast.outlook", "forecast.forecast", "forecast.frozenfile"}
)
