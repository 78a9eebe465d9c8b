from datetime import date

import pytest
from django.urls import reverse

from arbiter.accounts.queries import contacts
from arbiter.voice.actions import suppressions
from tests.facts import fact_names
from tests.world import MAY


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return client


def at(name, noun):
    return reverse(f"workspace:{name}", args=[noun.pk])


def test_a_contact_is_added(ada, world):
    reply = ada.post(
        at("contact-new", world.harbour),
        {"name": "Pia Pons", "email": "pia@harbour.test", "role": "procurement"},
    )

    assert reply.url == at("customer", world.harbour)
    assert contacts.of(world.harbour).get(name="Pia Pons").role == "procurement"


def test_an_address_that_is_taken_is_refused_beside_the_field(ada, world):
    reply = ada.post(
        at("contact-new", world.harbour),
        {"name": "C", "email": "cleo@harbour.test", "role": "user"},
    )

    assert reply.status_code == 422
    assert "Cleo Castro has this address already." in reply.content.decode()
    assert b'id="id_email_error"' in reply.content


def test_a_contact_is_corrected(ada, world):
    ada.post(
        at("contact-edit", world.uma),
        {"name": "Uma Urban", "email": "uma@harbour.test", "role": "champion"},
    )

    world.uma.refresh_from_db()
    assert world.uma.role == "champion"


def test_a_contact_says_when_and_in_which_language_they_read(ada, world):
    reply = ada.post(
        at("contact-edit", world.uma),
        {
            "name": "Uma Urban",
            "email": "uma@harbour.test",
            "role": "user",
            "language": "ja",
            "time_zone": "asia/tokyo",
        },
    )

    world.uma.refresh_from_db()
    assert reply.status_code == 302
    assert (world.uma.language, world.uma.time_zone) == ("ja", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("field", "said"), [("time_zone", "Middle/Nowhere"), ("language", "the one they speak")]
)
def test_a_place_that_nobody_knows_is_refused_beside_the_field(ada, world, field, said):
    person = {"name": "Uma Urban", "email": "uma@harbour.test", "role": "user", field: said}

    reply = ada.post(at("contact-edit", world.uma), person)

    assert reply.status_code == 422
    assert f'id="id_{field}_error"'.encode() in reply.content


def test_a_language_that_a_file_brought_is_kept(ada, world):
    world.uma.language = "pt-PT"
    world.uma.save()

    page = ada.get(at("contact-edit", world.uma)).content.decode()
    ada.post(
        at("contact-edit", world.uma),
        {"name": "Uma U.", "email": "uma@harbour.test", "role": "user", "language": "pt-PT"},
    )

    world.uma.refresh_from_db()
    assert '<option value="pt-PT" selected>' in page
    assert (world.uma.name, world.uma.language) == ("Uma U.", "pt-PT")


def test_a_contact_leaves_on_a_day_and_is_there_after_all(ada, world):
    departure = at("contact-departure", world.sam)

    ada.post(departure, {"left_on": "2026-05-20"})
    world.sam.refresh_from_db()
    assert world.sam.left_on == date(2026, 5, 20)
    assert "left on" in ada.get(at("contact-edit", world.sam)).content.decode()

    ada.post(departure, {"undo": "1"})
    world.sam.refresh_from_db()
    assert world.sam.left_on is None


def test_who_leaves_today_needs_no_date(ada, world):
    ada.post(at("contact-departure", world.sam))

    world.sam.refresh_from_db()
    assert world.sam.left_on == date(2026, 6, 1)


def test_a_contact_whose_mail_came_back_says_so(ada, world):
    told = {"scope": "all", "cause": "bounced", "by": world.ada, "at": MAY}
    suppressions.suppress(address="cleo@harbour.test", **told)

    page = ada.get(at("contact-edit", world.cleo)).content.decode()

    assert "Everything: mail came back, 1 May" in page


def test_what_makes_no_sense_is_said_and_changes_nothing(ada, world):
    departure = at("contact-departure", world.sam)

    nonsense = ada.post(departure, {"left_on": "soon"}, follow=True)
    not_gone = ada.post(departure, {"undo": "1"}, follow=True)

    assert "That is not a day." in nonsense.content.decode()
    assert "has not left" in not_gone.content.decode()
    assert fact_names() == []


def test_our_mail_stops_and_flows_again(ada, world):
    subscription = at("contact-subscription", world.cleo)

    ada.post(subscription)
    twice = ada.post(subscription, follow=True)
    ada.post(subscription, {"undo": "1"})

    assert "gets no mail from us already" in twice.content.decode()
    assert fact_names() == ["accounts.contact_unsubscribed", "accounts.contact_resubscribed"]
