"""Whatever mail we send: a scanner that opens all of it, twice, records nothing, and one click of a mail program counts."""

import pytest
from django.test import Client

from arbiter.accounts.models import Contact
from arbiter.foundation.models import MailStatus
from tests.portal.every_mail import FIRST, SURVEYS, code, paths, send_all


@pytest.fixture
def mails(world):
    """One of each, by what it is."""
    return send_all(world)


def test_every_kind_of_mail_is_looked_at(mails):
    assert len(mails) == len(FIRST) + len(SURVEYS) + 1
    assert {mail.status for mail in mails.values()} == {MailStatus.KEPT}


def test_opening_every_link_of_every_mail_twice_records_nothing(mails, everything):
    robot, before = Client(enforce_csrf_checks=True), everything()

    opened = {
        getattr(robot, method)(path).status_code
        for mail in mails.values()
        for path in paths(mail) * 2
        for method in ("get", "head")
    }

    assert opened == {200}
    assert everything() == before


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_that_runs_scripts_opens_every_link_twice_and_records_nothing(
    mails, everything, live_server, open_page
):
    before, seen = everything(), set()
    page = open_page(javascript=True)

    for path in (path for mail in mails.values() for path in paths(mail) * 2):
        page.goto(live_server.url + path)
        page.mouse.move(200, 300)
        page.mouse.wheel(0, 2_000)
        seen.add(path)

    assert len(seen) > 5 * len(mails)
    assert everything() == before


@pytest.mark.parametrize("how", ["urlencoded", "multipart"])
def test_one_click_as_gmail_sends_it_unsubscribes_from_every_mail_that_says_so(mails, how):
    for mail in mails.values():
        # No cookies, no referrer, nothing of a form of ours; the address as the header names it.
        gmail = Client(enforce_csrf_checks=True, headers={"user-agent": "Gmail"})
        where = mail.headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
        if how == "urlencoded":
            form = "application/x-www-form-urlencoded"
            reply = gmail.post(where, "List-Unsubscribe=One-Click", content_type=form)
        else:
            reply = gmail.post(where, {"List-Unsubscribe": "One-Click"})
        assert (reply.status_code, dict(reply.cookies)) == (200, {})

    left = Contact.objects.filter(key__startswith="one-", unsubscribed_at=None)
    assert list(left) == []


def test_every_mail_that_can_be_unsubscribed_says_so_in_its_headers_and_names_its_kind(mails):
    wanted = {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID"}
    kinds = {mail.headers["Feedback-ID"].split(":")[0] for mail in mails.values()}

    for mail in mails.values():
        assert mail.headers.keys() == wanted
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail.headers["List-Unsubscribe"].strip("<>") in mail.text
        assert mail.reply_to == "ada@lighthouse.test"
    assert {"letter", "reply", "nps", "csat", "ces"} <= kinds


def test_a_code_is_no_such_mail_and_holds_no_link(world):
    mail = code(world)

    assert mail.headers == {}
    assert paths(mail) == []
