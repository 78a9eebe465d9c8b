"""The question library in a real browser: nothing that accessibility rules object to, in both looks and on a phone."""

import pytest

from arbiter.voice.actions import surveys as verbs
from tests.browser import expect, objections
from tests.world import MAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.sweep
def test_no_page_is_objected_to_and_none_is_wider_than_a_phone(
    world, live_server, open_page, signed_in
):
    verbs.archive(survey=verbs.adopt_library(by=world.mona, at=MAY)[-1], by=world.mona, at=MAY)
    addresses = [
        "/surveys/",
        "/surveys/?show=archived",
        "/surveys/nps/",
        "/surveys/intent/?language=ar",
        "/surveys/new/",
        "/surveys/nps/versions/new/",
        "/surveys/nps/wordings/?language=he",
        "/surveys/nps/preview/?language=ar",
        "/surveys/nps/preview/?frame=mail&language=ar",
        "/surveys/still_right/people/?who=harbour",
        f"/surveys/nps/calls/?contact={world.cleo.pk}&language=ja",
    ]
    page = open_page(cookies=signed_in(world.mona))
    found = {}
    for address in addresses:
        page.goto(live_server.url + address)
        found[address] = objections(page)

    assert {address: each for address, each in found.items() if each} == {}


def test_a_survey_is_asked_without_javascript_and_its_code_is_drawn(
    world, live_server, open_page, signed_in
):
    page = open_page(
        f"{live_server.url}/surveys/check_in/people/?who=Cleo",
        cookies=signed_in(world.ada),
        javascript=False,
    )

    page.get_by_role("checkbox", name="Cleo Castro").check()
    page.get_by_role("button", name="Make links and codes").click()

    drawing = page.get_by_role("img", name="Code of the link of Cleo Castro")
    expect(drawing).to_be_visible()
    assert drawing.bounding_box()["width"] >= 140


def test_a_survey_is_written_without_javascript(world, live_server, open_page, signed_in):
    page = open_page(
        f"{live_server.url}/surveys/new/", cookies=signed_in(world.mona), javascript=False
    )

    page.get_by_label("Name", exact=True).fill("Training")
    page.get_by_label("The question").first.fill("How useful was the training?")
    page.get_by_label("What is asked for").first.select_option("choice")
    page.get_by_label("Choices").first.fill("Very\nA little\nNot at all")
    page.get_by_label("Subject of the mail").fill("{name}, how was it?")
    page.get_by_role("button", name="Make it").click()

    expect(page.get_by_role("heading", name="Training", level=1)).to_be_visible()
    expect(page.get_by_text("A little")).to_be_visible()


def test_on_a_small_phone_each_step_in_the_mail_can_be_hit_by_a_thumb(
    world, live_server, open_page, signed_in
):
    page = open_page(
        f"{live_server.url}/surveys/nps/preview/mail/", cookies=signed_in(world.ada), width=320
    )

    steps = [page.get_by_role("link", name=str(number), exact=True) for number in range(11)]
    boxes = [step.bounding_box() for step in steps]
    assert min(box["width"] for box in boxes) >= 22
    assert min(box["height"] for box in boxes) >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
