"""GET /p/<token>/: a letter, for one pair of eyes, that records nothing."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from arbiter.forecast.models import Belief, Forecast, Standing
from arbiter.outcomes.actions import goals as goal_verbs
from arbiter.outcomes.actions import measured_milestones, milestones, results, revisions, verdicts
from arbiter.outcomes.queries import goals
from arbiter.portal import agreed
from arbiter.usage.actions import behaviour_sets
from arbiter.usage.models import Completion
from arbiter.voice import rules
from arbiter.voice.actions import answers, links
from tests.world import APRIL, FEBRUARY, JUNE, MAY

PAGES = ("", "?answer=yes", "thanks/", "wrong-person/", "unsubscription/")


def text(reply):
    """What a reader reads: without tags, and with white space as it is seen."""
    words = re.sub(r"<[^>]+>", " ", reply.content.decode())
    return " ".join(words.split())


def test_it_greets_and_says_who_answers(client, world, link_of):
    reply = client.get(link_of(world.cleo))

    assert reply.status_code == 200
    assert "Is it working for you, Cleo?" in text(reply)
    assert "Answering as&nbsp; Cleo Castro Not you?" in text(reply)
    assert "Your answer goes to Ada Arnold at Lighthouse exactly as you write it." in text(reply)


def test_it_shows_their_goals_in_their_words_with_the_way_so_far(client, world, link_of):
    results.report(goal=world.faster_onboarding, value=Decimal(28), by=world.ada, at=MAY)

    reply = client.get(link_of(world.cleo))

    assert "New crews should be productive in two weeks instead of six" in text(reply)
    assert "Days until a new crew works alone. You said so on 1 January 2026." in text(reply)
    assert "from 42 days to 14 days by 31 Jul, today 28 days" in reply.content.decode()


def test_solid_reaches_as_far_as_the_customer_confirmed(client, world, link_of):
    goal = world.faster_onboarding
    for value, at in ((35, FEBRUARY), (21, MAY)):
        results.report(goal=goal, value=Decimal(value), by=world.ada, at=at)
    verdicts.give(goal=goal, contact=world.dora, verdict="achieved", by=world.dora, at=APRIL)

    reply = client.get(link_of(world.cleo)).content.decode()

    assert "confirmed by the customer at 35 days" in reply
    assert "Dora confirmed on 1 Apr 2026" in reply


def test_three_equal_choices_and_none_is_chosen(client, world, link_of):
    page = client.get(link_of(world.cleo)).content.decode()

    assert "Do you expect Harbour to continue with Lighthouse after 30 September 2026?" in page
    assert "Not sure is a useful answer. It will not trigger a sales call." in page
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["yes", "not_sure", "no"]
    assert "checked" not in page


@pytest.mark.parametrize("answer", ["yes", "not_sure", "no"])
def test_a_link_of_the_mail_chooses_and_puts_the_question_first(client, world, link_of, answer):
    page = client.get(f"{link_of(world.cleo)}?answer={answer}").content.decode()

    assert re.findall(r'value="(\w+)" checked', page) == [answer]
    assert page.index('id="continue"') < page.index('id="goal-')


def test_an_answer_that_is_none_chooses_nothing(client, world, link_of):
    assert "checked" not in client.get(f"{link_of(world.cleo)}?answer=<b>").content.decode()


def test_it_shows_the_path_of_both_sides(client, world, link_of):
    plan = milestones.add(customer=world.harbour, title="Plan", side="ours", by=world.ada, at=MAY)
    milestones.add(customer=world.harbour, title="Name leads", side="theirs", by=world.ada, at=MAY)
    milestones.finish(milestone=plan, by=world.ada, at=MAY)

    assert "Plan Lighthouse 1 May Name leads Harbour" in text(client.get(link_of(world.cleo)))


def test_a_step_that_usage_found_done_is_to_them_a_step_that_is_done(client, world, link_of):
    plans = behaviour_sets.define(
        name="Two plans", rule={"of": [{"event": "Plan Made"}]}, by=world.ada, at=FEBRUARY
    )
    milestones.add(
        customer=world.harbour,
        title="Planning",
        side="theirs",
        behaviour_set=plans,
        by=world.ada,
        at=FEBRUARY,
    )
    Completion.objects.create(customer=world.harbour, behaviour_set=plans, first_at=MAY)
    measured_milestones.finish(at=MAY)

    shown = client.get(link_of(world.cleo))

    assert "Planning Harbour 1 May" in text(shown)
    assert "measured by us" not in text(shown)
    assert "Two plans" not in text(shown)
    assert "step--measured" not in shown.content.decode()


def test_it_shows_what_they_answered_before_with_dates(client, world, link_of):
    answers.give(
        contact=world.cleo,
        kind="intent",
        value="not_sure",
        comment="Budget & staff",
        would_make_it_yes="A pilot",
        by=world.cleo,
        at=FEBRUARY,
    )
    verdicts.give(
        goal=world.faster_onboarding,
        contact=world.cleo,
        verdict="partly",
        helped="no",
        by=world.ada,
        evidence="Call",
        at=MAY,
    )

    read = text(client.get(link_of(world.cleo)))

    assert (
        "1 February 2026 Not sure “Budget &amp; staff” What would make it a yes: “A pilot”" in read
    )
    assert "1 May 2026, noted by Ada Arnold Partly, but our product did not help" in read


def test_the_words_of_colleagues_stay_theirs(client, world, link_of):
    answers.give(
        contact=world.dora, kind="intent", value="no", comment="Secret", by=world.dora, at=MAY
    )
    verdicts.give(
        goal=world.faster_onboarding,
        contact=world.dora,
        verdict="not",
        comment="Private",
        by=world.dora,
        at=MAY,
    )

    read = text(client.get(link_of(world.cleo)))

    assert "Dora disputed on 1 May 2026" in read
    assert "Secret" not in read
    assert "Private" not in read


def test_without_goals_the_letter_asks_for_one(client, world, link_of):
    goals.of(world.quay, as_of=JUNE).delete()

    assert "You have not told us yet what you want" in text(client.get(link_of(world.dov)))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("page", PAGES)
def test_looking_records_nothing(client, world, link_of, everything, method, page):
    where = link_of(world.cleo) + page
    before = everything()

    assert getattr(client, method)(where).status_code == 200
    assert everything() == before


def test_looking_at_a_goal_records_nothing(client, world, link_of, everything):
    where = f"{link_of(world.cleo)}goals/{world.faster_onboarding.pk}/"
    before = everything()

    assert client.get(where).status_code == client.head(where).status_code == 200
    assert everything() == before


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_private_and_sets_no_cookie(client, world, link_of, page):
    reply = client.get(link_of(world.cleo) + page)

    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not reply.cookies
    scripts = re.findall("<script[^>]*>", reply.content.decode())
    assert scripts in ([], ['<script src="/static/portal/opened.js" defer>'])


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("spoil", ["short", "longer", "other", "hash"])
def test_a_spoilt_token_opens_nothing_and_tells_nothing(client, world, link_of, method, spoil):
    where = link_of(world.cleo)
    token = where[3:-1]
    spoilt = {
        "short": token[:-1],
        "longer": f"{token}A",
        "other": token[::-1],
        "hash": rules.hash_of(token),
    }[spoil]

    for page in ("", "answers/", "goals/1/", "unsubscription/"):
        reply = getattr(client, method)(f"/p/{spoilt}/{page}")
        assert reply.status_code == 404
        assert "This link does not open" in text(reply)
        assert not re.search("Harbour|Cleo|Lighthouse", text(reply))


@pytest.mark.parametrize("closed", ["expired", "revoked", "left"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_link_is_gone_and_tells_nothing(client, world, clock, everything, closed, method):
    link, token = links.make(contact=world.cleo, by=world.ada, at=MAY)
    if closed == "expired":
        clock.set(link.expires_at + timedelta(seconds=1))
    elif closed == "revoked":
        links.revoke(link=link, by=world.ada, at=MAY)
    else:
        world.cleo.left_on = MAY.date()
        world.cleo.save()
    before = everything()

    for page in ("", "answers/", "goals/", "wrong-person/"):
        reply = getattr(client, method)(f"/p/{token}/{page}", {"answer": "yes"})
        assert reply.status_code == 410
        assert not re.search("Harbour|Cleo|Lighthouse", text(reply))
    assert everything() == before


@pytest.mark.parametrize(
    ("method", "page"),
    [("post", ""), ("put", "answers/"), ("get", "answers/"), ("get", "goals/"), ("delete", "")],
)
def test_a_page_answers_only_what_it_is_for(client, world, link_of, method, page):
    assert getattr(client, method)(link_of(world.cleo) + page).status_code == 405


def test_the_log_never_holds_a_token(client, world, link_of, caplog):
    where = link_of(world.cleo)
    client.post(f"{where}answers/", {})
    client.post(where)
    client.get(f"{where}goals/0/")

    assert where[3:-1] not in caplog.text


CANARY = "Canary"


@pytest.fixture
def canaries(world):
    """What a customer must never see, each with a word that would give it away."""
    world.harbour.why_bought = world.harbour.promised_value = f"{CANARY} handoff note"
    world.harbour.segment = f"{CANARY} segment"
    world.harbour.save()
    world.harbour_contract.arr = Decimal("7654321.00")
    world.harbour_contract.plan = f"{CANARY} plan"
    world.harbour_contract.save()
    world.quay.name = f"{CANARY} other customer"
    world.quay.save()
    world.more_bookings.statement = f"{CANARY} other goal"
    world.more_bookings.save()
    Belief.objects.create(
        contract=world.harbour_contract,
        at=MAY,
        recorded_at=MAY,
        probability="0.8642",
        reason=f"{CANARY} belief",
        by=world.ada,
    )
    return world


def test_no_portal_page_shows_what_is_ours(client, canaries, link_of):
    world = canaries
    where = link_of(world.cleo)
    goal = f"goals/{world.faster_onboarding.pk}/"
    preview = f"/p/preview/{world.cleo.pk}/"
    client.force_login(world.ada)

    pages = [client.get(where + page) for page in (*PAGES, goal)] + [client.get(preview)]
    pages.append(client.post(f"{where}answers/", {}))
    pages.append(client.post(f"{where}answers/", {"answer": "no"}, follow=True))

    for page in pages:
        read = page.content.decode()
        assert not re.search(r"Canary|7,?654,?321|7\.65|0?\.8642|86 ?%|forecast|belief|risk", read)
    assert Forecast.objects.count() == 0 or Standing.objects.exists()


def weight_of(page):
    """How much a phone loads: the page, its stylesheet and its script, as they are before anything packs them."""
    files = r'(?:<link rel="stylesheet" href|<script src)="/static/([^"]+)"'
    sheets = re.findall(files, page.content.decode())
    return len(page.content) + sum(Path(finders.find(sheet)).stat().st_size for sheet in sheets)


@pytest.fixture
def much_to_say(world):
    """A customer with more goals, steps and answers than fit a letter."""
    for number in range(9):
        goal = goal_verbs.state(
            customer=world.harbour,
            statement=f"{number}: fewer calls at night, so that people stay with us for years",
            stated_by=world.cleo,
            by=world.ada,
            at=FEBRUARY,
        )
        fields = agreed.fields_of(world.faster_onboarding.revisions.get())
        revisions.revise(goal=goal, agreed_by=world.cleo, by=world.ada, at=FEBRUARY, **fields)
        results.report(goal=goal, value=Decimal(number), by=world.ada, at=MAY)
        milestones.add(
            customer=world.harbour, title=f"Step {number}", side="ours", by=world.ada, at=MAY
        )
        words = "We could not say for sure, for the budget is not ours to decide."
        give = {"contact": world.cleo, "kind": "intent", "by": world.cleo, "comment": words}
        answers.give(value="not_sure", at=MAY + timedelta(hours=number), **give)
    return world


def test_even_a_full_letter_is_light(client, much_to_say, link_of):
    page = client.get(link_of(much_to_say.cleo))

    assert page.content.decode().count("Did you get it?") == 3
    assert text(page).count("fewer calls at night") >= 9
    assert weight_of(page) <= 30_000


@pytest.mark.parametrize("page", PAGES[2:])
def test_every_page_is_light(client, world, link_of, page):
    assert weight_of(client.get(link_of(world.cleo) + page)) <= 30_000


def test_who_needs_help_writes_to_whoever_looks_after_them(client, world, link_of):
    where = link_of(world.cleo)
    page = client.get(where).content.decode()

    assert 'href="mailto:ada@lighthouse.test"' in page
    assert "Need help? Write to Ada Arnold at Lighthouse" in page

    world.harbour.owner = None
    world.harbour.save()
    assert "mailto:" not in client.get(where).content.decode()
