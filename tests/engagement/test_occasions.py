"""What rules of asking wait for: each kind of occasion finds its people, once."""

from datetime import UTC, date, datetime, timedelta

from arbiter.accounts.actions import contacts as people
from arbiter.accounts.actions import contracts, customers
from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.connectors.workspace_files import importing, sources
from arbiter.engagement.models import Occasion
from arbiter.engagement.rules.asking import Trigger, Whom
from arbiter.outcomes.actions import milestones, stages
from arbiter.voice.actions import feedback
from tests.engagement.found import found, names, rule
from tests.usage.logged import did, done
from tests.world import JUNE, LAST_YEAR, MAY, NEXT_YEAR

# Harbour's contract ends on 30 September, Quay's on 30 November.
JULY_3 = datetime(2026, 7, 3, 9, tzinfo=UTC)


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


def test_another_product_is_heard_of_and_the_same_one_is_not(world):
    Contract.objects.filter(pk=world.harbour_contract.pk).update(product="Berths")
    rule(world, Trigger.PRODUCT_ADDED, whom=Whom(roles=("champion",)))
    for product in ("Berths", "Crews"):
        Contract.objects.create(
            customer=world.harbour,
            product=product,
            starts_on=date(2026, 5, 28),
            ends_on=date(2027, 5, 27),
        )

    assert found() == [("Cleo", "They use “Crews” now.")]


def test_a_customer_that_became_part_of_another_is_heard_of(world):
    rule(world, Trigger.MERGED, whom=Whom(roles=("champion",)))
    customers.edit(customer=world.harbour, by=world.olga, at=JUNE, parent=world.quay)

    assert found() == [("Cleo", "They are part of another customer now.")]

    customers.edit(customer=world.harbour, by=world.olga, at=JUNE, parent=None)
    assert len(found()) == 1


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
    said = {"customer": world.harbour, "contact": world.uma, "source": "ticket", "by": world.ada}
    done, _ = (feedback.receive(**said, text=text, at=LAST_YEAR) for text in ("Slow", "Fails"))

    feedback.set_status(feedback=done, status="done", by=world.ada, at=JUNE)

    assert found() == [("Uma", "Their ticket was closed on 1 June.")]


TICKETS = """\
feedback_id,customer_id,contact_id,at,text,source,status,closed_at
t-1,harbour,uma,2025-03-01T09:00:00Z,Opened long ago,ticket,done,2026-05-30T09:00:00Z
t-2,harbour,cleo,2025-03-01T09:00:00Z,Closed long ago,ticket,done,2025-04-01T09:00:00Z
t-3,harbour,dora,2025-03-01T09:00:00Z,Nobody knows when,ticket,done,
t-4,harbour,dora,2026-05-30T09:00:00Z,Refused,ticket,declined,2026-05-30T09:00:00Z
t-5,quay,dov,2026-05-01T09:00:00Z,Open,ticket,in_work,
"""


def bring(world, tmp_path, text, at=JUNE):
    file = tmp_path / "feedback.csv"
    file.write_text(text)
    report = importing.store(sources.open_source(file), by=world.olga, at=at)
    assert report.stored, report.problems


def test_tickets_of_a_first_import_count_from_their_own_closing_and_old_ones_ask_nobody(
    world, tmp_path
):
    rule(world, Trigger.TICKET_CLOSED, survey_key="ces", since=LAST_YEAR)

    bring(world, tmp_path, TICKETS)

    assert found() == [("Uma", "Their ticket was closed on 30 May.")]


def test_tickets_closed_before_the_rule_was_switched_on_ask_nobody(world, tmp_path):
    rule(world, Trigger.TICKET_CLOSED, survey_key="ces", since=JUNE - timedelta(hours=1))

    bring(world, tmp_path, TICKETS)

    assert found() == []


def test_a_ticket_that_a_changed_file_closes_was_closed_when_the_file_came_unless_it_says_when(
    world, tmp_path
):
    rule(world, Trigger.TICKET_CLOSED, survey_key="ces", since=LAST_YEAR)
    bring(world, tmp_path, TICKETS)
    later = JUNE + timedelta(days=30)
    assert found(later) == []

    bring(world, tmp_path, TICKETS.replace("in_work,", "done,"), at=later)

    assert found(later) == [("Dov", "Their ticket was closed on 1 July.")]


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
