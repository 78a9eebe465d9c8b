"""No person is ever over budget, whatever the rules and the calendar: by the budget alone, and by real mail."""

import logging
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.accounts.models import Contact
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import asks, links
from arbiter.voice.queries.budget import Budget
from arbiter.voice.rules.budget import ORDER, Addressee, Limits, Reason, Request
from tests.engagement import year, year_judged
from tests.engagement.budget_rules import Sent, broken
from tests.foundation.servers import mail_server

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)

some_limits = st.builds(
    Limits,
    any_days=st.integers(0, 60),
    relationship_days=st.integers(0, 200),
    transactional_days=st.integers(0, 100),
    outcome_days=st.integers(0, 30),
    people_a_week=st.integers(1, 4),
    a_day=st.integers(1, 5),
    sends_from=st.integers(0, 11),
    sends_until=st.integers(12, 24),
    on_weekends=st.booleans(),
)
# Who wants whom to be asked, what for, and how many hours after the one before.
wishes = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(ORDER), st.integers(0, 200)), max_size=150
)


def person(number):
    zone = ZONES[number % 4]
    return Addressee(number, number // 4, f"P{number}", f"p{number}@x.test", None, None, zone)


@given(some_limits, wishes)
def test_whatever_is_wished_nobody_is_over_budget_and_each_no_has_a_reason(limits, wished):
    spent, sent, at, today = Budget(limits), [], NEW_YEAR, NEW_YEAR.date()
    for number, purpose, hours in wished:
        at += timedelta(hours=hours)
        if at.date() != today:
            spent.today, today = 0, at.date()
        request = Request(person(number), purpose)
        verdict = spent.decide(request, at=at)
        if verdict.may:
            spent.note(request, at=at)
            sent.append(Sent(number, number // 4, ZONES[number % 4], purpose, at))
        else:
            assert verdict.code in set(Reason)
            assert verdict.sentence
            assert verdict.look_again_at > at

    assert broken(sent, limits) == []


@given(some_limits, wishes)
def test_whoever_waits_as_long_as_told_is_asked_in_the_end(limits, wished):
    spent, at = Budget(limits), NEW_YEAR
    for number, purpose, hours in wished[:30]:
        at += timedelta(hours=hours)
        spent.today = 0
        request = Request(person(number), purpose)
        looks = 0
        while not (verdict := spent.decide(request, at=at)).may:
            at = verdict.look_again_at
            looks += 1
            assert looks < 20
        spent.note(request, at=at)


@pytest.mark.sweep
@pytest.mark.once
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.django_db(transaction=True)
def test_a_year_drawn_by_dice_and_asked_by_real_mail_keeps_every_rule(
    world, settings, caplog, seed
):
    """Two thousand people and five thousand asks are lived through by `./do bench year`."""
    caplog.set_level(logging.WARNING, "mail.log")
    dice = random.Random(seed)
    cast, limits = year.Cast(world.olga, world.mona, dice), year.drawn_limits(dice, people=100)
    year.settle(cast, 25)
    year.drawn_rules(cast)
    with mail_server(year_judged.Door()) as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        year.live(cast, limits, looks=2)
        arrived = server.handler.arrived

    assert len(arrived) >= 400
    assert year_judged.faults(arrived, limits) == []
    assert len(year_judged.reasons()) >= 3


def test_who_judges_a_year_finds_what_is_wrong_with_it(world):
    """A judge that finds nothing proves nothing: here is a mail nobody wrote, to somebody who had left."""
    link, _ = links.make(contact=world.cleo, by=world.ada, at=NEW_YEAR)
    for number in ("one", "two"):
        OutboxMail.objects.create(
            dedupe_key=number,
            message_id=f"<{number}>",
            about=f"voice.letter:{link.pk}",
            to=world.cleo.email,
            status="sent",
            at=NEW_YEAR,
            send_after=NEW_YEAR,
        )
    asks.put(
        contact=world.cleo, kind="intent", channel="mail", by=world.ada, at=NEW_YEAR, link=link
    )
    Contact.objects.filter(pk=world.cleo.pk).update(left_on=NEW_YEAR.date())
    mail = year_judged.Arrived("<one>", world.cleo.email, NEW_YEAR, 1)

    told = "\n".join(year_judged.faults([mail, mail], Limits()))

    for fault in (
        "came within 7 days of",
        "came at 2026-01-01 00:00",
        "<one> arrived 2 times",
        "<two> was written and never arrived",
        "0 were asked and 1 mails arrived",
        "went to somebody who had left",
    ):
        assert fault in told
