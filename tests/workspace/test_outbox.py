"""The outbox page: what became of each mail, and a person's decision about those nobody knows about."""

import pytest
from django.urls import reverse

from arbiter.foundation.mail import outbox
from arbiter.foundation.models import MailStatus, OutboxMail
from arbiter.workspace.outbox import pages
from tests.world import JUNE, MAY

LIST = "/outbox/"


def put(key="test:1", **more):
    words = {"to": "cleo@harbour.test", "subject": "Did you get it?", "text": "Tell us."}
    return outbox.put(dedupe_key=key, at=MAY, **words | more)


def page_of(client, mail):
    return client.get(reverse("workspace:outbox-mail", args=[mail.pk]))


def decide(client, mail, decision):
    where = reverse("workspace:outbox-decision", args=[mail.pk])
    return client.post(where, {"decision": decision}, follow=True).content.decode()


@pytest.fixture
def abe(client, world):
    client.force_login(world.abe)
    return world.abe


def test_without_a_server_mail_is_shown_here(client, abe):
    mail = put()

    listed = client.get(LIST).content.decode()

    assert "Nothing leaves this machine" in listed
    assert "Did you get it?" in listed
    assert "Tell us." in page_of(client, mail).content.decode()


def test_an_empty_outbox_says_what_will_be_here(client, abe):
    assert "No mail here." in client.get(LIST).content.decode()


def test_mail_is_listed_by_what_became_of_it(client, abe):
    put("test:kept")
    put("test:dropped", subject="Unsent", drop_because="Cleo unsubscribed on 3 May.")

    dropped = client.get(LIST, {"status": "dropped"}).content.decode()
    unknown = client.get(LIST, {"status": "eaten"})

    assert "Cleo unsubscribed on 3 May." in dropped
    assert "Did you get it?" not in dropped
    assert unknown.status_code == 200


def test_many_mails_are_paged_by_a_fixed_number_of_queries(
    client, abe, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(pages, "PER_PAGE", 5)
    for number in range(7):
        put(f"test:{number}", subject=f"Mail number {number}.")

    with django_assert_max_num_queries(12):
        first = client.get(LIST).content.decode()
    second = client.get(LIST, {"page": 2}).content.decode()

    assert "Mail number 6." in first
    assert "Mail number 1." not in first
    assert "6–7 of 7" in second


def test_a_code_is_not_shown(client, abe):
    mail = put(secret=True, text="4711")

    page = page_of(client, mail).content.decode()

    assert "not shown" in page
    assert "4711" not in page


def test_colleagues_see_their_own_mail_only(client, world):
    own, other = put(by=world.ada), put("test:2", by=world.ben)
    client.force_login(world.ada)

    assert page_of(client, own).status_code == 200
    assert page_of(client, other).status_code == 404
    assert client.post(reverse("workspace:outbox-decision", args=[other.pk])).status_code == 404


def stuck():
    mail = put()
    OutboxMail.objects.filter(pk=mail.pk).update(status=MailStatus.SENDING, claimed_at=MAY)
    return mail


def test_a_mail_nobody_knows_about_waits_for_a_decision(client, abe):
    mail = stuck()

    assert "Needs a decision" in client.get(LIST).content.decode()
    assert "Nobody knows whether this mail left" in page_of(client, mail).content.decode()

    assert "Marked as sent." in decide(client, mail, "sent")
    mail.refresh_from_db()
    assert (mail.status, mail.decided_by, mail.finished_at) == ("sent", abe, JUNE)


def test_it_may_be_sent_again(client, abe, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    mail = stuck()

    assert "It is waiting to be sent." in decide(client, mail, "again")
    mail.refresh_from_db()
    assert mail.status == "queued"


def test_it_may_be_given_up(client, abe):
    mail = stuck()

    assert "It will not be sent." in decide(client, mail, "drop")


def test_a_decision_that_comes_too_late_is_refused_with_a_sentence(client, abe):
    mail = put()

    assert "moved on" in decide(client, mail, "sent")
    assert "Choose what shall become" in decide(client, mail, "burn")
    mail.refresh_from_db()
    assert mail.status == "kept"
