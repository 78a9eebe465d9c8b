"""/p/<token>/ of a survey: one tap, one press; what may be added follows, and nothing that was said is lost."""

import json
import re
from datetime import date, timedelta

import pytest

from arbiter.outcomes.models import Goal
from arbiter.portal import words
from arbiter.voice.actions import survey_mails
from arbiter.voice.models import Answer, Ask
from arbiter.voice.queries import surveys
from arbiter.voice.queries.letters import AskedGoal
from tests.browser import expect, objections
from tests.portal.test_letter import text, weight_of
from tests.world import JUNE, MAY

SPOKEN = tuple(words.CATALOGUES)


@pytest.fixture
def survey_of(world):
    """Ask a contact a survey and return where its link leads: `survey_of("nps")` → `/p/…/`."""

    def make(key="nps", contact=None, goal=None, **more):
        version = surveys.newest(surveys.by_key(key))
        asked = goal and AskedGoal(goal.key, goal.statement)
        made = survey_mails.copy(
            contact=contact or world.cleo, version=version, by=world.ada, at=MAY, goal=asked, **more
        )
        return f"/p/{made.token}/"

    return make


def form(**given):
    named = {f"part-{name}": value for name, value in given.items()}
    return {"submission": "number-of-the-form", "website": "", **named}


def test_the_question_stands_alone_with_its_scale(client, survey_of):
    page = client.get(survey_of("nps")).content.decode()

    assert "How likely are you to recommend Lighthouse to a colleague or a friend?" in page
    assert re.findall(r'name="part-score" value="(\d+)"', page) == [str(step) for step in range(11)]
    assert "Not at all likely" in page
    assert "checked" not in page
    assert "part-why" not in page


def test_a_tap_in_the_mail_is_chosen_and_nothing_is_recorded(client, world, survey_of, everything):
    where = survey_of("nps")
    before = everything()

    page = client.get(f"{where}?value=9").content.decode()

    assert re.findall(r'value="(\d+)" checked', page) == ["9"]
    assert "checked" not in client.get(f"{where}?value=99").content.decode()
    assert everything() == before


def test_the_press_records_it_and_the_follow_up_is_worded_for_it(client, world, survey_of):
    where = survey_of("nps")

    reply = client.post(f"{where}responses/", form(score="3"))

    answer = Answer.objects.get()
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{where}responses/{answer.pk}/")
    assert (answer.value, answer.scale, answer.language, answer.via) == ("3", "0-10", "en", "")
    assert (answer.contact, answer.ask, answer.at) == (world.cleo, Ask.objects.get(), JUNE)
    more = text(client.get(reply.headers["Location"]))
    assert "Your answer is recorded: 3 (0–10)" in more
    assert "What went wrong, and what should we change first?" in more


@pytest.mark.parametrize(("score", "asked"), [("7", "missing for a 9"), ("10", "value most")])
def test_every_band_has_its_own_follow_up(client, survey_of, score, asked):
    reply = client.post(f"{survey_of('nps')}responses/", form(score=score))

    assert asked in text(client.get(reply.headers["Location"]))


def test_what_is_added_completes_the_same_answer(client, survey_of):
    where = survey_of("nps")
    more = client.post(f"{where}responses/", form(score="9")).headers["Location"]

    reply = client.post(more, form(why="Fast", quote="yes"))

    assert (reply.status_code, reply.headers["Location"]) == (303, f"{where}thanks/")
    answer = Answer.objects.get()
    assert (answer.value, answer.comment, answer.may_quote) == ("9", "Fast", True)
    thanks = text(client.get(reply.headers["Location"]))
    assert "9 (0–10) “Fast” You may quote me" in thanks


def test_the_same_form_twice_is_one_answer_and_another_value_is_a_change_of_mind(
    client, survey_of, clock
):
    where = survey_of("nps")
    for score in ("9", "9", "2"):
        client.post(f"{where}responses/", form(score=score))
        clock.set(clock.now + timedelta(minutes=1))

    assert list(Answer.objects.order_by("at").values_list("value", flat=True)) == ["9", "2"]
    assert "You answered 2 (0–10) on 1 June 2026." in text(client.get(where))


def test_words_alone_are_asked_on_one_page(client, survey_of):
    where = survey_of("discovery")
    page = text(client.get(where))
    assert "What result do you want to reach with Lighthouse?" in page
    assert "What happens if you do not reach it?" in page

    said = form(result="Fewer calls", by_when="2027-01-31", if_not="We hire")
    reply = client.post(f"{where}responses/", said)

    assert reply.headers["Location"] == f"{where}thanks/"
    answer = Answer.objects.get()
    assert (answer.value, answer.comment) == ("said", "Fewer calls\n\nWe hire")
    assert json.loads(answer.details)["by_when"] == "2027-01-31"


