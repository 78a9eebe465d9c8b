"""No person is ever over budget, whatever the rules and the calendar: by the budget alone, and by real mail."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.engagement.actions import asking_rules, occasions
from arbiter.engagement.models import Occasion
from arbiter.engagement.queries import occasions as known
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.foundation.mail import dispatch
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import limits as verbs
from arbiter.voice.models import Ask
from arbiter.voice.queries.budget import Budget
from arbiter.voice.rules.budget import ORDER, Addressee, Limits, Reason, Request
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


def people_of_a_year(owner, customers, dice):
    for number in range(customers):
        customer = Customer.objects.create(
            key=f"c{number}",
            name=f"Customer {number}",
            owner=owner,
            segment=dice.choice(["SMB", "Enterprise"]),
            stage=dice.choice(["trial", "adoption"]),
            since=date(2025, 1, 1) + timedelta(days=dice.randint(0, 700)),
        )
        begins = date(2025, 1, 1) + timedelta(days=dice.randint(0, 364))
        for year in range(3):
            first = begins.replace(year=2025 + year) if begins.day < 28 else date(2025 + year, 3, 1)
            Contract.objects.create(
                customer=customer,
                starts_on=first,
                ends_on=first + timedelta(days=364),
                seats=dice.choice([5, 20, 60]),
            )
        Contact.objects.bulk_create(
            Contact(
                key=f"p{number}-{place}",
                customer=customer,
                name=f"Person {number} {place}",
                email=f"p{number}.{place}@year.test",
                role=role,
                time_zone=dice.choice(ZONES),
            )
            for place, role in enumerate(("decision_maker", "sponsor", "champion", "user"))
        )


def rules_of_a_year(world, dice):
    wanted = [
        (When(Trigger.BEFORE_RENEWAL, days=(120, 60, 20)), Whom(), ""),
        (When(Trigger.EVERY, months=6), Whom(), "nps"),
        (
            When(Trigger.EVERY, months=dice.randint(2, 4)),
            Whom(roles=("user", "champion")),
            "check_in",
        ),
        (When(Trigger.AFTER_START, days=(3, 30, 200)), Whom(most_people=4), "csat"),
        (When(Trigger.PURCHASE), Whom(most_people=4), "ces"),
        (When(Trigger.SEATS_CROSSED, steps=(10, 50)), Whom(covers=True), ""),
    ]
    for number, (when, whom, survey) in enumerate(wanted):
        rule = asking_rules.make(
            name=f"Rule {number}",
            when=when,
            whom=whom,
            survey_key=survey,
            hold_out_percent=dice.choice([0, 5]),
            sample_percent=dice.choice([90, 100]),
            by=world.mona,
            at=NEW_YEAR,
        )
        asking_rules.switch_on(rule=rule, by=world.mona, at=NEW_YEAR)


def live_a_year(dice):
    for day in range(365):
        at = NEW_YEAR + timedelta(days=day)
        if day % 3 == 0:
            occasions.find_occasions(at + timedelta(hours=1))
        if day % 10 == 0:
            some = (
                Contact.objects.filter(left_on=None).order_by("?")[:2].values_list("pk", flat=True)
            )
            Contact.objects.filter(pk__in=list(some)).update(left_on=at.date())
        for hour in (1, 8, 15):
            moment = at + timedelta(hours=hour, minutes=dice.randint(0, 59))
            if known.is_any_due(moment):
                occasions.ask_due(moment)
            while dispatch.send_due(moment):
                pass


def sent_in_the_year():
    rows = Ask.objects.exclude(rule_key="").select_related("contact", "version__survey")
    purposes = {}
    for ask in rows:
        purpose = ask.version.survey.purpose if ask.version else "outcome"
        purposes[ask.link_id] = (ask.contact, purpose, ask.at)
    return [
        Sent(contact.pk, contact.customer_id, contact.time_zone or "UTC", purpose, at)
        for contact, purpose, at in purposes.values()
    ]


@pytest.mark.sweep
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_year_of_asks_by_real_mail_keeps_every_rule(world, settings):
    dice = random.Random(5)
    limits = Limits(any_days=20, relationship_days=120, transactional_days=60, a_day=4)
    verbs.set_limits(limits=limits, by=world.olga, at=NEW_YEAR)
    people_of_a_year(world.mona, 30, dice)
    rules_of_a_year(world, dice)
    with mail_server() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        live_a_year(dice)
        mails = list(server.handler.mails)

    sent = sent_in_the_year()
    assert len(sent) >= 250
    assert broken(sent, limits) == []
    came = Counter(message_from_bytes(mail.original_content)["Message-ID"] for mail in mails)
    assert set(came.values()) == {1}
    assert set(came) == set(OutboxMail.objects.values_list("message_id", flat=True))
    assert len(came) == len(sent) == Occasion.objects.filter(state="asked").count()
    assert not OutboxMail.objects.exclude(status="sent").exists()
    not_asked = Occasion.objects.exclude(state__in=("asked", "waiting"))
    assert not_asked.exists()
    assert not not_asked.filter(reason="").exists()
    assert set(not_asked.values_list("reason_code", flat=True)) <= set(Reason)
    departed = dict(Contact.objects.exclude(left_on=None).values_list("pk", "left_on"))
    assert not [
        mail
        for mail in sent
        if mail.contact in departed and mail.at.date() >= departed[mail.contact]
    ]
