"""How Stripe exports are recognised and what their rows mean.

Amounts are decimal, sometimes with a comma; an older `Plan Amount` may be in cents, which is asked.
A subscription that is cancelled, or will be at the end of its period, is a renewal already lost.
"""

from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.headers import Column
from arbiter.connectors.tables.questions import Option, Question
from arbiter.connectors.tables.records import LeftOut, Record
from arbiter.connectors.tables.shapes import Circumstances, Shape, any_of, named, own_targets
from arbiter.connectors.tables.targets import CUSTOM, SKIP, Kind, Target

PREFIX = "stripe"
_PLAN_AMOUNT = Target("stripe.plan_amount", "Stripe: plan amount (cents are asked)", Kind.MONEY)
_DESCRIPTION = Target("stripe.description", "Stripe: description, used where the name is empty")
_CANCELED = Target("stripe.canceled_at", "Stripe: cancelled at", Kind.DATE)
_ENDED = Target("stripe.ended_at", "Stripe: ended at", Kind.DATE)
_BEGAN = Target("stripe.began_at", "Stripe: subscription began", Kind.DATE)
_AT_PERIOD_END = Target(
    "stripe.cancel_at_period_end", "Stripe: cancels at period end", Kind.BOOLEAN
)
_NEVER_STARTED = frozenset({"incomplete", "incomplete_expired"})


def _metadata(column: Column) -> str:
    return CUSTOM if column.normal.endswith("(metadata)") else SKIP


def _name(record: Record) -> None:
    """A customer of Stripe may have no name; its description or address then stands for it."""
    description = record.take(_DESCRIPTION.name)
    name = record.text("customers.name") or description or record.text("contacts.email")
    if name:
        record["customers.name"] = name


def _customer(record: Record, _circumstances: Circumstances) -> None:
    _name(record)


def _subscription(record: Record, circumstances: Circumstances) -> None:
    _name(record)
    status = record.take("contracts.status").casefold()
    if status in _NEVER_STARTED:
        raise LeftOut("left out because the subscription never started")
    _amount(record, circumstances)
    if status == "trialing":
        record.forget("contracts")
        record["customers.stage"] = "trial"
        circumstances.notes.add("still on trial, so taken without a contract", record.line)
        return
    _ending(record, status)


def _amount(record: Record, circumstances: Circumstances) -> None:
    plan_amount = record.number(_PLAN_AMOUNT.name)
    record.pop(_PLAN_AMOUNT.name, None)
    if plan_amount is not None and "contracts.amount" not in record:
        in_cents = circumstances.answers.get("cents") == "cents"
        record["contracts.amount"] = plan_amount / 100 if in_cents else plan_amount
    if circumstances.answers.get("unit_price") != "unit":
        record.pop("contracts.quantity", None)


def _ending(record: Record, status: str) -> None:
    canceled, ended = record.day(_CANCELED.name), record.day(_ENDED.name)
    leaving = status in ("canceled", "cancelled") or record.get(_AT_PERIOD_END.name) is True
    if leaving:
        record["contracts.status"] = "churned"
        if ended:
            record["contracts.ends_on"] = ended
        if canceled:
            record.setdefault("contracts.decided_on", canceled)
        if "payment" in record.text("contracts.churn_reason"):
            record["contracts.churn_cause"] = "payment"
    else:
        record.pop("contracts.churn_reason", None)
    _start_before_end(record)


def _start_before_end(record: Record) -> None:
    """A subscription that ended early has a period that starts after its end."""
    starts, ends, began = (
        record.day("contracts.starts_on"),
        record.day("contracts.ends_on"),
        record.day(_BEGAN.name),
    )
    if ends and began and (starts is None or starts > ends):
        record["contracts.starts_on"] = min(began, ends)


def _ask(findings: Findings) -> list[Question]:
    questions = []
    position = findings.positions.get(_PLAN_AMOUNT.name)
    evidence = findings.numbers.get(position) if position is not None else None
    if evidence and not (evidence.point or evidence.comma):
        options = (
            Option("cents", "Cents: 4900 is 49.00"),
            Option("whole", "Whole units: 4900 is 4,900.00"),
        )
        questions.append(
            Question("cents", "Is “Plan Amount” in cents?", options, position=position)
        )
    if any(word not in ("", "0", "1") for word, _ in findings.words_of("contracts.quantity")):
        options = (
            Option("unit", "The price of one unit: multiply it by the quantity"),
            Option("all", "The price of the whole subscription"),
        )
        questions.append(
            Question(
                "unit_price", "What is the amount of a subscription with several units?", options
            )
        )
    return questions


CUSTOMERS = Shape(
    key="stripe.customers",
    label="Stripe customers",
    required=(any_of("id"), any_of("Created (UTC)"), any_of("Email"), any_of("Name", "Description")),
    hints=any_of("Delinquent", "Total Spend", "Payment Count", "Refunded Volume", "Dispute Losses", "Plan", "Status",
                 "Card ID", "Business Vat ID", "Average Order"),
    fields=named(
        customers__customer_id="id", customers__name="Name", stripe__description="Description",
        contacts__email="Email", customers__since="Created (UTC)",
    ),
    id_prefix=PREFIX,
    targets=own_targets(_DESCRIPTION),
    leftovers=_metadata,
    refine=_customer,
)  # fmt: skip
SUBSCRIPTIONS = Shape(
    key="stripe.subscriptions",
    label="Stripe subscriptions",
    required=(any_of("id"), any_of("Customer ID"), any_of("Current Period End (UTC)"), any_of("Status")),
    hints=any_of("Customer Name", "Customer Email", "Plan", "Quantity", "Currency", "Interval", "Amount", "Created (UTC)",
                 "Start (UTC)", "Current Period Start (UTC)", "Trial End (UTC)", "Canceled At (UTC)", "Ended At (UTC)"),
    fields=named(
        contracts__contract_id="id", customers__customer_id="Customer ID", customers__name="Customer Name",
        stripe__description="Customer Description", contacts__email="Customer Email",
        contracts__plan="Plan Name|Product|Plan", contracts__quantity="Quantity",
        contracts__currency="Currency|Plan Currency", contracts__interval="Interval|Plan Interval|Billing Interval",
        contracts__amount="Amount", stripe__plan_amount="Plan Amount", contracts__status="Status",
        contracts__churn_reason="Cancellation Reason", contracts__starts_on="Current Period Start (UTC)",
        contracts__ends_on="Current Period End (UTC)", customers__since="Customer Created (UTC)",
        stripe__began_at="Start Date (UTC)|Start (UTC)|Created (UTC)", stripe__canceled_at="Canceled At (UTC)",
        stripe__ended_at="Ended At (UTC)", stripe__cancel_at_period_end="Cancel At Period End",
    ),
    order=3,
    id_prefix=PREFIX,
    targets=own_targets(_PLAN_AMOUNT, _DESCRIPTION, _CANCELED, _ENDED, _BEGAN, _AT_PERIOD_END),
    leftovers=_metadata,
    refine=_subscription,
    refines_status=True,
    questions=_ask,
)  # fmt: skip
SHAPES = (CUSTOMERS, SUBSCRIPTIONS)