def test_what_is_said_in_discovery_becomes_a_goal_in_their_words_once(client, world, survey_of):
    where = survey_of("discovery")
    said = form(
        result="Fewer calls", measure="Calls a week", by_when="2027-01-31", if_not="We hire"
    )
    for _ in range(2):
        client.post(f"{where}responses/", said)
    client.post(f"{where}responses/", {**form(result="Buy pills"), "website": "http://spam.test"})

    goal = Goal.objects.get(statement="Fewer calls")
    assert (goal.stated_by, goal.whose_words, goal.pain) == (world.cleo, "customer", "We hire")
    agreed = goal.revisions.get()
    assert (agreed.measure, agreed.due_on) == ("Calls a week", date(2027, 1, 31))
    assert agreed.agreed_by == world.cleo
    assert not Goal.objects.filter(statement="Buy pills").exists()


@pytest.mark.parametrize(("said", "agreements"), [("yes", 2), ("no", 1), ("changed", 1)])
def test_a_goal_that_is_still_right_is_agreed_anew(client, world, survey_of, said, agreements):
    where = survey_of("still_right", goal=world.faster_onboarding)

    for _ in range(2):
        client.post(f"{where}responses/", form(still=said))

    assert world.faster_onboarding.revisions.count() == agreements


def test_a_survey_about_a_goal_names_it_in_their_words(client, world, survey_of):
    where = survey_of("still_right", goal=world.faster_onboarding)

    assert "“New crews should be productive in two weeks instead of six”" in text(client.get(where))
    client.post(f"{where}responses/", form(still="changed"))
    assert "Partly, it has changed" in text(client.get(f"{where}thanks/"))


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [
        ("nps", {}, "Nothing was chosen yet"),
        ("nps", {"score": "11"}, "could not be read"),
        ("price_of_value", {"worth": "a lot"}, "could not be read"),
        ("check_in", {"need": "Help"}, "Nothing was chosen yet"),
    ],
)
def test_what_is_no_answer_is_told_and_nothing_recorded(client, survey_of, key, given, sentence):
    reply = client.post(f"{survey_of(key)}responses/", form(**given))

    assert reply.status_code == 422
    assert sentence in text(reply)
    assert not Answer.objects.exists()


def test_what_was_added_wrongly_is_shown_again(client, world, survey_of):
    from arbiter.voice.actions import surveys as verbs

    survey = verbs.make(
        name="Seats",
        kind="custom",
        purpose="transactional",
        parts=[
            {"id": "plan", "type": "choice", "choices": ["small", "large"]},
            {"id": "seats", "type": "number"},
        ],
        words={
            "en": {
                "subject": "Seats",
                "question": "Which plan?",
                "choices": {"small": "Small", "large": "Large"},
                "parts": {"seats": "How many seats?"},
            }
        },
        by=world.olga,
        at=MAY,
    )
    version = surveys.newest(survey)
    made = survey_mails.copy(contact=world.cleo, version=version, by=world.ada, at=MAY)
    more = client.post(f"/p/{made.token}/responses/", form(plan="small")).headers["Location"]

    reply = client.post(more, form(seats="many"))

    assert reply.status_code == 422
    assert "could not be read" in text(reply)
    assert client.post(more, form(seats="12")).status_code == 303
    assert json.loads(Answer.objects.get().details) == {"seats": "12"}


@pytest.mark.parametrize(
    ("asked", "own", "said"), [("de", "en", "Danke"), ("de", "fr", "Danke"), ("fr", "fr", "Merci")]
)
def test_who_was_asked_in_another_language_is_thanked_in_it(
    client, world, survey_of, asked, own, said
):
    world.cleo.language = own
    world.cleo.save()

    reply = client.post(f"{survey_of('check_in', language=asked)}responses/", form(going="well"))
    page = client.get(client.post(reply.url, form(need="Nothing")).url).content.decode()

    assert f"{said}, Cleo" in page


def test_a_scanned_code_is_remembered(client, survey_of):
    where = survey_of("csat")

    assert 'name="via" value="qr"' in client.get(f"{where}?via=qr").content.decode()
    client.post(f"{where}responses/", {**form(score="4"), "via": "qr"})

    assert Answer.objects.get().via == "qr"


def test_after_its_end_it_says_so_kindly_and_takes_nothing(client, survey_of, clock):
    where = survey_of("nps", closes_at=JUNE + timedelta(hours=1))
    more = client.post(f"{where}responses/", form(score="9")).headers["Location"]
    clock.set(JUNE + timedelta(hours=2))

    replies = [
        client.get(where),
        client.get(more),
        client.post(f"{where}responses/", form(score="1", submission="later")),
        client.post(more, form(why="Late")),
    ]

    assert {reply.status_code for reply in replies} == {410}
    assert all("It was open until 1 June 2026." in text(reply) for reply in replies)
    assert [answer.comment for answer in Answer.objects.all()] == [""]


