"""How accounts leave as workspace files."""

from arbiter.accounts.models import Contact, Contract, Customer, Signal
from arbiter.foundation.outlet import Shape

CUSTOMERS = Shape(
    file="customers",
    model=Customer,
    columns={
        "customer_id": "key",
        "name": "name",
        "domain": "domain",
        "segment": "segment",
        "industry": "industry",
        "region": "region",
        "owner_email": "owner__email",
        "stage": "stage",
        "since": "since",
        "parent_id": "parent__key",
        "why_bought": "why_bought",
        "promised_value": "promised_value",
        "promised_by": "promised_by",
        "promise_quote": "promise_quote",
        "promise_source": "promise_source",
        "archived_at": "archived_at",
        "language": "language",
    },
    identity=("customer_id",),
    customer="pk",
    optional=frozenset(
        {"promised_by", "promise_quote", "promise_source", "archived_at", "language"}
    ),
)

CONTACTS = Shape(
    file="contacts",
    model=Contact,
    columns={
        "contact_id": "key",
        "customer_id": "customer__key",
        "name": "name",
        "email": "email",
        "role": "role",
        "title": "title",
        "language": "language",
        "joined_on": "joined_on",
        "left_on": "left_on",
        "unsubscribed_at": "unsubscribed_at",
        "time_zone": "time_zone",
        "erased_at": "erased_at",
    },
    identity=("contact_id",),
    customer="customer_id",
    optional=frozenset({"unsubscribed_at", "time_zone", "erased_at"}),
)

CONTRACTS = Shape(
    file="contracts",
    model=Contract,
    columns={
        "contract_id": "key",
        "customer_id": "customer__key",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "arr": "arr",
        "currency": "currency",
        "seats": "seats",
        "plan": "plan",
        "product": "product",
        "auto_renew": "auto_renew",
        "notice_days": "notice_days",
        "decision": "renewal__decision",
        "decided_on": "renewal__decided_on",
        "new_arr": "renewal__new_arr",
        "churn_reason": "renewal__churn_reason",
        "churn_cause": "renewal__churn_cause",
        "avoidable": "renewal__avoidable",
        "churn_evidence": "renewal__evidence",
        "recorded_at": "renewal__recorded_at",
        "by_email": "renewal__recorded_by__email",
    },
    identity=("contract_id",),
    customer="customer_id",
    optional=frozenset({"churn_evidence", "recorded_at", "by_email"}),
)

SIGNALS = Shape(
    file="signals",
    model=Signal,
    columns={
        "customer_id": "customer__key",
        "name": "name",
        "at": "at",
        "recorded_at": "recorded_at",
        "value": "value",
    },
    identity=("customer_id", "name", "at"),
    customer="customer_id",
)

SHAPES = (CUSTOMERS, CONTACTS, CONTRACTS, SIGNALS)
