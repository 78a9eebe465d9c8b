"""Mail scanners open every link of every mail, and some run what they find. Nothing may come of it."""

import re

import pytest

from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import letters, survey_mails
from arbiter.voice.models import Answer
from arbiter.voice.queries import surveys
from arbiter.voice.queries.letters import AskedGoal
from tests.browser import expect
from tests.world import JUNE


@pytest.fixture
def mails(world):
    """Letters to people at Harbour, as many as one week allows, whatever they ask first, as they lie in their mailboxes."""
    first = {world.cleo: "intent", world.dora: "verdict", world.sam: "goal"}
    for contact in first:
        goals = [AskedGoal(world.faster_onboarding.key, world.faster_onboarding.statement)]
        letters.send(contact=contact, goals=goals, first=first[contact], by=world.ada, at=JUNE)
    nps = surveys.newest(surveys.by_key("nps"))
    survey_mails.send(contact=world.dov, version=nps, by=world.quinn, at=JUNE)
    return list(OutboxMail.objects.all())


def paths(mails):
    """Every address of every mail, in its text, its HTML and its headers, without the host."""
    for mail in mails:
        everywhere = " ".join([mail.text, mail.html, *mail.headers.values()])
        for address in sorted(set(re.findall(r"http://localhost:8000(/[^\s\"'<>]*)", everywhere))):
            yield address.replace("&amp;", "&")


def test_getting_and_heading_every_link_of_every_mail_records_nothing(client, mails, everything):
    before = everything()

    opened = [
        getattr(client, method)(path).status_code
        for path in paths(mails)
        for method in ("get", "head", "get")
    ]

    assert set(opened) == {200}
    assert len(opened) == (6 + 6 + 3 + 13) * 3
    assert everything() == before


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_that_runs_scripts_and_follows_links_records_nothing(
    world, mails, everything, live_server, open_page
):
    before = everything()
    page = open_page(javascript=True)
    seen = set()
    waiting = list(paths(mails))
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 60:
            continue
        seen.add(path)
        page.goto(live_server.url + path)
        page.mouse.move(200, 300)
        page.mouse.wheel(0, 2_000)
        waiting += page.eval_on_selector_all(
            "a[href^='/p/']", "all => all.map(one => one.getAttribute('href'))"
        )

    assert len(seen) > 30
    assert everything() == before


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_then_a_person_answers_on_a_phone_in_two_taps_and_it_counts_once(
    world, mails, live_server, open_page
):
    link = next(path for path in paths(mails) if "answer=not_sure" in path)
    phone = open_page(live_server.url + link, width=390, height=844, javascript=False)
    phone.get_by_label("What would make it a yes?").fill("Fewer seats")

    phone.get_by_role("button", name="Send", exact=True).click()
    phone.wait_for_url("**/thanks/")

    expect(phone.get_by_role("heading", name=re.compile("Thank you"))).to_be_visible()
    answer = Answer.objects.get()
    assert (answer.value, answer.would_make_it_yes, answer.flagged) == (
        "not_sure",
        "Fewer seats",
        False,
    )
    phone.reload()
    phone.go_back()
    assert Answer.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_is_enough(world, mails, live_server, open_page):
    link = next(path for path in paths(mails) if "answer=yes" in path)
    page = open_page(live_server.url + link, javascript=False)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.locator("[name=answer][value=yes]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("The budget is open")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")

    assert (Answer.objects.get().value, Answer.objects.get().comment) == (
        "not_sure",
        "The budget is open",
    )
