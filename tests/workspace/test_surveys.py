"""The question library in the workspace: read, preview, write, translate, ask."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Contact
from arbiter.foundation.models import OutboxMail
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes.actions import discovery, goals
from arbiter.outcomes.models import Goal
from arbiter.voice.actions import surveys as verbs
from arbiter.voice.models import Answer, Ask, Survey
from arbiter.voice.queries import surveys
from tests.portal.test_letter import text
from tests.world import MAY, TODAY


@pytest.fixture
def ada(client, world):
    """Ada, signed in: she asks, and words nothing."""
    client.force_login(world.ada)
    return client


@pytest.fixture
def mona(client, world):
    """Mona, signed in: she words surveys as well."""
    client.force_login(world.mona)
    return client


def of(key):
    return surveys.newest(surveys.by_key(key))


def test_the_library_is_listed_without_being_stored(ada, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        page = text(ada.get("/surveys/"))

    assert "How likely are you to recommend" in page
    assert "0 to 10, 10 is best" in page
    assert "1 to 7, 1 is best" in page
    assert "New survey" not in page
    assert not Survey.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_library(
    ada, world, django_assert_num_queries, django_assert_max_num_queries
):
    verbs.adopt_library(by=world.mona, at=MAY)

    with django_assert_max_num_queries(14):
        ada.get("/surveys/")


def test_a_survey_shows_what_it_asks_its_bands_and_its_languages(ada):
    page = text(ada.get("/surveys/nps/"))

    assert "How likely are you to recommend" in page
    assert "What is missing for a 9 or a 10?" in page
    assert "العربية" in page
    assert "of the library" in page
    assert "Archive" not in page


def test_it_can_be_read_in_another_language(ada):
    page = ada.get("/surveys/nps/?language=ar")

    assert 'dir="rtl"' in page.content.decode()
    assert "ما مدى احتمال" in text(page)


@pytest.mark.parametrize("address", ["/surveys/none/", "/surveys/nps/?version=9", "/surveys/a/b/"])
def test_what_does_not_exist_is_not_found(ada, address):
    assert ada.get(address).status_code == 404


def test_a_key_of_an_import_may_hold_a_slash(ada, world):
    survey = Survey.objects.create(
        key="q/1 ?", name="Theirs", kind="custom", purpose="relationship", made_at=MAY
    )
    version = survey.versions.create(number=1, parts=[{"id": "a", "type": "text"}], made_at=MAY)
    version.wordings.create(language="en", words={"question": "How so?"}, made_at=MAY)

    page = ada.get("/surveys/").content.decode()

    assert text(ada.get(re.search(r'href="(/surveys/q/1[^"]+)"', page)[1])).count("How so?") == 1


def test_the_mail_is_previewed_in_any_language_and_nothing_is_recorded(ada, world):
    page = ada.get("/surveys/nps/preview/?frame=mail&language=ja")
    frame = re.search(r'src="([^"]+preview/mail/[^"]+)"', page.content.decode())[1]
    mail = ada.get(frame.replace("&amp;", "&"))

    assert "薦める可能性" in mail.content.decode()
    assert mail.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert not Ask.objects.exists()
    assert not Survey.objects.exists()


def test_the_page_is_previewed_on_a_phone_for_whom_we_choose(ada, world):
    page = ada.get(f"/surveys/csat/preview/?contact={world.dora.pk}&language=de")

    html = page.content.decode()
    assert "survey-frame--phone" in html
    assert f"/p/preview/{world.dora.pk}/?language=de&amp;survey=csat&amp;number=1" in html
    assert ada.get(f"/surveys/csat/preview/?contact={world.dov.pk}").status_code == 404


def test_what_the_letter_asks_is_previewed_as_the_letter(ada, world):
    html = ada.get("/surveys/intent/preview/").content.decode()

    assert f'src="/p/preview/{world.cleo.pk}/?first=intent"' in html
    assert "The letter asks this question" in text(ada.get("/surveys/intent/preview/?frame=mail"))


def test_a_question_about_a_goal_is_previewed_with_one_of_theirs(ada, world):
    html = ada.get("/surveys/still_right/preview/").content.decode()

    assert re.search(r"&amp;goal=(faster_onboarding|lower_support_cost)\"", html)


def test_nobody_to_preview_for_is_said(ada, world):
    world.harbour.contacts.all().delete()

    assert "nobody to ask yet" in text(ada.get("/surveys/nps/preview/"))
    assert ada.get("/surveys/nps/preview/mail/").status_code == 404


def test_whom_to_ask_is_found_by_name_with_why_not(ada, world):
    world.uma.email = ""
    world.uma.save()

    page = text(ada.get("/surveys/nps/people/?who=harb"))

    assert "Cleo Castro" in page
    assert "no mail: has no mail address." in page
    assert "Dov Dahl" not in page
    assert "Nobody was found" in text(ada.get("/surveys/nps/people/?who=zzz"))


def test_the_number_of_queries_does_not_grow_with_the_people(ada, world, django_assert_num_queries):
    address = "/surveys/nps/people/?who=harbour"
    with CaptureQueriesContext(connection) as four:
        ada.get(address)
    for number in range(70):
        Contact.objects.create(customer=world.harbour, name=f"P{number}", email=f"p{number}@h.test")

    with django_assert_num_queries(len(four)):
        page = text(ada.get(address))
    assert "These are the first 60 people." in page


def test_only_those_named_are_shown_and_chosen(ada, world):
    page = ada.get(f"/surveys/nps/people/?contact={world.cleo.pk}").content.decode()

    assert re.findall(r'name="contact" value="(\d+)"( checked)?', page) == [
        (str(world.cleo.pk), " checked")
    ]


def test_the_outcome_questions_lead_to_the_letter(ada):
    assert ada.get("/surveys/intent/people/").url == "/asks/new/"


def test_asking_mails_those_chosen_in_their_language(ada, world):
    world.cleo.language = "fr"
    world.cleo.save()

    reply = ada.post(
        "/surveys/nps/asks/",
        {"how": "mail", "contact": [world.cleo.pk, world.dov.pk], "closes_on": "2026-06-30"},
        follow=True,
    )

    mail, ask = OutboxMail.objects.get(), Ask.objects.get()
    assert mail.subject == "Cleo, recommanderiez-vous Lighthouse\u202f?"
    assert ask.closes_at.date().isoformat() == "2026-06-30"
    assert "1 mail is in the outbox" in text(reply)


def test_whoever_gets_none_is_named_with_the_reason(ada, world):
    ada.post("/surveys/nps/asks/", {"how": "mail", "contact": world.cleo.pk})

    reply = ada.post("/surveys/csat/asks/", {"how": "mail", "contact": world.cleo.pk}, follow=True)

    assert "Not sent: Cleo Castro was asked" in text(reply)
    assert "Nobody was asked." in text(reply)


def test_a_question_about_a_goal_names_it(ada, world):
    page = text(ada.get(f"/surveys/still_right/people/?customer={world.harbour.pk}"))
    ada.post(
        "/surveys/still_right/asks/", {"how": "mail", "contact": world.cleo.pk, "closes_on": "x"}
    )

    assert "About their goal: “" in page
    ask = Ask.objects.get()
    assert ask.goal_key in {"faster_onboarding", "lower_support_cost"}
    assert ask.closes_at is None


def test_without_a_goal_there_is_nothing_to_ask_about(ada, world):
    world.faster_onboarding.delete()
    world.lower_support_cost.delete()

    page = text(ada.get(f"/surveys/still_right/people/?customer={world.harbour.pk}"))
    sent = ada.post(
        "/surveys/still_right/asks/", {"how": "mail", "contact": world.cleo.pk}, follow=True
    )
    made = ada.post("/surveys/still_right/asks/", {"how": "link", "contact": world.cleo.pk})

    assert "No goal is known here" in page
    assert "choose which" in text(sent)
    assert "No link was made" in text(made)


def test_links_are_shown_once_with_their_code(ada, world):
    page = ada.post("/surveys/check_in/asks/", {"how": "link", "contact": world.cleo.pk})

    html = page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert "http://localhost:8000/p/" in html
    assert 'aria-label="Code of the link of Cleo Castro"' in html
    assert Ask.objects.get().channel == "link"
    assert not OutboxMail.objects.exists()


def test_nobody_chosen_asks_nobody(ada):
    reply = ada.post("/surveys/nps/asks/", {"how": "mail", "language": "de"}, follow=True)

    assert "Nobody was chosen" in text(reply)


def test_the_script_says_what_to_say_after_which_answer(ada, world):
    page = text(ada.get(f"/surveys/nps/calls/?contact={world.cleo.pk}"))

    assert "How likely are you to recommend Lighthouse" in page
    assert "After 0 to 6" in page
    assert "After 7 to 8" in page
    check_in = text(ada.get(f"/surveys/check_in/calls/?contact={world.cleo.pk}&language=de"))
    assert "After Nicht gut" in check_in
    assert "Was brauchen Sie als Nächstes" in check_in


def test_what_was_said_is_recorded_as_theirs_and_marked_so(ada, world):
    address = f"/surveys/discovery/calls/?contact={world.cleo.pk}"
    said = {
        "said_on": "2026-05-20",
        "evidence": "Call with Cleo",
        "part-result": "Crews alone sooner",
        "part-by_when": "2026-12-31",
    }

    ada.post(address, said)

    answer = Answer.objects.get()
    assert (answer.value, answer.comment, answer.on_behalf_by) == (
        "said",
        "Crews alone sooner",
        world.ada,
    )
    assert answer.at.date().isoformat() == "2026-05-20"
    assert answer.ask.channel == "call"


def told_in_a_call(client, world, key, **said):
    parts = {f"part-{name}": value for name, value in said.items()}
    given = {"said_on": "2026-05-20", "evidence": "Call with Cleo", **parts}
    return client.post(f"/surveys/{key}/calls/?contact={world.cleo.pk}", given, follow=True)


def test_discovery_told_in_a_call_becomes_a_goal_in_their_words_written_down_by_us(ada, world):
    said = {"result": "Fewer calls", "measure": "Calls a week", "by_when": "2027-01-31", "if_not": "We hire"}  # fmt: skip

    for _ in range(2):
        reply = told_in_a_call(ada, world, "discovery", **said)

    goal = Goal.objects.get(statement="Fewer calls")
    assert (goal.stated_by, goal.whose_words, goal.pain) == (world.cleo, "customer", "We hire")
    assert (goal.at.date(), goal.recorded_at) == (date(2026, 5, 20), TODAY)
    agreed = goal.revisions.get()
    assert (agreed.measure, agreed.due_on, agreed.agreed_by) == ("Calls a week", date(2027, 1, 31), world.cleo)  # fmt: skip
    assert "Recorded on behalf of Cleo Castro." in text(reply)
    page = text(ada.get(f"/goals/{goal.pk}/"))
    assert "Cleo Castro, champion · 20 May · their words · written down by Ada Arnold" in page
    happened = text(ada.get(f"/customers/{world.harbour.pk}/timeline/"))
    assert "Cleo Castro wants “Fewer calls” written down by Ada Arnold" in happened


def test_what_they_stated_themselves_is_written_down_by_nobody_else(ada, world):
    stated = goals.state(customer=world.harbour, statement="Less paper", by=world.cleo, at=MAY)

    assert "written down by" not in text(ada.get(f"/goals/{stated.pk}/"))


@pytest.mark.parametrize(("said", "agreements"), [("yes", 2), ("no", 1), ("changed", 1)])
def test_a_goal_told_to_be_still_right_is_agreed_anew(ada, world, said, agreements):
    world.lower_support_cost.delete()

    for _ in range(2):
        told_in_a_call(ada, world, "still_right", still=said)

    assert world.faster_onboarding.revisions.count() == agreements


def test_neither_the_answer_nor_the_goal_is_kept_where_one_of_them_cannot_be(ada, world, monkeypatch):  # fmt: skip
    def refuse(**_):
        raise Refusal("Not today.")

    monkeypatch.setattr(discovery, "follow", refuse)

    reply = told_in_a_call(ada, world, "discovery", result="Fewer calls")

    assert (reply.status_code, Answer.objects.count()) == (422, 0)
    assert "Not today." in text(reply)


def test_what_is_no_answer_stays_on_the_page_with_the_reason(ada, world):
    address = f"/surveys/discovery/calls/?contact={world.cleo.pk}"

    wrong = ada.post(
        address,
        {"said_on": "2026-05-20", "evidence": "Call", "part-result": "x", "part-by_when": "soon"},
    )
    empty = ada.post(address, {"said_on": "2026-05-20", "evidence": "Call"})

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert not Answer.objects.exists()


def test_a_call_needs_somebody_and_the_letters_questions_have_their_own_page(ada, world):
    assert ada.get("/surveys/nps/calls/").status_code == 404
    assert ada.get(f"/surveys/nps/calls/?contact={world.dov.pk}").status_code == 404
    own = ada.get(f"/surveys/intent/calls/?contact={world.cleo.pk}").url
    assert own == f"/customers/{world.harbour.pk}/answers/?contact={world.cleo.pk}"


def sheet(**more):
    return {
        "name": "Training",
        "kind": "csat",
        "purpose": "transactional",
        "subject": "{name}, how was it?",
        "question": "How useful was the training?",
        "first_type": "scale",
        "scale": "1-5",
        "direction": "up",
        "low": "Useless",
        "high": "Useful",
        "type_2": "choice",
        "text_2": "What do you use?",
        "choices_2": "Berths\nCrew plans\n日本語\n",
        "type_3": "text",
        "text_3": "Why?",
        "band_low": "What was missing?",
        "consent": "May we quote you?",
        **more,
    }


def test_a_survey_of_our_own_is_written_on_one_sheet(mona, world):
    reply = mona.post("/surveys/new/", sheet(), follow=True)

    survey = Survey.objects.get()
    version = surveys.newest(survey)
    assert [(part.id, part.type.value) for part in surveys.parts_of(version)] == [
        ("score", "scale"),
        ("part_2", "choice"),
        ("part_3", "text"),
        ("quote", "consent"),
    ]
    assert surveys.parts_of(version)[1].choices == ("berths", "crew_plans", "choice_3")
    words = surveys.wording(version, "en").words
    assert surveys.label_of(words, "part_2", "choice_3") == "日本語"
    assert surveys.follow_up_words(version, words, "1") == "What was missing?"
    assert surveys.follow_up_words(version, words, "5") == "Why?"
    assert "can be asked now" in text(reply)


@pytest.mark.parametrize(
    "more",
    [
        {"low": ""},
        {"choices_2": "One"},
        {"text_3": ""},
        {"type_3": ""},
        {"question": ""},
        {"kind": "intent"},
        {"kind": "nps"},
    ],
)
def test_what_cannot_be_asked_stays_on_the_sheet(mona, more):
    reply = mona.post("/surveys/new/", sheet(**more))

    assert reply.status_code == 422
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"low": ""}, "low"),
        ({"choices_2": "Only one"}, "choices_2"),
        ({"first_type": "choice", "first_choices": ""}, "first_choices"),
    ],
)
def test_what_is_missing_is_said_at_its_field(mona, more, field):
    reply = mona.post("/surveys/new/", sheet(**more))

    assert reply.status_code == 422
    assert f'id="id_{field}_error"' in reply.content.decode()


def test_a_new_version_begins_as_the_one_before_and_keeps_its_names(mona, world):
    mona.post("/surveys/new/", sheet())
    survey = Survey.objects.get()
    address = f"/surveys/{survey.key}/versions/new/"
    shown = mona.get(address).content.decode()

    mona.post(address, sheet(choices_2="Crew plans\nTides", scale="1-7", direction="down"))

    assert "Crew plans" in shown
    version = surveys.newest(survey)
    assert (version.number, version.scale, version.direction) == (2, "1-7", "down")
    assert surveys.parts_of(version)[1].choices == ("crew_plans", "tides")
    assert "An earlier version" in text(mona.get(f"/surveys/{survey.key}/?version=1"))


def test_a_refused_version_stays_on_the_sheet(mona):
    assert mona.post("/surveys/csat/versions/new/", sheet(low="")).status_code == 422
    assert mona.get("/surveys/intent/versions/new/").url == "/surveys/intent/"


def test_a_translation_shows_the_source_beside(mona):
    page = text(mona.get("/surveys/nps/wordings/?language=nl"))

    assert "Nederlands" in page
    assert "How likely are you to recommend" in page
    assert mona.get("/surveys/nps/wordings/").url == "/surveys/nps/"


def dutch(**more):
    return {
        "subject": "{name}, beveelt u {vendor} aan?",
        "question": "Hoe waarschijnlijk is het dat u {vendor} aanbeveelt?",
        "low": "Zeer onwaarschijnlijk",
        "high": "Zeer waarschijnlijk",
        "parts.why": "Waarom?",
        "follow_up.low": "Wat ging er mis?",
        "consent": "Mogen wij u citeren?",
        **more,
    }


def test_a_translation_is_kept_and_shown_from_then_on(mona):
    mona.post("/surveys/nps/wordings/?language=nl", dutch())

    worded = surveys.wording(of("nps"), "nl")
    assert (worded.language, worded.words["follow_up"]) == ("nl", {"low": "Wat ging er mis?"})
    assert "Nederlands" in text(mona.get("/surveys/nps/"))


def test_a_translation_leaves_nothing_out(mona):
    assert mona.post("/surveys/nps/wordings/?language=nl", dutch(low="")).status_code == 422
    assert mona.post("/surveys/nps/wordings/?language=no+code", dutch()).status_code == 422


def test_what_is_put_away_is_listed_apart_and_comes_back(mona):
    mona.post("/surveys/csat_10/archive/")
    again = mona.post("/surveys/csat_10/archive/", follow=True)

    assert "is archived. Take it out again" in text(again)
    assert "CSAT, 1 to 10" not in text(mona.get("/surveys/"))
    assert "CSAT, 1 to 10" in text(mona.get("/surveys/?show=archived"))
    assert "It is not asked any more" in text(mona.get("/surveys/csat_10/"))
    mona.post("/surveys/csat_10/restoration/")
    assert "CSAT, 1 to 10" in text(mona.get("/surveys/"))
