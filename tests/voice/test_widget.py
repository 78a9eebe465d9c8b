"""Surveys in the vendor's product: signed for, asked within the budget, and ended."""

import hashlib
import hmac
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from arbiter.foundation.models import Fact
from arbiter.voice.actions import answers, openings, survey_mails, widget
from arbiter.voice.models import Ask, Widget
from arbiter.voice.queries import surveys
from arbiter.voice.queries import widget as queries
from arbiter.voice.rules import Arrival
from arbiter.voice.rules import widget as rules
from tests.facts import fact_names
from tests.world import JUNE, MAY

APP = "https://app.lighthouse.test"
SOON = rules.until(JUNE)


@pytest.fixture
def on(world):
    return widget.set_up(origins=[APP], by=world.olga, at=MAY)


def sign(on, contact, expires=SOON):
    return rules.signature(queries.secret(on), contact.key, expires)


def signed_for(contact, signed, expires=SOON, at=JUNE):
    return queries.signed_for(contact_key=contact.key, expires=str(expires), signed=signed, at=at)


def test_the_secret_is_made_once_sealed_and_never_told(on, world):
    again = widget.set_up(origins=[f"{APP}/", "HTTP://localhost:3000"], by=world.abe, at=JUNE)

    assert queries.secret(again) == queries.secret(on)
    assert queries.secret(on) not in Widget.objects.get().sealed_secret
    assert queries.origins() == (APP, "http://localhost:3000")
    assert fact_names()[-2:] == ["voice.widget_set_up"] * 2
    assert not any(queries.secret(on) in fact.data for fact in Fact.objects.all())


@pytest.mark.parametrize("origins", [[], ["app.test"], ["https://a.test/path"], ["*"], ["null"]])
def test_what_is_no_origin_is_refused(world, origins):
    with pytest.raises(widget.NoOrigin):
        widget.set_up(origins=origins, by=world.olga, at=JUNE)


@pytest.mark.parametrize("who", ["mona", "ada", "otto"])
def test_only_who_manages_settings_sets_it(on, world, who):
    by = getattr(world, who)
    for verb, more in ((widget.set_up, {"origins": [APP]}), (widget.renew_secret, {}), (widget.end, {})):  # fmt: skip
        with pytest.raises(widget.MayNotSetWidget):
            verb(by=by, at=JUNE, **more)


def test_who_is_signed_for_is_the_right_person(on, world):
    assert signed_for(world.cleo, sign(on, world.cleo)) == world.cleo


def test_the_signature_is_what_the_docs_say():
    plain = hmac.new(b"secret", b"dana\n1780000000", hashlib.sha256).hexdigest()

    assert rules.signature("secret", "dana", 1_780_000_000) == plain


@pytest.mark.parametrize(
    ("expires", "at"),
    [
        (SOON, JUNE + timedelta(hours=13)),
        (rules.until(JUNE, hours=48), JUNE),
        (int(JUNE.timestamp()), JUNE),
    ],
)
def test_a_signature_that_expired_or_lives_too_long_is_worth_nothing(on, world, expires, at):
    with pytest.raises(queries.NotSigned):
        signed_for(world.cleo, sign(on, world.cleo, expires), expires, at)


def test_nobody_answers_as_another(on, world):
    with pytest.raises(queries.NotSigned):
        signed_for(world.dora, sign(on, world.cleo))
    world.cleo.left_on = JUNE.date()
    world.cleo.save()
    with pytest.raises(queries.NotSigned):
        signed_for(world.cleo, sign(on, world.cleo))


@given(signed=some.text(), expires=some.text())
def test_whatever_is_made_up_signs_for_nobody(signed, expires):
    assert not rules.is_signed(["s"], contact_key="cleo", expires=expires, signed=signed, at=JUNE)


def test_the_secret_before_counts_for_a_day(on, world):
    old = sign(on, world.cleo)
    renewed = widget.renew_secret(by=world.olga, at=JUNE)

    assert signed_for(world.cleo, old) == world.cleo
    assert signed_for(world.cleo, sign(renewed, world.cleo)) == world.cleo
    later = JUNE + timedelta(hours=25)
    until = rules.until(later)
    stale = rules.signature(queries.secret(on), world.cleo.key, until)
    with pytest.raises(queries.NotSigned):
        signed_for(world.cleo, stale, until, later)


def test_once_ended_nothing_is_signed_and_nothing_can_be_renewed(on, world):
    signed = sign(on, world.cleo)
    widget.end(by=world.olga, at=JUNE)

    assert queries.origins() == ()
    with pytest.raises(queries.NotSigned):
        signed_for(world.cleo, signed)
    for verb in (widget.end, widget.renew_secret):
        with pytest.raises(widget.WidgetIsOff):
            verb(by=world.olga, at=JUNE)
    assert "voice.widget_ended" in fact_names()


def test_it_asks_once_and_again_only_as_the_budget_lets_it(on, world):
    first = widget.ask(contact=world.cleo, survey_key="nps", at=JUNE)
    again = widget.ask(contact=world.cleo, survey_key="nps", at=JUNE + timedelta(hours=1))

    assert (first.channel, first.kind, first.closes_at) == ("link", "nps", JUNE + rules.OPEN_FOR)
    assert again == first
    assert widget.ask(contact=world.cleo, survey_key="csat", at=JUNE) is None
    answers.give(
        contact=world.cleo, kind="nps", value="9", ask=first, version=first.version,
        by=world.cleo, at=JUNE,
    )  # fmt: skip
    assert widget.ask(contact=world.cleo, survey_key="nps", at=JUNE + timedelta(days=20)) is None
    assert Ask.objects.count() == 1


def test_what_was_asked_by_mail_can_be_answered_in_the_product(on, world):
    nps = surveys.newest(surveys.by_key("nps"))
    survey_mails.send(contact=world.cleo, version=nps, by=world.ada, at=JUNE)

    assert widget.ask(contact=world.cleo, survey_key="nps", at=JUNE) == Ask.objects.get()


def test_who_has_no_address_can_be_asked_and_the_budget_holds(on, world):
    world.uma.email = ""
    world.uma.save()
    first = widget.ask(contact=world.uma, survey_key="csat", at=JUNE)

    assert first is not None
    assert widget.ask(contact=world.uma, survey_key="nps", at=JUNE) is None


@pytest.mark.parametrize("key", ["intent", "verdict", "still_right", "nothing"])
def test_what_needs_a_letter_or_a_goal_is_not_for_the_product(on, world, key):
    with pytest.raises(widget.NotForTheWidget):
        widget.ask(contact=world.cleo, survey_key=key, at=JUNE)


def test_a_question_in_the_product_is_opened_once(on, world):
    ask = widget.ask(contact=world.cleo, survey_key="nps", at=JUNE)

    assert openings.note_ask(ask=ask, arrival=Arrival(at=JUNE))
    assert not openings.note_ask(ask=ask, arrival=Arrival(at=JUNE))
    assert not openings.note_ask(ask=None, arrival=Arrival(at=JUNE))
    assert queries.ask_of(ask.pk) == ask
    assert queries.ask_of(0) is None
