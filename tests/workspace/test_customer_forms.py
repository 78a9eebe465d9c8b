import pytest
from django.urls import reverse

from arbiter.accounts.models import Customer
from arbiter.accounts.queries import customers
from tests.facts import fact_names, last_fact


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def test_a_customer_is_added_and_its_page_comes_next(ada, world):
    reply = ada.post(
        reverse("workspace:customer-new"),
        {"name": "Pier", "stage": "trial", "owner": world.ada.pk},
    )

    pier = customers.visible_to(world.ada).get(name="Pier")
    assert reply.url == reverse("workspace:customer", args=[pier.pk])
    assert (pier.stage, pier.owner) == ("trial", world.ada)
    assert last_fact().name == "accounts.customer_added"


def test_a_customer_has_a_language_of_its_own(ada, world):
    ada.post(
        reverse("workspace:customer-new"), {"name": "Pier", "language": "de", "owner": world.ada.pk}
    )

    assert customers.visible_to(world.ada).get(name="Pier").language == "de"


def test_a_customer_becomes_part_of_another_one(ada, world):
    where = reverse("workspace:customer-edit", args=[world.harbour.pk])
    pier = Customer.objects.create(name="Pier", owner=world.ada)
    told = {"name": "Harbour", "stage": "adoption", "since": "2025-10-01", "owner": world.ada.pk}

    unknown = ada.post(where, told | {"parent": "Nowhere"})
    assert unknown.status_code == 422
    assert "No customer is called so." in unknown.content.decode()

    ada.post(where, told | {"parent": "pier"})
    world.harbour.refresh_from_db()
    assert world.harbour.parent == pier
    assert last_fact().details == {"fields": ["parent"]}
    assert 'value="Pier"' in ada.get(where).content.decode()


def test_a_customer_above_that_is_out_of_reach_is_not_named_and_stays(ada, world):
    world.harbour.parent = world.quay
    world.harbour.save()
    where = reverse("workspace:customer-edit", args=[world.harbour.pk])

    page = ada.get(where).content.decode()
    ada.post(where, {"name": "Harbour AG", "parent": "", "owner": world.ada.pk})

    world.harbour.refresh_from_db()
    assert "Quay" not in page
    assert (world.harbour.name, world.harbour.parent) == ("Harbour AG", world.quay)


def test_a_customer_without_a_name_is_refused_beside_the_field(ada):
    reply = ada.post(reverse("workspace:customer-new"), {"name": "  "})

    assert reply.status_code == 422
    assert b'id="id_name_error"' in reply.content


def test_the_words_in_use_are_offered(ada, world):
    reply = ada.get(reverse("workspace:customer-edit", args=[world.harbour.pk]))

    assert b'<datalist id="stage-in-use"><option value="adoption">' in reply.content


def test_a_correction_keeps_the_rest(ada, world):
    reply = ada.post(
        reverse("workspace:customer-edit", args=[world.harbour.pk]),
        {
            "name": "Harbour",
            "segment": "Ports",
            "stage": "adoption",
            "since": "2025-10-01",
            "owner": world.ada.pk,
        },
    )

    assert reply.status_code == 302
    assert last_fact().details == {"fields": ["segment"]}


def test_who_gives_a_customer_away_is_led_to_those_they_still_see(ada, world):
    reply = ada.post(
        reverse("workspace:customer-edit", args=[world.harbour.pk]),
        {
            "name": "Harbour",
            "stage": "adoption",
            "since": "2025-10-01",
            "owner": world.quinn.pk,
        },
    )

    assert reply.url == reverse("workspace:customers")
    assert fact_names() == ["accounts.customer_assigned"]


def test_a_customer_is_archived_and_brought_back(ada, world):
    archive = reverse("workspace:customer-archive", args=[world.harbour.pk])

    ada.post(archive)
    again = ada.post(archive, follow=True)
    ada.post(archive, {"undo": "1"})

    assert "archived already" in again.content.decode()
    assert fact_names() == ["accounts.customer_archived", "accounts.customer_restored"]


def test_the_handoff_is_written_down_and_stays_unconfirmed(ada, world):
    handoff = reverse("workspace:customer-handoff", args=[world.quay.pk])
    ada.force_login(world.quinn)
    world.more_bookings.delete()

    ada.post(handoff, {"why_bought": "Too few bookings", "promised_by": "Paul"})
    page = ada.get(handoff).content.decode()

    world.quay.refresh_from_db()
    assert (world.quay.why_bought, world.quay.promised_by) == ("Too few bookings", "Paul")
    assert "Too few bookings" in page
    assert "Nobody there has confirmed it" in page


def test_the_handoff_shows_what_they_said_themselves(ada, world):
    page = ada.get(reverse("workspace:customer-handoff", args=[world.harbour.pk]))

    assert "productive in two weeks" in page.content.decode()
