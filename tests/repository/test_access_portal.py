"""Every address of the portal: a personal link is the only key, and opens what is its own."""

import pytest
from django.urls import reverse

from tests.repository.test_access import EVERYBODY, OUT_OF_REACH, addresses, cast, undone

__all__ = ["cast"]

PORTAL = {
    "letter": 200,
    "answers": 405,
    "responses": 405,
    "response": 404,
    "opening": 405,
    "thanks": 200,
    "goals": 405,
    "goal": 200,
    "verdicts": 405,
    "revisions": 405,
    "confirmations": 405,
    "statements": 405,
    "wrong-person": 200,
    "unsubscription": 200,
    "subscription": 405,
}


# What the widget's addresses answer to GET and POST without a ticket.
WIDGET = {
    "widget-letter": (410, 405),
    "widget-responses": (405, 410),
    "widget-response": (410, 410),
    "widget-thanks": (410, 405),
    "widget-opening": (405, 410),
    "widget-script": (200, 405),
    "widget-questions": (405, 403),
}


def test_every_address_of_the_portal_has_its_rule():
    assert {name for name, _ in addresses("portal")} == PORTAL.keys() | WIDGET.keys() | {"preview"}


@pytest.mark.parametrize("name", WIDGET)
def test_the_widget_opens_nothing_without_a_ticket_or_a_signature(cast, client, name):
    converters = dict(addresses("portal"))[name].pattern.converters
    given = {"token": "A" * 22, "pk": 1}
    kwargs = {key: value for key, value in given.items() if key in converters}
    url = reverse(f"portal:{name}", kwargs=kwargs)

    assert (client.get(url).status_code, client.post(url).status_code) == WIDGET[name]


@pytest.mark.parametrize("name", PORTAL)
def test_a_link_opens_its_own_letter_and_nobody_elses(cast, client, name):
    about = "pk" in dict(addresses("portal"))[name].pattern.converters

    def get(token):
        given = {"token": token} | ({"pk": cast.faster_onboarding.pk} if about else {})
        return client.get(reverse(f"portal:{name}", kwargs=given)).status_code

    def post(token):
        given = {"token": token} | ({"pk": cast.faster_onboarding.pk} if about else {})
        with undone():
            return client.post(
                reverse(f"portal:{name}", kwargs=given), {"statement": "Something else"}
            ).status_code

    assert get(cast.token) == PORTAL[name]
    assert get("A" * 22) in (404, 405)
    assert post("A" * 22) in (404, 405)
    if about:
        assert get(cast.other_token) in (404, 405)
        assert post(cast.other_token) == (405 if PORTAL[name] == 200 else 404)


def test_only_colleagues_within_reach_see_the_letter_as_the_customer_does(cast, client):
    url, seen = reverse("portal:preview", args=[cast.cleo.pk]), {}
    for who in (*sorted(EVERYBODY), "stranger"):
        client.logout()
        if who != "stranger":
            client.force_login(getattr(cast, who))
        seen[who] = client.get(url).status_code

    assert seen == dict.fromkeys(EVERYBODY - OUT_OF_REACH, 200) | {"quinn": 404, "stranger": 302}