def test_nobody_sees_or_completes_what_another_answered(client, world, survey_of):
    mine, theirs = survey_of("nps"), survey_of("nps", contact=world.dora)
    client.post(f"{theirs}responses/", form(score="9"))
    answer = Answer.objects.get()

    assert client.get(f"{mine}responses/{answer.pk}/").status_code == 404
    assert client.post(f"{mine}responses/{answer.pk}/", form(why="x")).status_code == 404


def test_a_letter_has_no_responses(client, world, link_of):
    assert client.post(f"{link_of(world.cleo)}responses/", form(score="9")).status_code == 404


def test_what_a_machine_sends_is_kept_and_flagged(client, survey_of):
    client.post(f"{survey_of('nps')}responses/", {**form(score="9"), "website": "http://spam.test"})

    assert Answer.objects.get().flagged


@pytest.mark.parametrize(("agent", "seen"), [("Mozilla/5.0", True), ("urldefense", False)])
def test_a_page_is_opened_when_a_person_says_so(client, survey_of, agent, seen):
    reply = client.post(f"{survey_of('nps')}opening/", headers={"user-agent": agent})

    assert reply.status_code == 204
    assert Ask.objects.get().opened_at == (JUNE if seen else None)


@pytest.mark.parametrize("code", SPOKEN)
@pytest.mark.parametrize("key", ["nps", "csat", "ces", "check_in", "discovery", "price_of_value"])
def test_in_every_language_it_is_light_and_keeps_which_it_was(client, world, survey_of, code, key):
    world.cleo.language = code
    world.cleo.save()
    where = survey_of(key)

    page = client.get(where)

    assert f'<html lang="{code}"' in page.content.decode()
    assert ('dir="rtl"' in page.content.decode()) == (code == "ar")
    assert weight_of(page) <= 30_000
    said = {"nps": "score", "csat": "score", "ces": "score", "check_in": "going"}.get(key)
    if said:
        value = "well" if key == "check_in" else "5"
        reply = client.post(f"{where}responses/", form(**{said: value}))
        assert Answer.objects.get().language == code
        assert weight_of(client.get(reply.headers["Location"])) <= 30_000


def test_words_in_a_language_we_do_not_speak_say_which_it_is(client, world, survey_of):
    from arbiter.voice.actions import surveys as verbs

    world.cleo.language = "he"
    world.cleo.save()
    where = survey_of("nps")
    english = surveys.wording(Ask.objects.get().version, "en").words
    verbs.word(
        version=Ask.objects.get().version,
        language="he",
        words={**english, "question": "שאלה"},
        by=world.olga,
        at=MAY,
    )
    Ask.objects.update(language="he")

    page = client.get(where).content.decode()

    assert '<html lang="en"' in page
    assert '<span lang="he" dir="rtl">שאלה</span>' in page


def test_a_colleague_looks_at_it_and_can_send_nothing(client, world):
    client.force_login(world.ada)

    reply = client.get(f"/p/preview/{world.cleo.pk}/?survey=nps&number=1&language=de")

    page = reply.content.decode()
    assert "Kollegin" in page or "weiterempfehlen" in page or "empfehlen" in page
    assert '<fieldset class="letter-card" disabled>' in page
    assert not re.search(r"/p/(?!preview)", page)
    assert reply.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in reply.headers["Content-Security-Policy"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", SPOKEN)
def test_on_a_phone_two_taps_answer_without_javascript_and_cookies(
    world, survey_of, live_server, open_page, code
):
    world.cleo.language = code
    world.cleo.save()
    phone = open_page(f"{live_server.url}{survey_of('nps')}?value=9", width=360, javascript=False)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = phone.eval_on_selector_all(
        ".scale__steps label",
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])",
    )
    assert len(sizes) == 11
    assert all(width >= 43 and height >= 44 for width, height in sizes)
    phone.get_by_role("button").first.click()
    phone.wait_for_url("**/responses/*/")

    assert (Answer.objects.get().value, Answer.objects.get().language) == ("9", code)
    assert phone.context.cookies() == []


@pytest.mark.browser
@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", SPOKEN)
def test_no_page_of_a_survey_has_a_finding(world, survey_of, live_server, open_page, code):
    world.cleo.language = code
    world.cleo.save()
    page = open_page()
    for key, value in (("nps", "9"), ("check_in", "mixed"), ("discovery", "")):
        page.goto(f"{live_server.url}{survey_of(key)}?value={value}")
        assert objections(page) == [], key
        if value:
            page.get_by_role("button").first.click()
            page.wait_for_url("**/responses/*/")
            assert objections(page) == [], key


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_loading_moving_and_scrolling_open_nothing_and_a_key_does(
    world, survey_of, live_server, open_page
):
    page = open_page(f"{live_server.url}{survey_of('nps')}")
    page.mouse.move(200, 300)
    page.mouse.wheel(0, 500)
    page.wait_for_timeout(200)
    assert Ask.objects.get().opened_at is None

    with page.expect_response("**/opening/"):
        page.keyboard.press("Tab")

    assert Ask.objects.get().opened_at == JUNE
    expect(page.get_by_role("radio").first).to_be_visible()
