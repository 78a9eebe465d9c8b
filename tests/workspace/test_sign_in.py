"""Coming in: by password, by mailed code, by invitation, into the demo; and who is kept out."""

import re

import pytest
from django.conf import settings as conf
from django.core.cache import cache
from django.urls import reverse

from arbiter.foundation.actions import people
from arbiter.foundation.mail import dispatch
from arbiter.foundation.models import CacheEntry, OutboxMail, Person
from arbiter.workspace.sign_in import invitations
from tests.foundation.servers import mail_server
from tests.world import JUNE

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/"


@pytest.fixture(autouse=True)
def _a_fresh_count_of_failures(db, settings):
    settings.EMAIL_BACKEND = "arbiter.foundation.mail.backend.OutboxBackend"
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email="ada@lighthouse.test", password="pass"):
    return client.post(LOGIN, {"login": email, "password": password})


def who(client):
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk) if pk else None


def test_a_password_lets_in(client, world):
    reply = sign_in(client, "Ada@Lighthouse.test")

    assert (reply.status_code, reply.url) == (302, "/")
    assert who(client) == world.ada


def test_a_wrong_password_does_not_and_says_nothing_about_the_address(client, world):
    wrong = sign_in(client, password="wrong")
    unknown = sign_in(client, email="nobody@lighthouse.test")

    assert who(client) is None
    said = [reply.context["form"].non_field_errors()[0] for reply in (wrong, unknown)]
    assert said[0] == said[1]


def test_too_many_wrong_passwords_lock_the_address_out_even_with_the_right_one(client, world):
    for _ in range(5):
        sign_in(client, password="wrong")

    locked = sign_in(client)

    assert who(client) is None
    assert "Too many failed" in str(locked.context["form"].errors)
    sign_in(client, "ben@lighthouse.test")
    assert who(client) == world.ben


def test_failures_are_counted_in_the_database_for_every_process(client, world, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "foundation_cache",
        }
    }

    for _ in range(5):
        sign_in(client, password="wrong")
    sign_in(client)

    assert CacheEntry.objects.exists()
    assert who(client) is None


def test_somebody_sent_away_stays_out_and_is_put_out(client, world):
    sign_in(client)
    people.deactivate(person=world.ada, by=world.olga, at=JUNE)

    inside = client.get(reverse("workspace:settings-me"))
    again = sign_in(client)

    assert inside.status_code == 302
    assert again.url == "/accounts/inactive/"
    assert "You cannot sign in" in client.get(again.url).content.decode()


def test_the_system_cannot_sign_in(client, world):
    system = Person.objects.system()

    sign_in(client, system.email, "!")

    assert who(client) is None


def test_a_mailed_code_lets_in(client, world, settings):
    with mail_server() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        asked = client.post(CODE, {"email": "ada@lighthouse.test"})
        dispatch.send_due(JUNE)
    [mail] = server.handler.mails
    code = re.search(r"^    (\S+)\r?$", mail.content.decode(), re.MULTILINE)[1]

    reply = client.post(asked.url, {"code": code})

    assert mail.rcpt_tos == ["ada@lighthouse.test"]
    assert reply.status_code == 302
    assert who(client) == world.ada


def test_a_wrong_code_does_not_let_in_and_few_may_be_tried(client, world, settings):
    settings.DEMO = True
    asked = client.post(CODE, {"email": "ada@lighthouse.test"})

    replies = [client.post(asked.url, {"code": "WRONG-1"}) for _ in range(4)]

    assert who(client) is None
    assert replies[0].status_code == 200
    assert replies[-1].status_code == 302


