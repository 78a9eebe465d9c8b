"""From a customer's page to a survey: what to ask is chosen, then whom, with everybody there chosen or one person."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Contact
from arbiter.voice.actions import asks
from tests.browser import expect, objections
from tests.portal.test_letter import text
from tests.world import TODAY


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def links(page):
    return [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+)"', page.content.decode())]  # fmt: skip


def chosen(page):
    return {int(pk) for pk in re.findall(r'name="contact" value="(\d+)" checked', page.content.decode())}  # fmt: skip


def test_every_part_of_a_customers_page_leads_to_its_surveys(ada, world):
    here = f"/customers/{world.harbour.pk}/surveys/"

    assert here in links(ada.get(f"/customers/{world.harbour.pk}/"))
    assert links(ada.get(f"/customers/{world.harbour.pk}/voice/")).count(here) == 2
    assert f"{here}?contact={world.cleo.pk}" in links(ada.get(f"/customers/{world.harbour.pk}/people/"))  # fmt: skip


def test_of_a_customer_everybody_is_chosen_who_would_get_a_mail(ada, world):
    world.sam.email = ""
    world.sam.save()
    asks.put(contact=world.uma, kind="nps", channel="mail", by=world.ada, at=TODAY)
    to_nps = next(each for each in links(ada.get(f"/customers/{world.harbour.pk}/surveys/")) if "/nps/" in each)  # fmt: skip

    page = ada.get(to_nps)

    assert chosen(page) == {world.cleo.pk, world.dora.pk}
    assert "Sam Silva" in text(page)
    assert "Dov Dahl" not in text(page)
    assert chosen(ada.get(f"{to_nps}&who=Cleo")) == set()


def test_the_questions_name_the_customer(ada, world):
    page = text(ada.get(f"/customers/{world.harbour.pk}/surveys/"))

    assert "Do you expect Harbour to continue with Lighthouse?" in page
    assert "{" not in page


def test_of_one_person_that_person_alone(ada, world):
    found = links(ada.get(f"/customers/{world.harbour.pk}/surveys/?contact={world.cleo.pk}"))

    assert chosen(ada.get(next(each for each in found if "/ces/" in each))) == {world.cleo.pk}
    letter = next(each for each in found if "kind=intent" in each)
    assert letter == f"/asks/new/?customer={world.harbour.pk}&contact={world.cleo.pk}&kind=intent"


def test_nobody_else_is_chosen_from_a_customers_page(ada, world):
    here = f"/customers/{world.harbour.pk}/surveys/?contact="
    world.uma.left_on = TODAY.date()
    world.uma.save()

    assert ada.get(f"{here}{world.dov.pk}").status_code == 404
    assert ada.get(f"{here}{world.uma.pk}").status_code == 404
    assert ada.get(f"/customers/{world.quay.pk}/surveys/").status_code == 404


def test_who_may_not_ask_is_not_led_there_and_nobody_is_to_a_customer_in_the_archive(client, world):
    page = f"/customers/{world.harbour.pk}/people/"
    client.force_login(world.otto)
    assert not [each for each in links(client.get(page)) if "/surveys/" in each and each != "/surveys/"]  # fmt: skip

    world.harbour.archived_at = TODAY
    world.harbour.save()
    client.force_login(world.ada)
    assert not [each for each in links(client.get(page)) if "/surveys/" in each and each != "/surveys/"]  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_people(ada, world, django_assert_num_queries):
    pages = [f"/customers/{world.harbour.pk}/surveys/", f"/surveys/nps/people/?customer={world.harbour.pk}"]  # fmt: skip
    with CaptureQueriesContext(connection) as few:
        for page in pages:
            ada.get(page)
    for number in range(70):
        Contact.objects.create(customer=world.harbour, name=f"P{number}", email=f"p{number}@h.test")

    with django_assert_num_queries(len(few)):
        for page in pages:
            ada.get(page)


def test_a_survey_is_asked_from_a_customers_page_without_javascript(
    live_server, world, signed_in, open_page
):
    page = open_page(
        f"{live_server.url}/customers/{world.harbour.pk}/people/",
        width=390,
        javascript=False,
        cookies=signed_in(world.ada),
    )
    page.get_by_role("link", name="Survey for Cleo Castro").click()
    page.get_by_role("link", name="NPS", exact=True).click()

    expect(page.get_by_role("checkbox")).to_have_count(1)
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Mail it").click()
    expect(page.get_by_text("1 mail is in the outbox")).to_be_visible()


def test_axe_finds_nothing_and_the_pages_fit_a_phone(live_server, world, signed_in, open_page):
    page = open_page(
        f"{live_server.url}/customers/{world.harbour.pk}/surveys/", cookies=signed_in(world.ada)
    )
    assert objections(page) == []

    page.goto(f"{live_server.url}/customers/{world.harbour.pk}/people/")
    assert objections(page) == []
