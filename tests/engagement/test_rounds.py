"""A round of asking: hundreds of mails in a row, without what nobody waits for, and with one more look before each."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Contact
from arbiter.engagement.actions import asking_rules, occasions, sending
from arbiter.engagement.models import Occasion
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.forecast.models import Outlook, StaleCustomer
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import letters, surveys
from arbiter.voice.models import Ask, Survey
from tests.engagement.found import rule
from tests.world import JUNE, MAY

# A letter takes some forty statements: the goals it names, the link, what is asked, the mail, and the journal.
MOST_STATEMENTS = 60


def wait_for(world, *people, survey_key=""):
    made = rule(world, Trigger.MANUAL, survey_key=survey_key)
    occasions.ask_now(rule=made, people=people, by=world.mona, at=JUNE)
    return made


def test_where_the_customers_stand_is_left_to_the_job(world):
    wait_for(world, world.cleo, world.dora)

    with TestCase.captureOnCommitCallbacks(execute=True) as at_once:
        assert occasions.ask_due(JUNE).asked == 2

    assert (at_once, Outlook.objects.count()) == ([], 0)
    assert set(StaleCustomer.objects.values_list("pk", flat=True)) == {world.harbour.pk}


def test_one_more_letter_costs_so_many_statements_and_the_company_is_read_once(world):
    crowd = [
        Contact.objects.create(
            customer=world.quay, name=f"Quay {place}", email=f"{place}@quay.test", role="user"
        )
        for place in range(4)
    ]
    wait_for(world, crowd[0], world.cleo, *crowd[1:3])
    with CaptureQueriesContext(connection) as captured:
        assert occasions.ask_due(JUNE).asked == 4

    statements = [each["sql"] for each in captured]
    assert len(statements) <= 4 * MOST_STATEMENTS + 60
    assert sum('FROM "foundation_company"' in each for each in statements) == 1


def test_whoever_is_asked_by_somebody_else_meanwhile_waits_with_the_budgets_reason(
    world, monkeypatch
):
    wait_for(world, world.dora)

    def slower(reading):
        letters.send(contact=world.dora, goals=[], by=world.ben, at=JUNE)
        return sending.Way()

    # The budget of all who wait was read just before.
    monkeypatch.setattr(sending, "way_of", slower)
    done = occasions.ask_due(JUNE)

    row = Occasion.objects.get()
    assert (done.asked, done.waiting, row.state) == (0, 1, "waiting")
    assert (row.reason_code, row.look_at) == ("too_soon", JUNE + timedelta(days=7))
    assert not Ask.objects.exclude(rule_key="").exists()
    assert OutboxMail.objects.get().by == world.ben


def test_an_archived_survey_is_not_asked(world):
    wait_for(world, world.dora, world.dov, survey_key="nps")
    surveys.adopt_library(by=world.mona, at=MAY)
    surveys.archive(survey=Survey.objects.get(key="nps"), by=world.mona, at=MAY)

    assert occasions.ask_due(JUNE).not_asked == 2

    told = set(Occasion.objects.values_list("state", "reason_code", "reason"))
    assert told == {("not_asked", "no_goal", "is not asked: the survey is archived.")}


def test_a_survey_about_a_goal_is_not_asked_where_there_is_none(world):
    wait_for(world, world.dov, survey_key="still_right")
    world.more_bookings.delete()

    assert occasions.ask_due(JUNE).not_asked == 1

    assert Occasion.objects.get().reason == "is not asked: there is no goal to ask about."


def test_a_rule_that_is_switched_off_asks_nobody_who_waits(world):
    made = wait_for(world, world.cleo)
    asking_rules.switch_off(rule=made, by=world.mona, at=JUNE)
    soon = When(Trigger.BEFORE_RENEWAL, days=(150,))
    other = asking_rules.make(name="Soon", when=soon, whom=Whom(), by=world.mona, at=MAY)
    asking_rules.switch_on(rule=other, by=world.mona, at=MAY)

    assert occasions.ask_due(JUNE).asked == 0