def test_an_unknown_address_sees_the_same_and_gets_no_mail(client, world, settings):
    settings.DEMO = True

    known = client.post(CODE, {"email": "ada@lighthouse.test"})
    unknown = client.post(CODE, {"email": "nobody@lighthouse.test"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [mail.to for mail in OutboxMail.objects.all()] == ["ada@lighthouse.test"]


def test_somebody_sent_away_gets_no_code(client, world, settings):
    settings.DEMO = True
    people.deactivate(person=world.ada, by=world.olga, at=JUNE)

    client.post(CODE, {"email": "ada@lighthouse.test"})

    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("path", [CODE, "/accounts/password/reset/"])
def test_without_a_mail_server_nobody_waits_for_a_mail_in_vain(client, world, path):
    page = client.get(path, follow=True)

    assert page.redirect_chain == [(LOGIN, 302)]
    assert "no mail server yet" in page.content.decode()
    assert "code instead" not in page.content.decode()


def test_a_forgotten_password_is_replaced_by_a_mailed_link(client, world, settings):
    settings.DEMO = True
    client.post("/accounts/password/reset/", {"email": "ada@lighthouse.test"})
    link = re.search(r"http://\S+", OutboxMail.objects.get().text)[0]

    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"password1": "tall-ships-sail", "password2": "tall-ships-sail"},
    )
    sign_in(client, password="tall-ships-sail")

    assert who(client) == world.ada


def test_nobody_signs_up(client, world):
    page = client.get("/accounts/signup/")
    client.post("/accounts/signup/", {"email": "eve@evil.test", "password1": "tall-ships-sail"})

    assert "People are invited" in page.content.decode()
    assert not Person.objects.filter(email="eve@evil.test").exists()


def test_signing_out_takes_a_post(client, world):
    client.force_login(world.ada)

    page = client.get("/accounts/logout/")
    assert (page.status_code, who(client)) == (200, world.ada)

    client.post("/accounts/logout/")
    assert who(client) is None


def test_a_password_is_changed_by_who_knows_the_old_one(client, world):
    client.force_login(world.ada)
    told = {"password1": "tall-ships-sail", "password2": "tall-ships-sail"}

    refused = client.post("/accounts/password/change/", told | {"oldpassword": "guess"})
    assert refused.status_code == 200

    client.post("/accounts/password/change/", told | {"oldpassword": "pass"})
    world.ada.refresh_from_db()
    assert world.ada.check_password("tall-ships-sail")


# --- Invitations


@pytest.fixture
def nora(world):
    return people.invite(
        email="nora@lighthouse.test", name="Nora Nagy", role="csm", by=world.olga, at=JUNE
    )


def path_of(person):
    return invitations.link_for(person).removeprefix(conf.BASE_URL)


def test_an_invitation_lets_its_person_choose_a_password_and_in(client, nora):
    page = client.get(path_of(nora))
    assert "Welcome, Nora Nagy" in page.content.decode()
    assert who(client) is None

    client.post(path_of(nora), {"password": "tall-ships-sail"})

    assert who(client) == nora


def test_an_invitation_is_over_with_the_first_sign_in(client, nora):
    client.post(path_of(nora), {"password": "tall-ships-sail"})
    client.logout()

    assert client.get(path_of(nora)).status_code == 410
    assert client.post(path_of(nora), {"password": "another-password"}).status_code == 410


def test_a_weak_password_is_refused_in_words(client, nora):
    reply = client.post(path_of(nora), {"password": "12345678"})

    assert reply.status_code == 422
    assert "too common" in reply.content.decode()
    assert who(client) is None


def test_an_invitation_of_somebody_sent_away_or_made_up_is_over(client, world, nora):
    made_up = reverse("workspace:invitation", args=["1:forged"])
    people.deactivate(person=nora, by=world.olga, at=JUNE)

    assert client.get(path_of(nora)).status_code == 410
    assert client.get(made_up).status_code == 410


# --- The demo


def test_the_demo_is_entered_with_one_press(client, world, settings):
    settings.DEMO = True
    page = client.get(LOGIN).content.decode()
    assert "Enter as Olga Owens" in page

    client.post("/demo/entry/", {"person": world.ada.pk})

    assert who(client) == world.ada


def test_elsewhere_there_is_no_such_door(client, world):
    assert "Enter as" not in client.get(LOGIN).content.decode()
    assert client.post("/demo/entry/", {"person": world.ada.pk}).status_code == 404
    assert who(client) is None


def test_in_the_demo_only_those_on_offer_may_be_entered(client, world, settings):
    settings.DEMO = True

    for person in (world.ben.pk, "", "nobody"):
        client.post("/demo/entry/", {"person": person})
    opened = client.get("/demo/entry/")

    assert who(client) is None
    assert opened.status_code == 405
