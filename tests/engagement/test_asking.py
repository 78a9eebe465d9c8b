"""Rules of asking: whom they ask, in which order, and why not."""

from datetime import UTC, datetime, timedelta

import pytest

from arbiter.accounts.actions import contacts as people
from arbiter.accounts.models import Contact, Contract
from arbiter.engagement.actions import asking_rules, occasions
from arbiter.engagement.models import AskingRule, Occasion
from arbiter.engagement.queries import asking_rules as rules
from arbiter.engagement.queries import occasions as known
from arbiter.engagement.queries import plan
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import letters, limits
from arbiter.voice.models import Ask
from arbiter.voice.rules.budget import Limits
from tests.engagement.found import names, rule
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY, NEXT_YEAR


def test_only_the_named_segments_products_and_roles_are_asked(world):
    Contract.objects.filter(pk=world.quay_contract.pk).update(product="Berths")
    soon = {"days": (400,)}
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(products=("Berths",)), **soon)
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(segments=("Nowhere",)), **soon)
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(stages=("adoption",), roles=("user",)), **soon)

    assert names() == ["Dov", "Uma"]


def test_with_nobody_who_decides_within_reach_nobody_is_asked_where_that_is_wanted(world):
    Contact.objects.filter(pk__in=[world.dora.pk, world.sam.pk]).update(email="")
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(covers=True, roles=("user",)), days=(150,))

    occasions.find_occasions(JUNE)

    row = Occasion.objects.get()
    assert (row.state, row.reason_code) == ("not_asked", "not_covered")
    assert row.reason == "is not asked alone: nobody who decides at Harbour can be."


def test_the_share_that_is_asked_is_drawn_by_lot_and_stays(world):
    rule(world, Trigger.BEFORE_RENEWAL, days=(150,), sample_percent=0)
    rule(world, Trigger.BEFORE_RENEWAL, days=(150,), hold_out_percent=100)

    occasions.find_occasions(JUNE)

    told = set(Occasion.objects.values_list("state", "reason_code"))
    assert told == {("not_asked", "sampled_out"), ("waiting", "")}


def test_who_is_held_out_is_never_asked_once_there_are_enough(world, monkeypatch):
    monkeypatch.setattr("arbiter.engagement.rules.asking.HOLD_OUT_FROM", 3)
    rule(world, Trigger.BEFORE_RENEWAL, days=(150,), hold_out_percent=100)

    occasions.find_occasions(JUNE)
    occasions.ask_due(JUNE)

    assert set(Occasion.objects.values_list("state", flat=True)) == {"held_out"}
    assert not OutboxMail.objects.exists()


def test_a_rule_asks_by_letter_in_the_name_of_whoever_looks_after_them(world):
    made = rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(most_people=1), days=(150,))
    occasions.find_occasions(JUNE)

    done = occasions.ask_due(JUNE)

    mail, row = OutboxMail.objects.get(), Occasion.objects.get()
    assert (done.asked, mail.to, mail.reply_to) == (1, "dora@harbour.test", "ada@lighthouse.test")
    first = Ask.objects.order_by("pk").first()
    assert (row.state, row.ask_key) == ("asked", first.key)
    assert (first.kind, first.rule_key) == ("intent", made.key)


def test_a_rule_asks_a_survey(world):
    rule(
        world, Trigger.EVERY, whom=Whom(roles=("champion",)), months=1, survey_key="nps", since=JUNE
    )
    at = JUNE
    while not names(at):
        at += timedelta(days=1)

    for days in range(4):
        # One of them is no day of a weekend.
        occasions.ask_due(at + timedelta(days=days))

    row = Occasion.objects.first()
    ask = Ask.objects.get()
    assert (row.state, ask.kind, ask.version.survey.key) == ("asked", "nps", "nps")
    assert ask.closes_at == ask.at + timedelta(days=30)


def test_a_goals_survey_asks_about_the_goal(world):
    rule(world, Trigger.GOAL_STALE, survey_key="still_right", since=NEXT_YEAR)
    at = NEXT_YEAR + timedelta(days=1)
    occasions.find_occasions(at)

    occasions.ask_due(at)

    assert Ask.objects.get(contact=world.cleo).goal_key == "faster_onboarding"


def test_whoever_may_not_be_asked_now_waits_and_says_why(world):
    letters.send(contact=world.dora, goals=[], by=world.ada, at=JUNE - timedelta(days=3))
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(roles=("decision_maker",)), days=(125,))
    occasions.find_occasions(JUNE)

    done = occasions.ask_due(JUNE)

    row = Occasion.objects.get()
    assert (done.asked, done.waiting) == (0, 1)
    assert (row.state, row.reason_code) == ("waiting", "too_soon")
    assert row.look_at == JUNE + timedelta(days=4)
    assert not known.is_any_due(JUNE + timedelta(days=1))
    assert occasions.ask_due(JUNE + timedelta(days=4)).asked == 1


