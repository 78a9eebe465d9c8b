"""Ways of doing business, and what "staying" means in each: which measures fit, which do not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MEASURES = (
    "customer_retention",
    "logo_churn",
    "renewal_rate",
    "gross_revenue_retention",
    "net_revenue_retention",
    "survival",
    "cohorts",
    "adoption",
    "nps",
    "csat_and_ces",
    "confirmed_outcome_rate",
    "perception_gap",
    "lifetime_value",
    "renewal_forecast",
)
"""Named like their pages in docs/method/, with underscores."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a measure says something in a way of doing business, and why."""

    fits: bool
    because: str


@dataclass(frozen=True, slots=True)
class BusinessModel:
    """A way of doing business: how its customers stay, leave, and are to be counted."""

    key: str
    name: str
    recognised_by: str
    """How to tell that this is one's own."""
    leaving: str
    """The moment at which a customer counts as lost."""
    period_months: int
    """The natural span between two decisions to stay."""
    retention: str
    """Which definition of retention applies."""
    retention_because: str
    lifetime: str
    """Which model of `arbiter.science.lifetime` applies."""
    lifetime_because: str
    horizon_months: int
    """How far ahead a lifetime value is told unless one says otherwise."""
    measures: Mapping[str, Judgement]
    """Every one of `MEASURES`."""

    @property
    def periods_per_year(self) -> float:
        return 12 / self.period_months

    @property
    def horizon_periods(self) -> int:
        return self.horizon_months // self.period_months

    @property
    def fitting(self) -> tuple[str, ...]:
        """The measures that say something here, in the order of `MEASURES`."""
        return tuple(name for name in MEASURES if self.measures[name].fits)


def business_model(key: str) -> BusinessModel:
    """Return a way of doing business by its key: what do staying and leaving mean for this company?

    The key decision is whether leaving is seen. Where a contract ends or a subscription is cancelled, it is,
    and retention is counted. Where nobody says goodbye it is not, and being active is a chance.

    Args:
        key: contract, monthly or orders.

    Raises:
        ValueError: there is no such way of doing business.

    References:
        Fader, P. S. and Hardie, B. G. S. (2009). Probability models for customer-base analysis. Journal of
        Interactive Marketing, 23(1), 61-69.

    Examples:
        >>> business_model("monthly").horizon_periods
        36
        >>> business_model("orders").measures["renewal_rate"].fits
        False
    """
    if key not in BUSINESS_MODELS:
        raise ValueError(f"There is no {key!r}; there are {', '.join(BUSINESS_MODELS)}.")
    return BUSINESS_MODELS[key]


def _judged(**own: Judgement) -> Mapping[str, Judgement]:
    """What holds in every business model, with what is special to one."""
    found = {name: own.get(name, _EVERYWHERE.get(name)) for name in MEASURES}
    return MappingProxyType({name: said for name, said in found.items() if said is not None})


def _fits(because: str) -> Judgement:
    return Judgement(True, because)


def _does_not_fit(because: str) -> Judgement:
    return Judgement(False, because)


_EVERYWHERE = {
    "nps": _fits("A question to people; how they buy does not matter."),
    "csat_and_ces": _fits("A question to people; how they buy does not matter."),
    "confirmed_outcome_rate": _fits("Whoever states a goal can confirm it, however they buy."),
    "survival": _fits("Leaving is seen, and who has not left yet is censored, not lost."),
    "cohorts": _fits("Customers who began together are compared at the same age."),
    "adoption": _fits("Seats are paid for; whether they are used is a fact of its own."),
    "gross_revenue_retention": _fits("Each customer's recurring amount has a value on any day."),
    "net_revenue_retention": _fits("Each customer's recurring amount has a value on any day."),
}

