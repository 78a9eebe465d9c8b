"""How long words are kept: each kind as long as was set for it, and what was chosen for good."""

from datetime import timedelta

import pytest

from arbiter.accounts import jobs
from arbiter.accounts.actions import retention
from arbiter.accounts.actions.retention import KeptTooShort, NoSuchKind
from arbiter.accounts.queries import retention as read
from arbiter.foundation.mail import outbox
from arbiter.foundation.models import Fact, OutboxMail, Person
from arbiter.foundation.permissions import NotAllowed
from arbiter.outcomes.actions import verdicts
from arbiter.outcomes.models import Verdict
from arbiter.voice.actions import answers, feedback
from arbiter.voice.models import Answer, Feedback, InboundMail
from tests.facts import last_fact
from tests.world import APRIL, JANUARY, JUNE, LAST_YEAR, MAY

KINDS = {"comments", "feedback", "inbound", "mails", "verdict_comments"}


@pytest.fixture
def said(world):
    """Something of every kind, once long ago and once lately."""
    for at in (LAST_YEAR, MAY):
        answers.give(
            contact=world.cleo,
            kind="nps",
            value="3",
            scale="0-10",
            comment=f"Slow on {at:%A}",
            by=world.cleo,
            at=at,
        )
        feedback.receive(
            customer=world.harbour,
            contact=world.cleo,
            text=f"Faster, please {at:%B}",
            source="interview",
            by=world.ada,
            at=at,
        )
        verdicts.give(
            goal=world.faster_onboarding,
            contact=world.cleo,
            verdict="partly",
            comment="Half of them",
            by=world.cleo,
            at=at,
        )
        outbox.put(dedupe_key=str(at), to="cleo@harbour.test", subject="Hi", text="Hi", at=at)
        InboundMail.objects.create(message_id=str(at), sender_hash="x", received_at=at)
    return world


def keep(world, kind, days, at=JUNE):
    return retention.keep(kind=kind, days=days, by=world.olga, at=at)


def forget(at=JUNE):
    return retention.forget_over(by=Person.objects.system(), at=at)


def over(at=JUNE):
    return {kept.key: kept.over for kept in read.every(at=at)}


def test_nothing_goes_that_nobody_has_set(said):
    assert over() == dict.fromkeys(KINDS, 0)
    assert forget() == {}
    assert Answer.objects.exclude(comment="").count() == 2


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_would_go_is_told_first_and_is_what_goes(said, kind):
    keep(said, kind, 180)
    told = over()

    expected = 2 if kind == "feedback" else 1
    assert forget() == {kind: told[kind]} == {kind: expected}
    assert over()[kind] == 0
    assert forget() == {}


def test_the_answers_themselves_stay(said):
    for kind in KINDS:
        keep(said, kind, 180)
    before = [
        list(Answer.objects.order_by("pk").values_list("value", "at", "contact")),
        list(Verdict.objects.order_by("pk").values_list("verdict", "at", "contact")),
        Feedback.objects.count(),
        OutboxMail.objects.count(),
    ]

    forget()

    assert before == [
        list(Answer.objects.order_by("pk").values_list("value", "at", "contact")),
        list(Verdict.objects.order_by("pk").values_list("verdict", "at", "contact")),
        Feedback.objects.count(),
        OutboxMail.objects.count(),
    ]
    assert [each.comment for each in Answer.objects.order_by("at")] == ["", f"Slow on {MAY:%A}"]
    assert [each.to for each in OutboxMail.objects.order_by("at")] == ["", "cleo@harbour.test"]


def test_a_mail_that_waits_is_no_mail_that_is_over(said):
    OutboxMail.objects.update(status="queued")
    keep(said, "mails", 30)

    assert over()["mails"] == 0


def test_each_night_and_each_setting_is_in_the_journal(said):
    kept = keep(said, "mails", 365, at=APRIL)
    assert (last_fact().name, last_fact().details) == (
        "accounts.retention_set",
        {"days": 365, "kind": "mails"},
    )

    keep(said, "mails", 60, at=MAY)
    jobs.forget_over.call()

    fact = Fact.objects.get(name="accounts.retention_applied")
    assert (fact.subject_id, fact.details) == (kept.pk, {"count": 1, "kind": "mails"})
    (line,) = [each for each in read.every(at=JUNE) if each.key == "mails"]
    assert (line.days, line.set_by, line.set_at) == (60, said.olga, MAY)


def test_a_kind_may_be_kept_for_good_again(said):
    keep(said, "mails", 60, at=JANUARY)
    keep(said, "mails", None, at=MAY)

    assert forget(JUNE + timedelta(days=900)) == {}


@pytest.mark.parametrize(
    ("refusal", "given"),
    [(NoSuchKind, {"kind": "journal", "days": 60}), (KeptTooShort, {"kind": "mails", "days": 29})],
)
def test_what_cannot_be_kept_so_is_refused(world, refusal, given):
    with pytest.raises(refusal):
        retention.keep(**given, by=world.olga, at=JUNE)


def test_only_who_manages_the_settings_sets_it(world):
    with pytest.raises(NotAllowed):
        retention.keep(kind="mails", days=60, by=world.mona, at=JUNE)
