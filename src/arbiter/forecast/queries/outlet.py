"""How beliefs, and what was made of losses, leave as workspace files. Forecasts do not: they are made anew from the facts."""

from arbiter.forecast.models import BaseRate, Belief, MonthReview, PostMortem, SafeBar
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

BASE_RATES = Shape(
    file="base_rates",
    model=BaseRate,
    columns={"due": "due", "renewed": "renewed", "at": "at", "by_email": "by__email"},
    identity=("at",),
)

SAFE_BARS = Shape(
    file="safe_bars",
    model=SafeBar,
    columns={"probability": "probability", "at": "at", "by_email": "by__email"},
    identity=("at",),
)

POST_MORTEMS = Shape(
    file="post_mortems",
    model=PostMortem,
    columns={
        "contract_id": "contract__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "by_email": "by__email",
        "cause": "cause",
        "evidence": "evidence",
        "avoidable": "avoidable",
        "steps": "steps",
        "known": "known",
        "known_to": "known_to",
        "known_on": "known_on",
        "quote": "quote",
        "quoted": "quoted__key",
        "lessons": "lessons",
    },
    identity=("contract_id", "at", "recorded_at"),
    customer="contract__customer_id",
)

MONTH_REVIEWS = Shape(
    file="month_reviews",
    model=MonthReview,
    columns={
        "month": "month",
        "at": "at",
        "by_email": "by__email",
        "said": "said",
        "losses": "losses",
        "judged": "judged",
        "surprises": "surprises",
    },
    identity=("month", "at"),
)

SHAPES = (BELIEFS, BASE_RATES, SAFE_BARS, POST_MORTEMS, MONTH_REVIEWS)

# Made from facts and made anew at any time: nobody has built on an import because these exist.
DERIVED = frozenset(
    {"forecast.standing", "forecast.outlook", "forecast.forecast", "forecast.frozenfile"}
)