_CONTRACT = BusinessModel(
    key="contract",
    name="Contracts with a renewal date",
    recognised_by="There is a term of months or years, and a day on which it ends or goes on.",
    leaving="the end of a contract that is not renewed; for an early termination, the day of notice",
    period_months=12,
    retention="The renewal rate: renewed ÷ due in the period, by count and by amount.",
    retention_because=(
        "Only who could leave is asked. Retention over all customers is flattered by those in the middle of a "
        "long term."
    ),
    lifetime="The shifted-beta-geometric and the beta-discrete-Weibull, counted in renewals.",
    lifetime_because=(
        "Customers decide at known days, and differ: those who renewed more often are more likely to renew. "
        "One rate for all undervalues them."
    ),
    horizon_months=60,
    measures=_judged(
        renewal_rate=_fits("Each due contract is a decision that was taken."),
        customer_retention=_fits(
            "Over twelve months; beside the renewal rate, never instead of it."
        ),
        logo_churn=_fits("Over twelve months; in a shorter span few contracts can end at all."),
        perception_gap=_fits(
            "The team's belief and the customer's word are about the same renewal."
        ),
        lifetime_value=_fits("Renewals to come, times what one leaves, to a stated horizon."),
        renewal_forecast=_fits("Each open contract has a day on which it is decided."),
    ),
)

_MONTHLY = BusinessModel(
    key="monthly",
    name="Monthly subscriptions",
    recognised_by="Customers pay by the month and may cancel for the end of any of them.",
    leaving="the end of the last paid month, be it cancelled or not paid any more",
    period_months=1,
    retention="Customer retention of each month, and over a year by compounding: 1 − (1 − m)^12 is lost.",
    retention_because=(
        "Everybody is due every month, so that the renewal rate and retention are the same number; and twelve "
        "times a month's churn overstates a year's."
    ),
    lifetime="The shifted-beta-geometric and the beta-discrete-Weibull, counted in months.",
    lifetime_because=(
        "Leaving is seen, month by month. Churn is highest in the first months: 1 ÷ churn would be the life of "
        "a customer who does not exist."
    ),
    horizon_months=36,
    measures=_judged(
        renewal_rate=_does_not_fit("Everybody is due every month: it would repeat retention."),
        customer_retention=_fits("By the month; the year is compounded, not multiplied."),
        logo_churn=_fits("By the month, with the year beside it."),
        perception_gap=_does_not_fit(
            "There is no one renewal of which team and customer could think differently."
        ),
        lifetime_value=_fits("Months to come, times what one leaves, to a stated horizon."),
        renewal_forecast=_does_not_fit("It forecasts a decision on a known day; here is none."),
    ),
)

_ORDERS = BusinessModel(
    key="orders",
    name="Orders without a contract",
    recognised_by="Customers order when they like, and nobody says goodbye.",
    leaving="not seen: the longer a customer is silent, for its own rhythm, the likelier it has left",
    period_months=12,
    retention="The chance to be still active, and its mean over the customers who have ordered again.",
    retention_because=(
        "A rule such as “no order for ninety days” calls rare buyers lost and keeps lost frequent ones. The "
        "chance weighs the silence against each customer's own rhythm. Of who ordered once it knows nothing."
    ),
    lifetime="BG/NBD for how often they order and when they leave; Gamma-Gamma for what an order brings.",
    lifetime_because="Leaving is not observed, and must be told from ordering rarely.",
    horizon_months=12,
    measures=_judged(
        renewal_rate=_does_not_fit("Nothing is ever due."),
        customer_retention=_does_not_fit("Who was lost is not known; use the chance to be active."),
        logo_churn=_does_not_fit("Who was lost is not known; use the chance to be active."),
        gross_revenue_retention=_does_not_fit("There is no recurring amount that could shrink."),
        net_revenue_retention=_does_not_fit("There is no recurring amount that could grow."),
        survival=_does_not_fit("A curve of losses needs losses that are seen."),
        cohorts=_fits("By first order; a cell holds who ordered in it, not who stayed."),
        adoption=_does_not_fit("There are no seats."),
        perception_gap=_does_not_fit("There is no renewal of which anybody could have a belief."),
        lifetime_value=_fits("Orders to come, times what one brings, to a stated horizon."),
        renewal_forecast=_does_not_fit("There is no renewal; see the chance to be active."),
    ),
)

BUSINESS_MODELS: Mapping[str, BusinessModel] = MappingProxyType(
    {one.key: one for one in (_CONTRACT, _MONTHLY, _ORDERS)}
)
