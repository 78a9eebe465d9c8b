"""The budget as it stands in the database: of one person, and of many in a few queries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from arbiter.accounts.actions import contacts
from arbiter.accounts.models import Contact
from arbiter.foundation.models import Person
from arbiter.voice.actions import asks, letters, limits, suppressions
from arbiter.voice.models import Survey, SurveyVersion
from arbiter.voice.permissions import MayNotSuppress
from arbiter.voice.queries import budget
from arbiter.voice.rules.budget import OUTCOME, RELATIONSHIP, TRANSACTIONAL, Limits, Request
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY


def everyone():
    return budget.addressees(Contact.objects.order_by("pk"))


def decided(contact, purpose=RELATIONSHIP, kind="nps", at=JUNE):
    request = Request(budget.addressee(contact), purpose, kind)
    return budget.of([request.to], at=at).decide(request, at=at)


def survey_version(purpose):
    survey = Survey.objects.create(name="After a call", kind="csat", purpose=purpose, made_at=MAY)
    return SurveyVersion.objects.create(survey=survey, number=1, parts=[], made_at=MAY)


def test_a_letter_holds_back_the_next_letter_and_every_survey(world):
    letters.send(contact=world.cleo, goals=[], by=world.ada, at=JUNE - timedelta(days=3))

    assert decided(world.cleo, OUTCOME, "intent").code == "too_soon"
    assert decided(world.cleo).sentence == "was asked on 29 May, less than 30 days ago."
    assert decided(world.dora).may


def test_what_an_ask_was_for_is_told_by_its_survey(world):
    asks.put(
        contact=world.cleo,
        kind="csat",
        channel="mail",
        by=world.ada,
        at=JUNE - timedelta(days=40),
        version=survey_version(RELATIONSHIP),
    )

    assert decided(world.cleo).code == "relationship_too_soon"
    assert decided(world.cleo, TRANSACTIONAL, "csat").may


def test_what_somebody_found_in_the_portal_costs_them_nothing(world):
    asks.put(contact=world.cleo, kind="nps", channel="portal", by=world.ada, at=MAY)

    assert decided(world.cleo, at=MAY + timedelta(hours=1)).may


def test_the_fourth_person_of_a_customer_is_told_to_wait(world):
    for who in (world.cleo, world.dora, world.sam):
        letters.send(contact=who, goals=[], by=world.ada, at=JUNE)

    sent = letters.send(contact=world.uma, goals=[], by=world.ada, at=JUNE + timedelta(days=1))

    waits = "Uma Urban waits: 3 people were asked at this customer within seven days."
    assert sent.because == waits
    assert decided(world.dov).may


def test_the_budget_of_any_number_is_read_in_ten_queries(world, django_assert_num_queries):
    letters.send(contact=world.cleo, goals=[], by=world.ada, at=MAY)

    with django_assert_num_queries(10):
        people = everyone()
        budget.of(people, at=JUNE)

    assert len(people) == 5


def test_who_wants_no_mail_gets_none_at_another_customer_either(world):
    world.dov.email = world.cleo.email
    world.dov.save()
    contacts.unsubscribe(contact=world.cleo, by=world.cleo, at=MAY)

    verdict = decided(world.dov, OUTCOME, "intent")

    assert (verdict.code, verdict.sentence) == ("suppressed", "unsubscribed on 1 May 2026.")


def test_what_is_noted_counts_at_once(world):
    spent = budget.of(everyone(), at=JUNE)
    request = Request(budget.addressee(world.cleo), RELATIONSHIP, "nps")

    spent.note(request, at=JUNE)

    assert spent.decide(request, at=JUNE).code == "relationship_too_soon"
    assert spent.today == 1


def test_somebody_elsewhere_sleeps_while_we_work(world):
    world.cleo.time_zone = "America/Los_Angeles"
    world.dora.time_zone = "Mars/Olympus"

    verdict = decided(world.cleo)

    assert verdict.look_again_at == datetime(2026, 6, 1, 15, tzinfo=UTC)
    assert "Monday 02:00 in America/Los_Angeles" in verdict.sentence
    assert decided(world.dora).may


def test_the_zone_of_the_company_is_that_of_whoever_says_none(world):
    world.company.time_zone = "Asia/Tokyo"
    world.company.save()

    assert "18:00 in Asia/Tokyo" in decided(world.cleo).sentence


def test_limits_are_set_by_whoever_may_and_told_once(world):
    wished = replace(Limits(), any_days=10, a_day=50)

    limits.set_limits(limits=wished, by=world.olga, at=JUNE)
    limits.set_limits(limits=wished, by=world.olga, at=JUNE)

    assert budget.limits() == wished
    assert fact_names() == ["voice.limits_set"]
    assert last_fact().details == {"any_days": 10, "a_day": 50}


def test_limits_leave_an_hour_and_are_not_everyones(world):
    with pytest.raises(limits.NoHourLeft):
        limits.set_limits(limits=Limits(sends_from=9, sends_until=9), by=world.olga, at=JUNE)
    with pytest.raises(limits.MayNotSetLimits):
        limits.set_limits(limits=Limits(), by=world.ada, at=JUNE)


def spare(world, scope="surveys", cause="complained", by=None, **more):
    about = {"address": world.cleo.email, "contact": world.cleo, **more}
    return suppressions.suppress(scope=scope, cause=cause, by=by or world.cleo, at=MAY, **about)


def test_an_address_is_spared_within_the_scope_until_that_is_lifted(world):
    kept = spare(world)

    assert decided(world.cleo).sentence == "marked our mail as spam on 1 May 2026."
    assert decided(world.cleo, OUTCOME, "intent").may

    suppressions.lift(suppression=kept, by=world.ada, at=JUNE)

    assert decided(world.cleo).may
    assert fact_names() == ["voice.address_suppressed", "voice.suppression_lifted"]
    with pytest.raises(suppressions.LiftedBefore):
        suppressions.lift(suppression=kept, by=world.ada, at=JUNE)


def test_sparing_twice_is_once_and_everything_holds_the_rest(world):
    kept = spare(world, scope="all", cause="bounced", by=Person.objects.system())

    assert spare(world, address=world.cleo.email.upper()) == kept
    assert decided(world.cleo, OUTCOME, "intent").sentence.startswith("gets no mail: it came back")


def test_a_suppression_outlives_the_contact_as_a_hash(world):
    kept = spare(world, scope="all")

    assert suppressions.forget_addresses(contact=world.cleo, by=world.ada, at=JUNE) == 1

    kept.refresh_from_db()
    assert (kept.address, kept.contact_id) == ("", None)
    assert not decided(world.cleo).may
    assert "cleo" not in str(last_fact().data)


def test_an_earlier_secret_key_goes_on_sparing(world, settings):
    spare(world)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one altogether, and long enough"

    assert not decided(world.cleo).may


def test_only_an_address_is_spared_and_only_by_whoever_may(world):
    with pytest.raises(suppressions.NoAddress):
        spare(world, address="cleo")
    with pytest.raises(MayNotSuppress):
        spare(world, by=world.otto)
