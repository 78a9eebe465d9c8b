"""The first run: every page leads to it until somebody owns the installation, and never again."""

import pytest
from django.urls import reverse

from arbiter.forecast.queries import base_rates
from arbiter.foundation.models import Company, Person
from arbiter.foundation.queries import company
from tests.world import JUNE

PAGE = "/first-run/"
TOLD = {
    "name": "Lighthouse",
    "currency": "EUR",
    "owner_name": "Olga Owens",
    "owner_email": "olga@lighthouse.test",
    "password": "tall-ships-sail",
    "due": "40",
    "renewed": "36",
}


@pytest.mark.parametrize("path", ["/", "/settings/", "/outbox/", "/accounts/login/"])
def test_until_then_every_page_leads_there(client, db, path):
    reply = client.get(path)

    assert (reply.status_code, reply.url) == (302, PAGE)


def test_it_makes_company_owner_and_base_rate_and_goes_on_to_the_first_file(client, db, clock):
    assert client.get(PAGE).status_code == 200

    reply = client.post(PAGE, TOLD)

    assert (reply.status_code, reply.url) == (302, "/first-run/data/")
    assert company.name() == "Lighthouse"
    assert client.session["_auth_user_id"] == str(Person.objects.get(role="owner").pk)
    rate = base_rates.at(JUNE)
    assert (rate.renewed, rate.due) == (36, 40)
    offer = client.get(reply.url).content.decode()
    assert reverse("workspace:imports") in offer
    assert reverse("workspace:settings-sample") in offer


def test_the_one_number_may_be_left_out(client, db, clock):
    client.post(PAGE, TOLD | {"due": "", "renewed": ""})

    assert company.is_set_up()
    assert not base_rates.is_told(JUNE)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"due": "", "renewed": "36"}, "Give both numbers"),
        ({"due": "40", "renewed": "41"}, "40 can have renewed at most"),
        ({"due": "0", "renewed": "0"}, "greater than or equal to 1"),
        ({"password": "12345678"}, "too common"),
        ({"currency": "E1R"}, "three letters"),
        ({"owner_email": "olga"}, "valid email"),
        ({"name": ""}, "required"),
    ],
)
def test_what_is_not_understood_is_said_at_its_field_and_nothing_is_made(client, db, wrong, says):
    reply = client.post(PAGE, TOLD | wrong)

    assert reply.status_code == 422
    assert says in reply.content.decode()
    assert not Company.objects.exists()
    assert not Person.objects.filter(role="owner").exists()


def test_whoever_comes_second_is_sent_to_sign_in(client, world):
    opened = client.get(PAGE)
    pressed = client.post(PAGE, TOLD | {"owner_email": "eve@evil.test"}, follow=True)

    assert opened.status_code == 302
    assert pressed.redirect_chain[-1][0].startswith("/accounts/login/")
    assert not Person.objects.filter(email="eve@evil.test").exists()


def test_the_offer_of_data_is_for_those_who_may_import(client, world):
    client.force_login(world.ada)
    assert client.get("/first-run/data/").status_code == 403

    client.force_login(world.mona)
    page = client.get("/first-run/data/")
    assert page.status_code == 200
    assert reverse("workspace:settings-sample") not in page.content.decode()
