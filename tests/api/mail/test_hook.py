"""News of our mail from its provider, behind a secret: read by django-anymail, kept by our verbs."""

import pytest
from django.test import Client

from arbiter.foundation.mail import hooks
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import letters
from arbiter.voice.models import Answer, DeliveryNews, Feedback, InboundMail, Suppression
from tests.api.mail import posts
from tests.world import MAY

KEY = "key-of-mailgun"


@pytest.fixture
def letter(world):
    letters.send(contact=world.cleo, goals=[], by=world.ada, at=MAY)
    OutboxMail.objects.update(provider_id="b7bc2f4a")
    return OutboxMail.objects.get()


@pytest.fixture
def postmark(settings, letter):
    """Post as Postmark does: no cookies, no token of a form."""
    settings.EMAIL_URL = "anymail+postmark://server-token@"
    return poster("application/json")


@pytest.fixture
def mailgun(settings, letter):
    """Post as Mailgun does."""
    settings.EMAIL_URL = f"anymail+mailgun://{KEY}@mg.lighthouse.test"
    return poster("application/json")


def poster(content_type):
    client = Client(enforce_csrf_checks=True)

    def post(body, news="tracking", secret=None, **how):
        url = f"/api/mail/{secret or hooks.secret()}/{news}/"
        return client.post(url, body, **({"content_type": content_type} | how))

    return post


def kept():
    return [(each.scope, each.cause, each.contact.key) for each in Suppression.objects.all()]


def test_a_hard_bounce_spares_the_address_of_whom_the_mail_went_to(postmark):
    assert postmark(posts.postmark_bounce()).status_code == 200

    assert kept() == [("all", "bounced", "cleo")]
    assert Suppression.objects.get().detail.startswith("smtp;550 5.1.1")
    assert DeliveryNews.objects.get().at == MAY.replace(day=31)


def test_news_told_again_counts_once(postmark):
    for _ in range(3):
        postmark(posts.postmark_bounce("SoftBounce"))
    for _ in range(2):
        postmark(posts.postmark_delivery())

    assert sorted(each.kind for each in DeliveryNews.objects.all()) == ["delivered", "soft_bounce"]
    assert kept() == []


def test_the_third_soft_bounce_of_another_mail_spares_the_address(postmark):
    for number in range(3):
        postmark(posts.postmark_bounce("SoftBounce", number, f"mail-{number}"))

    assert [each.cause for each in Suppression.objects.all()] == ["bounced"]


def test_a_complaint_spares_the_address(postmark):
    postmark(posts.postmark_complaint())

    assert kept() == [("all", "complained", "cleo")]


def test_opens_are_not_kept(postmark):
    assert postmark(posts.postmark_open()).status_code == 200

    assert not DeliveryNews.objects.exists()


def test_a_reply_that_reached_the_provider_is_feedback_and_no_answer(postmark, letter, world):
    assert postmark(posts.postmark_inbound(letter), "inbound").status_code == 200

    said = Feedback.objects.get()
    assert (said.text, said.contact, said.source) == ("More seats, please.", world.cleo, "reply")
    assert not Answer.objects.exists()


def test_what_a_mail_program_writes_to_unsubscribe_stops_the_mail(postmark, letter, world):
    token = letter.tokens[0]

    said = postmark(posts.postmark_inbound(letter, "", f"unsubscribe {token}"), "inbound")

    assert said.status_code == 200

    world.cleo.refresh_from_db()
    assert world.cleo.unsubscribed_at is not None
    assert not Feedback.objects.exists()


def test_an_out_of_office_note_is_ignored(postmark, letter):
    postmark(posts.postmark_inbound(letter, **{"Auto-Submitted": "auto-replied"}), "inbound")

    assert InboundMail.objects.get().ignored_because.startswith("No person wrote it")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("event", "severity", "cause"),
    [
        ("failed", "permanent", "bounced"),
        ("complained", "", "complained"),
        ("unsubscribed", "", "unsubscribed"),
        ("failed", "temporary", None),
        ("opened", "", None),
    ],
)
def test_another_provider_says_it_in_its_own_words(mailgun, letter, event, severity, cause):
    body = posts.mailgun_event(KEY, event, severity, letter.message_id.strip("<>"))

    assert mailgun(body).status_code == 200
    assert kept() == ([("all", cause, "cleo")] if cause else [])


def test_a_reply_comes_as_a_form_as_well(mailgun, letter):
    form = posts.mailgun_inbound(KEY, letter)

    reply = Client().post(f"/api/mail/{hooks.secret()}/inbound/", form)

    assert reply.status_code == 200
    assert Feedback.objects.get().text == "More seats, please."


def test_a_signature_that_does_not_fit_is_refused(mailgun):
    assert mailgun(posts.mailgun_event("another-key")).status_code == 400
    assert not DeliveryNews.objects.exists()


@pytest.mark.parametrize(
    ("news", "body"),
    [
        ("tracking", {"RecordType": "Inbound"}),
        ("inbound", {"RecordType": "Bounce"}),
        ("tracking", "not json"),
        ("inbound", {}),
    ],
)
def test_what_is_not_understood_is_told_and_keeps_nothing(postmark, news, body):
    assert postmark(body, news).status_code in (200, 422)
    assert not DeliveryNews.objects.exists()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("secret", ["guessed", "x" * 24])
def test_without_the_secret_there_is_no_such_address(postmark, secret):
    assert postmark(posts.postmark_bounce(), secret=secret).status_code == 404
    assert kept() == []


@pytest.mark.parametrize("url", ["", "smtp://mail.test", "anymail+test://"])
def test_without_a_provider_there_is_no_such_address(postmark, settings, url):
    settings.EMAIL_URL = url

    assert postmark(posts.postmark_bounce()).status_code == 404


def test_other_news_and_looking_change_nothing(postmark, settings):
    assert postmark({}, "weather").status_code == 404
    url = f"/api/mail/{hooks.secret()}/tracking/"
    assert Client().head(url).status_code == 200
    assert Client().get(url).status_code == 405
    settings.EMAIL_URL = "anymail+unisender-go://key@?api_url=http://x/"
    assert postmark({}, "inbound").status_code == 404


def test_a_fault_of_ours_is_told_again_and_the_secret_stays_out_of_the_log(
    postmark, monkeypatch, caplog
):
    def broken(**told):
        raise RuntimeError("broken")

    monkeypatch.setattr("arbiter.api.mail.hearing.deliveries.note", broken)

    assert postmark(posts.postmark_bounce()).status_code == 500
    assert hooks.secret() not in caplog.text
    assert "RuntimeError" in caplog.text
