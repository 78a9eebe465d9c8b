"""Who stayed, who left, and what became of the money?

`customers` counts customers and due contracts, `revenue` follows the money of a starting cohort,
`losses` tells losses apart, `cohorts` lays customers out by start and age. The methods are told in
docs/method/customer-retention.md and the pages beside it.
"""

from arbiter.science.retention.cohorts import CohortRow, cohort_table
from arbiter.science.retention.customers import (
    annual_from_monthly,
    annualised,
    customer_retention,
    logo_churn,
    renewal_rate,
    renewal_rate_by_amount,
)
from arbiter.science.retention.losses import Cause, Losses, LossSplit, split_losses
from arbiter.science.retention.revenue import (
    Movement,
    effective_n,
    gross_revenue_retention,
    net_revenue_retention,
    revenue_movement,
)

__all__ = [
    "Cause",
    "CohortRow",
    "LossSplit",
    "Losses",
    "Movement",
    "annual_from_monthly",
    "annualised",
    "cohort_table",
    "customer_retention",
    "effective_n",
    "gross_revenue_retention",
    "logo_churn",
    "net_revenue_retention",
    "renewal_rate",
    "renewal_rate_by_amount",
    "revenue_movement",
    "split_losses",
]
