"""The settings: each page shows what is, changes it by one verb, and is closed to those who may not."""

import pytest
from django.urls import reverse

from arbiter.forecast.queries import base_rates
from arbiter.foundation.actions import people
from arbiter.foundation.jobs import queue
from arbiter.foundation.mail import dispatch, hooks
from arbiter.foundation.models import OutboxMail, Person, Team
from arbiter.foundation.queries import company
from arbiter.outcomes.queries import choices
from arbiter.sample import jobs as sample_jobs
from arbiter.sample import loading
from tests.foundation.servers import Postbox, mail_server
from tests.world import JUNE

PAGES = [
    "settings",
    "settings-people",
    "settings-mail",
    "settings-base-rate",
    "settings-categories",
    "settings-sample",
    "settings-team-new",
]


def at(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.fixture
def abe(client, world):
    client.force_login(world.abe)
    return world.abe


@pytest.mark.parametrize("name", PAGES)
def test_owner_and_admin_open_every_page_and_nobody_else(client, world, name):
    for who, status in [("olga", 200), ("abe", 200), ("mona", 403), ("ada", 403), ("otto", 403)]:
        client.force_login(getattr(world, who))
        assert client.get(at(name)).status_code == status, who


def test_everybody_opens_their_own_page_and_sees_no_closed_tab(client, world):
    client.force_login(world.ada)

    page = client.get(at("settings-me")).content.decode()

    assert "Works on their own customers" in page
    assert at("settings-people") not in page


def test_one_writes_ones_own_name(client, world):
    client.force_login(world.ada)

    client.post(at("settings-me"), {"name": "Ada A."})

    world.ada.refresh_from_db()
    assert world.ada.name == "Ada A."


def test_the_company_is_changed(client, abe):
    reply = client.post(
        at("settings"), {"name": "Lighthouse AG", "currency": "CHF", "confirm_by_code": "on"}
    )

    assert reply.status_code == 302
    assert (company.name(), company.currency()) == ("Lighthouse AG", "CHF")
    assert company.confirms_by_code()


def test_the_company_says_where_it_is(client, abe):
    client.post(
        at("settings"),
        {"name": "Lighthouse", "currency": "EUR", "language": "de", "time_zone": "Europe/Berlin"},
    )

    ours = company.current()
    assert (ours.language, ours.time_zone) == ("de", "Europe/Berlin")
    assert '<option value="de" selected>' in client.get(at("settings")).content.decode()


def test_a_wrong_currency_is_said_at_its_field(client, abe):
    reply = client.post(at("settings"), {"name": "Lighthouse", "currency": "???"})

    assert reply.status_code == 422
    assert "three letters" in reply.content.decode()


def test_the_base_rate_is_told_anew(client, abe):
    before = client.get(at("settings-base-rate")).content.decode()
    assert "Nobody has told it yet" in before

    client.post(at("settings-base-rate"), {"due": "20", "renewed": "19"})

    assert (base_rates.at(JUNE).renewed, base_rates.at(JUNE).due) == (19, 20)
    assert "19 of 20" in client.get(at("settings-base-rate")).content.decode()


def test_more_than_all_cannot_have_renewed(client, abe):
    reply = client.post(at("settings-base-rate"), {"due": "20", "renewed": "21"})

    assert reply.status_code == 422
    assert "0 to 20 renewed" in reply.content.decode()


# --- People

NORA = {"name": "Nora Nagy", "email": "nora@lighthouse.test", "role": "csm", "team": ""}


def test_an_invitation_goes_out_by_mail(client, abe, settings):
    with mail_server() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        reply = client.post(at("settings-people"), NORA)
        dispatch.send_due(JUNE)

    [mail] = server.handler.mails
    assert reply.url == at("settings-people")
    assert mail.rcpt_tos == ["nora@lighthouse.test"]
    assert b"/invitation/" in mail.content
    assert "/invitation/" not in OutboxMail.objects.get().text


def test_without_a_mail_server_the_link_is_shown_to_be_handed_over(client, abe):
    reply = client.post(at("settings-people"), NORA, follow=True)

    assert "/invitation/" in reply.content.decode()
    assert not OutboxMail.objects.exists()
    assert Person.objects.get(email="nora@lighthouse.test").is_active


def test_somebody_who_is_here_is_not_invited_again(client, abe, world):
    reply = client.post(at("settings-people"), NORA | {"email": "ada@lighthouse.test"})

    assert reply.status_code == 422
    assert "may sign in already" in reply.content.decode()


def test_everyone_is_listed_with_what_they_are(client, abe, world, django_assert_max_num_queries):
    people.deactivate(person=world.ben, by=world.olga, at=JUNE)
    Person.objects.create_person(email="x@file.test", name="X", is_active=False)

    with django_assert_max_num_queries(12):
        page = client.get(at("settings-people")).content.decode()

    assert "Ada Arnold" in page
    assert "ended" in page or "named in a file" in page
    assert "arbiter.invalid" not in page


def test_role_and_team_change(client, abe, world):
    south = Team.objects.get(name="South")

    client.post(at("settings-person", world.ben.pk), {"role": "manager", "team": south.pk})

    world.ben.refresh_from_db()
    assert (world.ben.role, world.ben.team) == ("manager", south)


def test_the_owner_cannot_be_changed_here(client, abe, world):
    page = client.get(at("settings-person", world.olga.pk)).content.decode()
    reply = client.post(at("settings-person", world.olga.pk), {"role": "csm", "team": ""})

    assert "The owner stays the owner" in page
    assert reply.status_code == 422
    world.olga.refresh_from_db()
    assert world.olga.role == "owner"


def test_access_ends_and_comes_back(client, abe, world):
    client.post(at("settings-access", world.ben.pk), {"access": "end"})
    world.ben.refresh_from_db()
    assert not world.ben.is_active

    client.post(at("settings-access", world.ben.pk), {"access": "back"})
    world.ben.refresh_from_db()
    assert world.ben.is_active


def test_the_owners_access_is_refused_to_end_with_a_sentence(client, abe, world):
    reply = client.post(at("settings-access", world.olga.pk), {"access": "end"}, follow=True)

    assert "The owner stays the owner" in reply.content.decode()


def test_somebody_unknown_is_not_found(client, abe):
    assert client.get(at("settings-person", 999)).status_code == 404
    assert client.post(at("settings-access", 999)).status_code == 404


def test_teams_are_made_renamed_and_dissolved(client, abe):
    client.post(at("settings-team-new"), {"name": "East"})
    east = Team.objects.get(name="East")
    assert client.get(at("settings-team", east.pk)).status_code == 200
    client.post(at("settings-team", east.pk), {"name": "Far East"})
    twice = client.post(at("settings-team-new"), {"name": "Far East"})
    client.post(at("settings-team-dissolution", east.pk))

    assert twice.status_code == 422
    assert not Team.objects.filter(pk=east.pk).exists()


# --- Mail


def test_the_server_is_shown_without_its_secret(client, abe, settings):
    settings.EMAIL_URL = "smtp+tls://ada:hidden-word@mail.lighthouse.test:587"

    page = client.get(at("settings-mail")).content.decode()

    assert "mail.lighthouse.test:587" in page
    assert "signed in as ada" in page
    assert "hidden-word" not in page


def test_a_provider_is_shown_with_where_it_tells_its_news_and_without_its_key(
    client, abe, settings
):
    settings.EMAIL_URL = "anymail+postmark://hidden-key@"
    settings.EMAIL_REPLIES_TO = "replies@in.lighthouse.test"
    settings.EMAIL_REPLIES_URL = "imaps://replies:hidden-word@mail.lighthouse.test"

    page = client.get(at("settings-mail")).content.decode()

    assert "the API of postmark" in page
    for news in ("tracking", "inbound"):
        assert f"http://localhost:8000/api/mail/{hooks.secret()}/{news}/" in page
    assert "INBOX of replies at mail.lighthouse.test:993" in page
    assert "replies@in.lighthouse.test" in page
    assert "hidden-" not in page


def test_a_test_mail_shows_the_conversation(client, abe, settings):
    with mail_server() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        page = client.post(at("settings-mail"), {"to": "abe@lighthouse.test"})

    assert "It works." in page.content.decode()
    assert "250 Taken" in page.content.decode()
    assert len(server.handler.mails) == 1


def test_a_test_mail_that_fails_shows_why(client, abe, settings):
    with mail_server(Postbox(rcpt="550 Not here")) as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        page = client.post(at("settings-mail"), {"to": "abe@lighthouse.test"})

    assert "It did not work." in page.content.decode()
    assert "550 Not here" in page.content.decode()


def test_without_a_server_the_page_says_how_to_get_one(client, abe):
    page = client.get(at("settings-mail")).content.decode()
    posted = client.post(at("settings-mail"), {"to": "abe@lighthouse.test"}).content.decode()

    assert "EMAIL_URL" in page
    assert "The conversation" not in posted


# --- Kinds of goals, the sample company


def test_a_kind_of_goal_is_added_once(client, abe):
    client.post(at("settings-categories"), {"label": "Fewer audits"})
    twice = client.post(at("settings-categories"), {"label": "fewer audits"})

    assert ("fewer-audits", "Fewer audits") in choices.categories()
    assert twice.status_code == 422


def test_the_sample_company_is_loaded_in_the_background_once(client, abe):
    client.post(at("settings-sample"))
    client.post(at("settings-sample"))

    assert queue.is_under_way(sample_jobs.load)
    page = client.get(at("settings-sample")).content.decode()
    assert "At work." in page


def test_a_loaded_sample_company_is_taken_away_again(client, abe, monkeypatch):
    there = type("Record", (), {"at": JUNE})()
    monkeypatch.setattr(loading, "loaded", lambda: there)

    assert "Remove the sample company" in client.get(at("settings-sample")).content.decode()
    client.post(at("settings-sample"))

    assert queue.is_under_way(sample_jobs.remove)


def test_the_jobs_of_the_sample_do_nothing_the_second_time(world, monkeypatch):
    done = []
    monkeypatch.setattr(loading, "load", lambda **told: done.append("load"))
    monkeypatch.setattr(loading, "remove", lambda **told: done.append("remove"))
    for there in (None, object()):
        monkeypatch.setattr(loading, "loaded", lambda there=there: there)
        sample_jobs.load.call(world.olga.pk)
        sample_jobs.remove.call(world.olga.pk)

    assert done == ["load", "remove"]
