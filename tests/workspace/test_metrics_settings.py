"""How measures are counted: what currencies are worth, and how the company does business."""

import pytest

from arbiter.metrics.queries import presets, rates
from tests.browser import objections
from tests.metrics.company import stays

RATES = "/settings/rates/"
BUSINESS = "/settings/business-model/"
ORDERS = {"order_event": "Checkout Finished", "order_amount": "sum"}
DOLLAR = {"currency": "usd", "per_unit": "0.92", "valid_from": "2026-01-01"}


@pytest.fixture
def olga(world, client):
    """The owner, signed in."""
    client.force_login(world.olga)
    return client


def text(reply):
    return " ".join(reply.content.decode().split())


def test_a_currency_without_a_rate_is_named_and_filled_in(olga):
    stays("Abroad", currency="CHF")

    page = olga.get(RATES)

    assert "Contracts that run are in CHF" in text(page)
    assert page.context["form"]["currency"].value() == "CHF"


def test_a_rate_is_set_listed_and_withdrawn(olga):
    page = text(olga.post(RATES, DOLLAR, follow=True))
    assert "USD" in page
    assert "0.92 EUR" in page

    [rate] = rates.listed()
    page = text(olga.post(f"{RATES}{rate.pk}/withdrawal/", follow=True))

    assert "The rate of USD is withdrawn." in page
    assert not rates.listed().exists()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"currency": "EUR"}, "needs no rate"),
        ({"per_unit": "0"}, "above 0"),
        ({"currency": "U1"}, "three letters"),
        ({"valid_from": ""}, "required"),
    ],
)
def test_a_rate_that_cannot_be_is_refused_beside_its_field(olga, change, problem):
    reply = olga.post(RATES, {**DOLLAR, **change})

    assert reply.status_code == 422
    assert problem in text(reply)


def test_the_business_model_is_chosen_and_says_what_is_left_out(olga):
    page = text(olga.post(BUSINESS, {"business_model": "orders", **ORDERS}, follow=True))

    assert presets.current() == "orders"
    assert "Left out for now" in page
    assert 'value="Checkout Finished"' in page


@pytest.mark.parametrize("missing", ["order_event", "order_amount"])
def test_orders_without_a_name_are_refused(olga, missing):
    reply = olga.post(BUSINESS, {"business_model": "orders", **ORDERS, missing: " "})

    assert reply.status_code == 422
    assert presets.current() == "contract"


def test_a_business_model_that_is_none_is_refused(olga):
    reply = olga.post(BUSINESS, {"business_model": "barter", **ORDERS})

    assert reply.status_code == 422
    assert "Choose contracts, monthly subscriptions or orders." in text(reply)


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.parametrize("url", [RATES, BUSINESS])
def test_everybody_can_read_it(olga, world, live_server, open_page, signed_in, url):
    olga.post(RATES, DOLLAR)

    page = open_page(live_server.url + url, cookies=signed_in(world.olga))

    assert objections(page) == []