def test_a_survey_steps_back_for_an_outcome_question_that_waits(world):
    rule(world, Trigger.AFTER_START, survey_key="nps", days=(243,), whom=Whom(roles=("sponsor",)))
    letters.send(contact=world.sam, goals=[], by=world.ada, at=JUNE - timedelta(days=3))
    Ask.objects.update(at=JUNE - timedelta(days=6))
    rule(world, Trigger.BEFORE_RENEWAL, days=(150,), whom=Whom(roles=("sponsor",)))
    occasions.find_occasions(JUNE)

    occasions.ask_due(JUNE)

    codes = dict(Occasion.objects.values_list("rule__survey_key", "reason_code"))
    assert codes == {"": "too_soon", "nps": "outcome_pending"}


def test_what_waits_too_long_lapses_with_the_reason_it_waited_for(world):
    letters.send(contact=world.dora, goals=[], by=world.ada, at=JUNE)
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(roles=("decision_maker",)), days=(125,))
    occasions.find_occasions(JUNE)
    occasions.ask_due(JUNE)

    occasions.ask_due(JUNE + timedelta(days=61))

    row = Occasion.objects.get()
    assert (row.state, row.reason_code) == ("not_asked", "lapsed")
    assert "Before: was asked on 1 June" in row.reason


def test_whoever_left_meanwhile_is_not_asked(world):
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(roles=("decision_maker",)), days=(125,))
    occasions.find_occasions(JUNE)
    people.leave(contact=world.dora, left_on=JUNE.date(), by=world.ada, at=JUNE)

    assert occasions.ask_due(JUNE).not_asked == 1
    assert Occasion.objects.get().reason == "left on 1 June 2026."


def test_asking_by_hand_waits_its_turn_like_any_other(world):
    made = rule(world, Trigger.MANUAL)

    assert occasions.ask_now(rule=made, people=[world.cleo, world.dora], by=world.ada, at=JUNE) == 2
    assert last_fact().name == "engagement.asked_by_hand"
    assert occasions.ask_due(JUNE).asked == 2


def tomorrow(*readings, at=JUNE):
    return plan.of(readings or rules.switched_on(), day=plan.tomorrow(at))


def test_a_rule_shows_whom_it_would_ask_tomorrow_before_it_is_switched_on(world):
    made = rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(most_people=9), days=(150,), since=None)
    Contact.objects.filter(pk=world.uma.pk).update(email="")

    shown = tomorrow(rules.read(made, since=JUNE))

    assert [told.name for told in shown.asked] == ["Dora Diaz", "Sam Silva", "Cleo Castro"]
    assert [(told.name, told.sentence) for told in shown.not_asked] == [
        ("Uma Urban", "has no mail address.")
    ]
    assert (shown.count, shown.customers, shown.with_decider) == (3, 1, 1)
    assert shown.asked[0].at == datetime(2026, 6, 2, 8, tzinfo=UTC)
    assert not Occasion.objects.exists()
    assert fact_names() == ["engagement.asking_rule_made"]


def test_what_is_planned_is_what_is_done(world):
    rule(world, Trigger.BEFORE_RENEWAL, days=(200,))
    rule(world, Trigger.AFTER_START, survey_key="nps", days=(244,))
    shown = tomorrow()
    at = datetime(2026, 6, 2, 8, tzinfo=UTC)

    occasions.find_occasions(at)
    occasions.ask_due(at)

    asked = Occasion.objects.filter(state="asked").values_list("contact__name", flat=True)
    assert sorted(asked) == sorted(told.name for told in shown.asked)
    codes = Occasion.objects.exclude(state="asked").values_list("reason_code", flat=True)
    assert sorted(codes) == sorted(shown.reasons.elements())


def test_so_many_a_day_are_planned_and_the_rest_waits(world):
    limits.set_limits(limits=Limits(a_day=1), by=world.olga, at=MAY)
    rule(world, Trigger.BEFORE_RENEWAL, days=(150,))

    shown = tomorrow()

    assert [told.name for told in shown.asked] == ["Dora Diaz"]
    assert shown.reasons == {"daily_most": 2, "customer_week": 1}


