"""The one budget: whom we may write to, when, and why not."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.voice.rules import budget
from arbiter.voice.rules.budget import (
    ORDER,
    OUTCOME,
    RELATIONSHIP,
    TRANSACTIONAL,
    WEEK,
    Addressee,
    History,
    Limits,
    Reason,
    Request,
    Suppressed,
    decide,
)

# A Wednesday, 11:00 in Berlin.
NOON = datetime(2026, 6, 3, 9, tzinfo=UTC)
CLEO = Addressee(1, 7, "Cleo Castro", "cleo@harbour.test", None, None, "Europe/Berlin")
LIMITS = Limits()


def ago(days):
    return NOON - timedelta(days=days)


def asked(purpose=RELATIONSHIP, to=CLEO, last=None, colleagues=None, **more):
    history = History(last or {}, colleagues or {}, more.pop("today", 0))
    suppression = more.pop("suppression", None)
    at = more.pop("at", NOON)
    return decide(Request(to, purpose, **more), history, LIMITS, suppression, at)


@pytest.mark.parametrize(
    ("but", "code", "sentence"),
    [
        ({}, "", ""),
        ({"email": ""}, "no_address", "has no mail address."),
        ({"left_on": date(2026, 5, 1)}, "left", "left on 1 May 2026."),
        ({"left_on": date(2026, 7, 1)}, "", ""),
        ({"unsubscribed_at": ago(2)}, "suppressed", "unsubscribed on 1 June 2026."),
        ({"basis": "none"}, "no_basis", "may not be asked: there is no lawful basis for it."),
    ],
)
def test_what_no_waiting_changes_says_so(but, code, sentence):
    verdict = asked(to=CLEO._replace(**but))

    assert (verdict.code, verdict.sentence) == (code, sentence)
    assert verdict.look_again_at is None


@pytest.mark.parametrize(
    ("purpose", "last", "code", "days"),
    [
        (OUTCOME, {OUTCOME: ago(6)}, Reason.TOO_SOON, 1),
        (OUTCOME, {OUTCOME: ago(7)}, "", None),
        (OUTCOME, {RELATIONSHIP: ago(0), TRANSACTIONAL: ago(0)}, "", None),
        (RELATIONSHIP, {OUTCOME: ago(29)}, Reason.TOO_SOON, 1),
        (RELATIONSHIP, {RELATIONSHIP: ago(179)}, Reason.RELATIONSHIP_TOO_SOON, 1),
        (RELATIONSHIP, {RELATIONSHIP: ago(180)}, "", None),
        (TRANSACTIONAL, {TRANSACTIONAL: ago(89)}, Reason.TRANSACTIONAL_TOO_SOON, 1),
        (TRANSACTIONAL, {TRANSACTIONAL: ago(80), OUTCOME: ago(5)}, Reason.TOO_SOON, 25),
        (TRANSACTIONAL, {RELATIONSHIP: ago(10)}, Reason.TOO_SOON, 20),
    ],
)
def test_how_far_two_asks_are_apart_depends_on_what_they_are_for(purpose, last, code, days):
    verdict = asked(purpose, last=last)

    assert verdict.code == code
    assert verdict.look_again_at == (None if days is None else NOON + timedelta(days=days))


def test_the_fourth_person_of_a_customer_waits_for_the_week_to_pass():
    week = {2: {OUTCOME: ago(5)}, 3: {RELATIONSHIP: ago(2)}, 4: {TRANSACTIONAL: ago(1)}}

    verdict = asked(colleagues=week)

    assert (verdict.code, verdict.look_again_at) == (Reason.CUSTOMER_WEEK, ago(5) + WEEK)
    assert asked(OUTCOME, colleagues=week).may
    assert asked(colleagues=week, at=ago(5) + WEEK).may


def test_whoever_was_asked_in_the_week_is_not_counted_twice_and_jumps_no_full_week():
    themselves, two = {1: {OUTCOME: ago(1)}}, {2: {OUTCOME: ago(5)}, 3: {RELATIONSHIP: ago(2)}}

    assert asked(colleagues={**two, **themselves}).may

    # An outcome question made it four people of this customer; another survey waits, whomever it is for.
    verdict = asked(colleagues={**two, 4: {TRANSACTIONAL: ago(1)}, **themselves})

    assert (verdict.code, verdict.look_again_at) == (Reason.CUSTOMER_WEEK, ago(5) + WEEK)


def test_three_asked_about_their_outcomes_hold_back_a_fourth():
    week = {person: {OUTCOME: ago(person)} for person in (2, 3, 4)}

    assert asked(OUTCOME, colleagues=week).code == Reason.CUSTOMER_WEEK


@pytest.mark.parametrize(
    ("scope", "purpose", "kind", "stopped"),
    [
        ("surveys", RELATIONSHIP, "nps", True),
        ("surveys", OUTCOME, "intent", False),
        ("surveys", RELATIONSHIP, "check_in", False),
        ("education", RELATIONSHIP, "check_in", True),
        ("education", RELATIONSHIP, "nps", False),
        ("all", OUTCOME, "intent", True),
    ],
)
def test_an_address_is_spared_what_it_asked_to_be_spared(scope, purpose, kind, stopped):
    held = Suppressed(scope, "complained", ago(30))

    verdict = asked(purpose, kind=kind, suppression=held)

    assert verdict.may is not stopped
    assert ("marked our mail as spam on 4 May 2026." in verdict.sentence) is stopped


def test_a_survey_waits_for_the_outcome_question_that_is_due():
    assert asked(outcome_pending=True).code == Reason.OUTCOME_PENDING
    assert asked(OUTCOME, outcome_pending=True).may


@pytest.mark.parametrize(
    ("zone", "at", "opens"),
    [
        ("Europe/Berlin", datetime(2026, 6, 3, 5, tzinfo=UTC), datetime(2026, 6, 3, 6, tzinfo=UTC)),
        (
            "Europe/Berlin",
            datetime(2026, 6, 5, 16, tzinfo=UTC),
            datetime(2026, 6, 8, 6, tzinfo=UTC),
        ),
        ("Asia/Tokyo", NOON, datetime(2026, 6, 3, 23, tzinfo=UTC)),
        ("America/New_York", NOON, datetime(2026, 6, 3, 12, tzinfo=UTC)),
    ],
)
def test_nobody_is_written_to_at_night_or_on_a_weekend_where_they_are(zone, at, opens):
    verdict = asked(to=CLEO._replace(zone=zone), at=at)

    assert (verdict.code, verdict.look_again_at) == (Reason.QUIET_HOURS, opens)
    assert zone in verdict.sentence
    assert asked(to=CLEO._replace(zone=zone), at=at, by_hand=True).may


def test_so_many_a_day_and_the_rest_tomorrow():
    verdict = asked(today=200)

    assert (verdict.code, verdict.look_again_at) == (Reason.DAILY_MOST, NOON + timedelta(days=1))
    assert asked(today=200, by_hand=True).may


def test_a_question_without_a_survey_is_for_what_its_kind_is():
    assert budget.purpose_of("intent") == OUTCOME
    assert budget.purpose_of("nps") == RELATIONSHIP
    assert budget.purpose_of("ces") == TRANSACTIONAL
    assert budget.purpose_of("nps", TRANSACTIONAL) == TRANSACTIONAL


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
lasts = st.dictionaries(st.sampled_from(ORDER), moments, max_size=3)
some_limits = st.builds(
    Limits,
    any_days=st.integers(0, 60),
    relationship_days=st.integers(0, 200),
    transactional_days=st.integers(0, 100),
    outcome_days=st.integers(0, 30),
    people_a_week=st.integers(1, 4),
    sends_from=st.integers(0, 11),
    sends_until=st.integers(12, 24),
    on_weekends=st.booleans(),
)
zones = st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/New_York", "Asia/Kolkata", "UTC"])


@given(
    st.sampled_from(ORDER), lasts, st.dictionaries(st.integers(2, 9), lasts), some_limits, moments
)
def test_every_no_has_a_reason_and_a_later_look_or_none(purpose, last, people, limits, at):
    verdict = decide(Request(CLEO, purpose), History(last, people), limits, None, at)

    assert verdict.may is not bool(verdict.code)
    assert verdict.may is not bool(verdict.sentence)
    assert verdict.look_again_at is None or verdict.look_again_at > at
    assert verdict.may or verdict.look_again_at is not None


@given(lasts, st.dictionaries(st.integers(2, 9), lasts), some_limits, moments)
def test_no_survey_ever_holds_back_an_outcome_question(last, people, limits, at):
    alone = History(_outcomes(last), {who: _outcomes(each) for who, each in people.items()})
    request = Request(CLEO, OUTCOME)

    assert decide(request, History(last, people), limits, None, at) == decide(
        request, alone, limits, None, at
    )


def _outcomes(last):
    return {purpose: moment for purpose, moment in last.items() if purpose == OUTCOME}


@given(moments, zones, some_limits)
def test_the_next_opening_is_the_first_hour_that_is_open(at, zone, limits):
    opening = budget.next_opening(at, zone, limits)

    assert opening >= at
    assert budget.is_open(opening, zone, limits)
    local = opening.astimezone(ZoneInfo(zone))
    assert opening == at or (local.hour, local.minute) == (limits.sends_from, 0)
    steps = int((opening - at) / timedelta(minutes=30))
    closed = [at + timedelta(minutes=30) * step for step in range(steps)]
    assert not any(budget.is_open(moment, zone, limits) for moment in closed)
