"""How the company does business decides which measures apply."""

from datetime import date

import pytest

from arbiter.foundation.permissions import NotAllowed
from arbiter.metrics.actions import presets
from arbiter.metrics.queries import measures, measuring
from arbiter.metrics.queries import presets as read
from arbiter.metrics.rules import BusinessModel, end_of
from tests.facts import last_fact
from tests.metrics.company import measure
from tests.world import MARCH, MAY


def choose(world, model, at=MARCH, by=None):
    return presets.choose(business_model=model, by=by or world.olga, at=at)


def test_contracts_until_something_else_is_chosen(world):
    assert read.current() == BusinessModel.CONTRACT


def test_the_latest_choice_counts_and_the_earlier_is_kept(world):
    choose(world, "monthly", at=MARCH)
    choose(world, "contract", at=MAY)

    assert read.current() == BusinessModel.CONTRACT
    assert read.current(MARCH) == BusinessModel.MONTHLY
    assert last_fact().details == {"business_model": "contract"}


def test_none_but_the_three_can_be_chosen(world):
    with pytest.raises(presets.UnknownBusinessModel) as refused:
        choose(world, "barter")

    assert refused.value.field == "business_model"


def test_only_who_may_change_settings_chooses(world):
    with pytest.raises(NotAllowed):
        choose(world, "monthly", by=world.ada)


def test_a_form_can_offer_all_three(world):
    assert [value for value, _, _ in read.choices()] == ["contract", "monthly", "orders"]


def computed(day=date(2026, 6, 30)):
    return {each.measure.name for each in measuring.at([end_of(day)])}


def test_monthly_leaves_out_renewal_rates_and_looks_back_a_month(world):
    choose(world, "monthly")

    assert not {"renewal_rate", "renewal_rate_amount"} & computed()
    assert measure("customer_retention").details["months"] == 1


def test_orders_leave_out_whatever_needs_an_end(world):
    choose(world, "orders")

    found = computed()

    assert "still_active" in found
    assert not {"customer_retention", "logo_churn_month", "net_revenue_retention"} & found
    assert {"nps", "goal_coverage", "lifetime_value"} <= found


def test_what_does_not_fit_says_why():
    told = {each.name: because for each, because in measures.not_fitting(BusinessModel.MONTHLY)}

    assert "renewal_rate" in told
    assert all(because.endswith(".") for because in told.values())


def test_groups_hold_only_what_fits():
    shown = measures.groups(BusinessModel.ORDERS)

    assert "renewal_rate" not in {each.name for group in shown for each in group.measures}
    assert next(group.name for group in measures.groups()) == "outcomes"


def test_what_an_order_is_called_stays_with_the_choice(world):
    presets.choose(
        business_model="orders", order_event=" Checkout ", order_amount="sum", by=world.olga, at=MAY
    )

    assert (read.chosen().order_event, read.chosen().order_amount) == ("Checkout", "sum")
    assert read.chosen(MARCH).order_event == "Order Completed"


@pytest.mark.parametrize("names", [{"order_event": " "}, {"order_amount": ""}])
def test_orders_need_a_name_and_an_amount(world, names):
    with pytest.raises(presets.OrdersUnnamed):
        presets.choose(business_model="orders", by=world.olga, at=MAY, **names)