def test_when_a_day_is_full_everybody_else_waits_for_the_next(world):
    limits.set_limits(limits=Limits(a_day=1), by=world.olga, at=MAY)
    rule(world, Trigger.BEFORE_RENEWAL, days=(150,))
    occasions.find_occasions(JUNE)

    rounds = [occasions.ask_due(JUNE + timedelta(minutes=minute)) for minute in range(2)]

    assert [done.asked for done in rounds] == [1, 0]
    waiting = Occasion.objects.filter(state="waiting")
    assert set(waiting.values_list("reason", flat=True)) == {"waits: 1 person was asked today."}
    occasions.ask_now(rule=AskingRule.objects.get(), people=[world.dov], by=world.mona, at=JUNE)
    assert occasions.ask_due(JUNE + timedelta(minutes=3)).waiting == 1
    assert occasions.ask_due(JUNE + timedelta(days=1)).asked == 1


def test_those_who_wait_since_earlier_are_planned_too(world):
    letters.send(contact=world.dora, goals=[], by=world.ada, at=JUNE - timedelta(days=6))
    made = rule(world, Trigger.MANUAL)
    occasions.ask_now(rule=made, people=[world.dora], by=world.ada, at=JUNE)
    assert occasions.ask_due(JUNE).waiting == 1

    assert [told.name for told in tomorrow().asked] == ["Dora Diaz"]


def test_a_rule_is_made_changed_switched_and_put_away(world):
    made = rule(world, Trigger.MANUAL, since=None)
    changed = asking_rules.change(
        rule=made,
        name="NPS",
        when=When(Trigger.EVERY, months=6),
        whom=Whom(),
        survey_key="nps",
        by=world.mona,
        at=JUNE,
    )
    asking_rules.switch_on(rule=changed, by=world.mona, at=JUNE)
    asking_rules.switch_off(rule=changed, by=world.mona, at=JUNE)
    asking_rules.archive(rule=changed, by=world.mona, at=JUNE)
    asking_rules.restore(rule=changed, by=world.mona, at=JUNE)

    assert [name.removeprefix("engagement.asking_rule_") for name in fact_names()] == [
        "made",
        "changed",
        "switched_on",
        "switched_off",
        "archived",
        "restored",
    ]
    assert not rules.is_any_on()


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": " "}, asking_rules.RuleUnnamed),
        ({"when": When(Trigger.BEFORE_RENEWAL)}, asking_rules.SaysTooLittle),
        ({"when": When(Trigger.EVERY)}, asking_rules.SaysTooLittle),
        ({"when": When(Trigger.SEATS_CROSSED)}, asking_rules.SaysTooLittle),
        ({"when": When(Trigger.USAGE_EVENT)}, asking_rules.SaysTooLittle),
        ({"survey_key": "nothing"}, asking_rules.NoSuchSurvey),
        ({"sample_percent": 101}, asking_rules.BeyondAHundred),
    ],
)
def test_a_rule_that_cannot_work_is_refused(world, more, refusal):
    given = {"name": "Rule", "when": When(Trigger.MANUAL), "whom": Whom(), **more}

    with pytest.raises(refusal):
        asking_rules.make(**given, by=world.mona, at=JUNE)


def test_only_whoever_sees_every_customer_makes_rules(world):
    with pytest.raises(asking_rules.MayNotRule):
        asking_rules.make(
            name="Rule", when=When(Trigger.MANUAL), whom=Whom(), by=world.ada, at=JUNE
        )


def test_each_switch_is_turned_once(world):
    made = rule(world, Trigger.MANUAL)
    given = {"rule": made, "by": world.mona, "at": JUNE}

    with pytest.raises(asking_rules.RuleIsOn):
        asking_rules.switch_on(**given)
    with pytest.raises(asking_rules.RuleIsOn):
        asking_rules.change(**given, name="x", when=When(Trigger.MANUAL), whom=Whom())
    asking_rules.switch_off(**given)
    with pytest.raises(asking_rules.RuleIsOff):
        asking_rules.switch_off(**given)
    with pytest.raises(asking_rules.RuleIsOff):
        asking_rules.restore(**given)
    asking_rules.archive(**given)
    with pytest.raises(asking_rules.RuleArchived):
        asking_rules.switch_on(**given)


def test_a_rule_without_a_survey_on_file_any_more_asks_nobody_and_says_why(world):
    made = rule(world, Trigger.MANUAL, survey_key="nps")
    AskingRule.objects.filter(pk=made.pk).update(survey_key="gone")
    occasions.ask_now(rule=made, people=[world.cleo], by=world.ada, at=JUNE)

    occasions.ask_due(JUNE)

    row = Occasion.objects.get()
    assert (row.state, row.reason) == ("not_asked", "is not asked: the survey is archived.")
    assert not Ask.objects.exists()
