"""How Chargebee exports are recognised and what their rows mean.

`Non Renewing` means that notice was given: the contract runs to the end of its term and the renewal
is already lost. It becomes a contract that ends then, decided as churned on the day the cancellation
was set up where the file says it, otherwise on a day unknown.
"""

from decimal import Decimal

from arbiter.connectors.tables.choices import plain
from arbiter.connectors.tables.headers import Column
from arbiter.connectors.tables.periods import months_between
from arbiter.connectors.tables.records import LeftOut, Record, RowRefused
from arbiter.connectors.tables.shapes import Circumstances, Shape, any_of, named, own_targets
from arbiter.connectors.tables.targets import CUSTOM, SKIP, Kind, Target

PREFIX = "chargebee"
_UNIT = Target("chargebee.period_unit", "Chargebee: unit of the billing period")
_COMPANY = Target("chargebee.company", "Chargebee: company")
_LAST = Target("chargebee.last_name", "Chargebee: customer’s last name")
_FIRST = Target("chargebee.first_name", "Chargebee: customer’s first name")
_CANCELLED = Target("chargebee.cancelled_at", "Chargebee: cancelled at", Kind.DATE)
_NOTICE = Target("chargebee.notice_at", "Chargebee: cancellation set up at", Kind.DATE)
_BEGAN = Target("chargebee.began_at", "Chargebee: subscription began", Kind.DATE)


def _custom_fields(column: Column) -> str:
    return CUSTOM if ".cf " in column.normal else SKIP


def _subscription(record: Record, circumstances: Circumstances) -> None:
    _name(record)
    status = plain(record.take("contracts.status"))
    if status == "future":
        raise LeftOut("left out because the subscription has not begun")
    if status == "in trial":
        record.forget("contracts")
        record["customers.stage"] = "trial"
        circumstances.notes.add("still on trial, so taken without a contract", record.line)
        return
    _amount(record, circumstances)
    _ending(record, status)


def _name(record: Record) -> None:
    person = " ".join(filter(None, (record.take(_FIRST.name), record.take(_LAST.name))))
    company = record.take(_COMPANY.name)
    name = (
        company or person or record.text("contacts.email") or record.text("customers.customer_id")
    )
    record["customers.name"] = name
    if company and person:
        record["contacts.name"] = person


def _amount(record: Record, circumstances: Circumstances) -> None:
    """MRR where the file has it; else the price of a term, whose length says how often it is paid."""
    if "contracts.mrr" in record or "contracts.amount" not in record:
        return
    unit = record.take(_UNIT.name)
    if unit:
        record["contracts.interval"] = f"{record.text('contracts.interval') or 1} {unit}"
        return
    starts, ends = record.day("contracts.starts_on"), record.day("contracts.ends_on")
    months = months_between(starts, ends) if starts and ends else None
    if months is None:
        raise RowRefused(
            "the term is no whole number of months, so its price cannot be made yearly",
            "Add the column subscriptions.mrr to the export.",
            target="contracts.amount",
        )
    record["contracts.interval"] = f"{Decimal(months)} months"
    circumstances.notes.add(
        "the price of a term was made yearly by the length of the term", record.line
    )


def _ending(record: Record, status: str) -> None:
    cancelled, notice = record.day(_CANCELLED.name), record.day(_NOTICE.name)
    if status == "cancelled":
        if cancelled:
            record["contracts.ends_on"] = cancelled
            record.setdefault("contracts.decided_on", notice or cancelled)
    elif status == "non renewing":
        if notice:
            record.setdefault("contracts.decided_on", notice)
    else:
        record.pop("contracts.churn_reason", None)
        return
    record["contracts.status"] = "churned"
    _start_before_end(record)


def _start_before_end(record: Record) -> None:
    starts, ends, began = (
        record.day("contracts.starts_on"),
        record.day("contracts.ends_on"),
        record.day(_BEGAN.name),
    )
    if ends and (starts is None or starts > ends) and began:
        record["contracts.starts_on"] = min(began, ends)


SUBSCRIPTIONS = Shape(
    key="chargebee.subscriptions",
    label="Chargebee subscriptions",
    required=(any_of("subscriptions.id"), any_of("subscriptions.status"), any_of("subscriptions.current_term_end")),
    hints=any_of("subscriptions.plan_id", "subscriptions.plan_quantity", "subscriptions.plan_unit_price", "customers.id",
                 "subscriptions.current_term_start", "subscriptions.cancelled_at", "addresses.company",
                 "subscriptions.remaining_billing_cycles", "subscriptions.started_at"),
    fields=named(
        contracts__contract_id="subscriptions.id", contracts__status="subscriptions.status",
        customers__customer_id="customers.id|subscriptions.customer_id",
        chargebee__company="customers.company|addresses.company|billing_addresses.company",
        chargebee__first_name="customers.first_name", chargebee__last_name="customers.last_name",
        contacts__email="customers.email", contracts__plan="subscriptions.plan_id|subscriptions.item_price_id",
        contracts__amount="subscriptions.plan_unit_price|subscriptions.plan_amount",
        contracts__quantity="subscriptions.plan_quantity", contracts__mrr="subscriptions.mrr",
        contracts__currency="subscriptions.currency_code|subscriptions.currency",
        contracts__interval="subscriptions.billing_period", chargebee__period_unit="subscriptions.billing_period_unit",
        contracts__starts_on="subscriptions.current_term_start", contracts__ends_on="subscriptions.current_term_end",
        chargebee__began_at="subscriptions.started_at|subscriptions.start_date|subscriptions.created_at",
        chargebee__cancelled_at="subscriptions.cancelled_at",
        chargebee__notice_at="subscriptions.cancel_schedule_created_at",
        contracts__churn_reason="subscriptions.cancel_reason_code|subscriptions.cancel_reason",
    ),
    order=3,
    id_prefix=PREFIX,
    targets=own_targets(_UNIT, _COMPANY, _FIRST, _LAST, _CANCELLED, _NOTICE, _BEGAN),
    leftovers=_custom_fields,
    refine=_subscription,
    refines_status=True,
)  # fmt: skip
SHAPES = (SUBSCRIPTIONS,)
