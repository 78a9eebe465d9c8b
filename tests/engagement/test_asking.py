"""Rules of asking: what they wait for, whom they find, whom they ask, and why not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from arbiter.accounts.actions import contacts as people
from arbiter.accounts.actions import contracts, customers
from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.connectors.workspace_files import importing, sources
from arbiter.engagement.actions import asking_rules, occasions
from arbiter.engagement.models import AskingRule, Occasion
from arbiter.engagement.queries import asking_rules as rules
from arbiter.engagement.queries import occasions as known
from arbiter.engagement.queries import plan
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.foundation.models import OutboxMail
from arbiter.outcomes.actions import milestones, stages
from arbiter.voice.actions import letters, limits
from arbiter.voice.models import Ask, Feedback
from arbiter.voice.rules.budget import Limits
from tests.facts import fact_names, last_fact
from tests.usage.logged import did, done
from tests.world import JUNE, MAY, NEXT_YEAR

# Harbour's contract ends on 30 September, Quay's on 30 November.
JULY_3 = datetime(2026, 7, 3, 9, tzinfo=UTC)
EVERYBODY = Whom(most_people=9)


def rule(world, on, whom=EVERYBODY, survey_key="", since=MAY, **more):
    shares = {name: more.pop(name) for name in list(more) if name.endswith("percent")}
    made = asking_rules.make(
        name=f"On {on}",
        when=When(on, **more),
        whom=whom,
        survey_key=survey_key,
        by=world.mona,
        at=MAY,
        **shares,
    )
    return asking_rules.switch_on(rule=made, by=world.mona, at=since) if since else made


def found(at=JUNE):
    occasions.find_occasions(at)
    rows = Occasion.objects.select_related("contact").order_by("pk")
    return [(row.contact.name.split()[0], row.because) for row in rows]


def names(at=JUNE):
    return [name for name, _ in found(at)]


def test_before_a_renewal_whoever_decides_is_found_first_and_once_a_step(world):
    rule(world, Trigger.BEFORE_RENEWAL, whom=Whom(most_people=2), days=(90, 30))

    assert names(JUNE) == []
    assert found(JULY_3) == [
        ("Dora", "The contract ends on 30 September 2026."),
        ("Sam", "The contract ends on 30 September 2026."),
    ]
    assert names(JULY_3 + timedelta(days=1)) == ["Dora", "Sam"]
    assert names(datetime(2026, 9, 2, 9, tzinfo=UTC)) == ["Dora", "Sam", "Dora", "Sam", "Dov"]


def test_each_customer_has_a_turn_of_its_own_every_so_many_months(world):
    rule(world, Trigger.EVERY, whom=Whom(most_people=1), months=6)

    days = [JUNE + timedelta(days=day) for day in range(190)]
    turns = {day: len(names(day)) for day in days}

    assert turns[days[-1]] in (2, 3, 4)
    assert set(names(days[-1])) == {"Dora", "Dov"}


def test_days_after_the_beginning_several_in_a_trial(world):
    trial = Customer.objects.create(key="trial", name="Trial", since=date(2026, 5, 25))
    Contact.objects.create(customer=trial, name="Tess Tal", role="user", email="t@trial.test")
    rule(world, Trigger.AFTER_START, days=(3, 7, 14))

    assert found() == [
        ("Tess", "3 days after they began on 25 May 2026."),
        ("Tess", "7 days after they began on 25 May 2026."),
    ]
    assert len(found(JUNE + timedelta(days=7))) == 3


def test_another_stage_is_heard_of(world):
    rule(world, Trigger.STAGE_CHANGED, whom=Whom(roles=("champion",)), stages=("renewal",))
    customers.edit(customer=world.harbour, by=world.ada, at=JUNE, stage="growth")
    assert names() == []

    customers.edit(customer=world.harbour, by=world.ada, at=JUNE, stage="renewal")

    assert found() == [("Cleo", "They are in “renewal” now.")]


def test_seats_that_cross_a_step_and_a_plan_that_changes(world):
    rule(world, Trigger.SEATS_CROSSED, whom=Whom(roles=("sponsor",)), steps=(10, 50))
    rule(world, Trigger.PLAN_CHANGED, whom=Whom(roles=("champion",)))
    edit = {"contract": world.harbour_contract, "by": world.ada, "at": JUNE}
    contracts.edit(**edit, seats=45, plan="Pro")
    assert names() == []

    contracts.edit(**edit, seats=60, plan="Scale")

    assert found() == [
        ("Sam", "They passed 50 seats: 60 now."),
        ("Cleo", "Their plan is “Scale” now."),
    ]


def test_a_new_term_with_more_seats_and_another_plan_tells_it_too(world):
    Contract.objects.filter(pk=world.harbour_contract.pk).update(plan="Pro")
    next_term = {"starts_on": date(2026, 5, 30), "ends_on": date(2027, 5, 29)}
    Contract.objects.create(
        key="harbour-2", customer=world.harbour, seats=80, plan="Scale", **next_term
    )
    for trigger in (Trigger.SEATS_CROSSED, Trigger.PLAN_CHANGED, Trigger.PURCHASE):
        rule(world, trigger, whom=Whom(roles=("champion",)), steps=(50,))

    assert [because for _, because in found()] == [
        "They passed 50 seats: 80 now.",
        "Their plan is “Scale” now.",
        "They bought: a contract began on 30 May 2026.",
    ]


def test_a_new_sponsor_is_asked_and_nobody_else(world):
    rule(world, Trigger.NEW_SPONSOR)
    people.add(
        customer=world.quay,
        name="Nia North",
        email="nia@quay.test",
        role="sponsor",
        by=world.quinn,
        at=JUNE,
    )
    people.edit(contact=world.cleo, role="decision_maker", by=world.ada, at=JUNE)

    assert found() == [
        ("Cleo", "Cleo Castro is new as decision maker."),
        ("Nia", "Nia North is new as sponsor."),
    ]


def test_a_milestone_that_is_reached(world):
    rule(world, Trigger.MILESTONE_REACHED, whom=Whom(roles=("champion",)), survey_key="csat")
    step = milestones.add(
        customer=world.harbour,
        title="Crew app is live",
        goal=world.faster_onboarding,
        by=world.ada,
        at=MAY,
    )
    milestones.finish(milestone=step, by=world.ada, at=JUNE)

    assert found() == [("Cleo", "“Crew app is live” was done on 1 June.")]
    assert Occasion.objects.get().goal_key == "faster_onboarding"


def test_a_goal_gone_stale_is_put_to_whoever_stated_it(world):
    rule(world, Trigger.GOAL_STALE, survey_key="still_right", since=NEXT_YEAR)

    names(NEXT_YEAR + timedelta(days=1))

    rows = Occasion.objects.values_list("contact__name", "goal_key").order_by("pk")
    assert list(rows) == [
        ("Cleo Castro", "faster_onboarding"),
        ("Dora Diaz", "lower_support_cost"),
        ("Dov Dahl", "more_bookings"),
    ]


def test_a_ticket_that_was_closed_is_asked_about_where_it_came_from(world):
    rule(world, Trigger.TICKET_CLOSED, survey_key="ces")
    ticket = {"customer": world.harbour, "source": "ticket", "text": "Printing fails"}
    for state in ("done", "new"):
        Feedback.objects.create(
            **ticket, contact=world.uma, at=JUNE, recorded_at=JUNE, status=state
        )

    assert found() == [("Uma", "Their ticket of 1 June was closed.")]


def test_a_usage_event_is_asked_about_whoever_did_it(world):
    named = {"events": ("Training finished",)}
    rule(world, Trigger.TRAINING_DONE, survey_key="csat", **named)
    rule(world, Trigger.USAGE_EVENT, whom=Whom(roles=("champion",)), survey_key="ces", **named)
    did(done("Training finished", at=JUNE - timedelta(days=2), user="uma"))

    assert found() == [("Uma", "“Training finished” on 30 May.")]


def test_a_file_that_moves_a_customer_into_another_stage_is_heard(world, tmp_path):
    rule(world, Trigger.STAGE_CHANGED, whom=Whom(roles=("champion",)))
    file = tmp_path / "customers.csv"
    file.write_text("customer_id,name,stage\nharbour,Harbour,growth\nquay,Quay,growth\n")

    importing.store(sources.open_source(tmp_path), by=world.olga, at=JUNE)

    assert found(JUNE + timedelta(minutes=1)) == [("Cleo", "They are in “growth” now.")]


def test_success_of_a_stage_is_due_in_the_meaning_it_has_for_them(world):
    for segment, days in (("", 400), ("Enterprise", 245)):
        stages.add(
            name="adoption",
            meaning="Every crew works alone",
            segment=segment,
            success_within_days=days,
            by=world.olga,
            at=MAY,
        )
    rule(world, Trigger.STAGE_SUCCESS, whom=Whom(roles=("champion",)))
    at = datetime(2026, 6, 3, 9, tzinfo=UTC)
    assert names(at) == []

    Customer.objects.filter(pk=world.harbour.pk).update(segment="Enterprise")

    assert found(at) == [("Cleo", "“adoption” should have succeeded by 3 June 2026.")]


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
