"""How long do customers stay, and what are they still worth?

With contracts: `tenures` counts who renewed, `contract` holds the two models, `retention_curve` chooses
between them, and `contract_value` gives the money. Without: `histories` reads orders, `bg_nbd` and
`gamma_gamma` learn how buyers order, leave and spend, `buying` says who is still there, and `order_value`
gives the money. Thin data are refused with a reason (`refusal`). The method is told in
docs/method/lifetime-value.md.
"""

from arbiter.science.lifetime.bg_nbd import BgNbd
from arbiter.science.lifetime.buying import alive, discounted_orders, expected_orders
from arbiter.science.lifetime.contract import (
    ContractModel,
    LikelihoodRatio,
    fit_beta_discrete_weibull,
    fit_shifted_beta_geometric,
    likelihood_ratio,
    log_survival,
)
from arbiter.science.lifetime.contract_value import contract_values, residual_renewals
from arbiter.science.lifetime.gamma_gamma import GammaGamma, expected_amount
from arbiter.science.lifetime.histories import Histories, Orders, from_orders, of_days
from arbiter.science.lifetime.order_value import order_values
from arbiter.science.lifetime.refusal import NotEnoughChurn, NotEnoughOrders, TooThin
from arbiter.science.lifetime.retention_curve import RetentionCurve, retention_curve
from arbiter.science.lifetime.tenures import Tenures, from_contracts, from_survivors
from arbiter.science.lifetime.value import Values, discount_per_period

__all__ = [
    "BgNbd",
    "ContractModel",
    "GammaGamma",
    "Histories",
    "LikelihoodRatio",
    "NotEnoughChurn",
    "NotEnoughOrders",
    "Orders",
    "RetentionCurve",
    "Tenures",
    "TooThin",
    "Values",
    "alive",
    "contract_values",
    "discount_per_period",
    "discounted_orders",
    "expected_amount",
    "expected_orders",
    "fit_beta_discrete_weibull",
    "fit_shifted_beta_geometric",
    "from_contracts",
    "from_orders",
    "from_survivors",
    "likelihood_ratio",
    "log_survival",
    "of_days",
    "order_values",
    "residual_renewals",
    "retention_curve",
]
