"""Where customers stand: every part of a row, and that a rebuild never says anything else."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import TestCase

from arbiter.accounts.actions import contacts, contracts, customers
from arbiter.accounts.models import Contact, Contract, Customer, Signal
from arbiter.engagement.actions import touchpoints
from arbiter.forecast import jobs
from arbiter.forecast.actions import beliefs, openings, standings
from arbiter.forecast.models import Anchor, Edition, Forecast, Outlook, StaleCustomer, Standing
from arbiter.foundation.refusals import Refusal
from arbiter.outcomes.actions import awareness, goals, results, revisions, verdicts
from arbiter.voice.actions import answers, asks
from tests.forecast.test_forecasts import crowd
from tests.world import APRIL, JULY, JUNE, MARCH, MAY, NEXT_YEAR, TODAY


def harbour(world, *, as_of=JUNE):
    """Where Harbour stands, written now."""
    standings.refresh([world.harbour.pk], as_of=as_of)
    return Standing.objects.get(pk=world.harbour.pk)


def say(contact, value, *, at=MAY):
    return answers.give(contact=contact, kind="intent", value=value, by=contact, at=at)


def believe(world, chance="0.9", *, at=MAY):
    return beliefs.log(
        contract=world.harbour_contract, probability=Decimal(chance), by=world.ada, at=at
    )


def test_a_row_names_the_customer_its_owner_its_money_and_its_date(world):
    row = harbour(world)

    assert (row.key, row.name, row.stage, row.owner_name) == (
        "harbour",
        "Harbour",
        "adoption",
        "Ada Arnold",
    )
    assert (row.arr, row.currency, row.renews_on) == (Decimal(48_000), "EUR", date(2026, 9, 30))
    assert (row.contract_id, row.open_contracts) == (world.harbour_contract.pk, 1)
    assert (row.intent, row.goals, row.unjudged) == ("never_asked", 2, 2)
    assert row.low < row.probability < row.high


def test_money_in_other_currencies_stays_apart(world):
    for currency, arr in (("EUR", 2_000), ("USD", 9_000)):
        Contract.objects.create(
            customer=world.harbour,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            arr=Decimal(arr),
            currency=currency,
        )

    row = harbour(world)

    assert (row.arr, row.currency) == (Decimal(50_000), "EUR")
    assert row.other_currencies == {"USD": "9000.00"}
    assert row.contract_id == world.harbour_contract.pk


def test_what_people_said_stands_in_the_row_deciders_first(world):
    say(world.cleo, "yes", at=APRIL)
    say(world.dora, "not_sure", at=MAY)

    row = harbour(world)

    assert (row.intent, row.intent_at, row.last_heard_at) == ("not_sure", MAY, MAY)
    assert [person["role"] for person in row.people] == [
        "decision_maker",
        "sponsor",
        "champion",
        "user",
    ]
    assert row.people[0]["state"] == "not_sure"
    assert not row.silent_decision_maker
    assert row.next_step_about == {"contact": world.dora.pk, "name": "Dora Diaz"}


def test_where_only_the_friendly_answered_the_decision_maker_comes_next(world):
    believe(world)
    say(world.cleo, "yes")

    row = harbour(world)

    assert row.only_friendly
    assert row.silent_decision_maker
    assert (row.next_step, row.next_step_about["name"]) == ("ask_decision_maker", "Dora Diaz")


def test_goals_stand_in_the_row_with_the_leading_one_whole(world):
    believe(world)
    results.report(goal=world.faster_onboarding, value=Decimal("13.5"), by=world.ada, at=APRIL)

    row = harbour(world)

    assert row.segments == ["measured", "never_asked"]
    assert row.achieved_not_known == 1
    assert row.lead_goal["statement"].startswith("New crews")
    assert (row.lead_goal["baseline"], row.lead_goal["value"]) == (42.0, 13.5)
    assert row.next_step == "tell_them"
    assert harbour(world, as_of=JUNE + timedelta(days=2)).next_step == "ask"


def test_a_disputed_goal_is_settled_first(world):
    believe(world)
    verdicts.give(
        goal=world.faster_onboarding, contact=world.cleo, verdict="not", by=world.cleo, at=MAY
    )

    row = harbour(world)

    assert (row.disputed, row.next_step) == (1, "settle_dispute")
    assert row.next_step_about["goal"] == world.faster_onboarding.pk


def test_a_confirmed_goal_is_celebrated(world):
    believe(world)
    say(world.dora, "yes")
    for goal in (world.faster_onboarding, world.lower_support_cost):
        verdicts.give(goal=goal, contact=world.dora, verdict="achieved", by=world.dora, at=MAY)

    row = harbour(world, as_of=MAY)

    assert (row.confirmed, row.to_celebrate, row.next_step) == (2, 2, "celebrate")


def test_a_due_goal_nobody_judged_asks_for_a_verdict(world):
    believe(world)
    say(world.dora, "yes")

    row = harbour(world, as_of=JULY + timedelta(days=40))

    assert row.next_step == "ask_verdict"
    assert row.next_step_about["goal"] == world.faster_onboarding.pk


@pytest.mark.parametrize(
    ("logins", "result", "idle"), [(80, None, True), (0, None, False), (80, 20, False)]
)
def test_active_without_a_result_is_found(world, logins, result, idle):
    Signal.objects.create(
        customer=world.harbour, name="logins_30d", at=MAY, recorded_at=MAY, value=logins
    )
    if result is not None:
        results.report(goal=world.faster_onboarding, value=Decimal(result), by=world.ada, at=MAY)

    assert harbour(world).active_no_result is idle


def test_a_live_answer_is_sealed_until_somebody_says_what_they_believe(world):
    say(world.dora, "yes")
    sealed = harbour(world)
    believe(world)
    read = harbour(world)

    assert (sealed.sealed, sealed.next_step) == (True, "log_belief")
    assert Outlook.objects.get(customer=world.harbour).sealed is False
    assert (read.sealed, read.belief, read.belief_at) == (False, 0.9, MAY)


def test_a_sealed_answer_that_was_opened_is_sealed_no_more(world):
    given = say(world.dora, "yes")
    openings.open_sealed(answer_id=given.pk, contract=world.harbour_contract, by=world.ada, at=MAY)

    assert not harbour(world).sealed


def test_a_value_conversation_is_remembered(world):
    touchpoints.log(
        customer=world.harbour,
        contacts=[world.cleo],
        kind="call",
        value_conversation=True,
        summary="Talked about crews",
        by=world.ada,
        at=APRIL,
    )

    assert harbour(world).last_value_conversation_at == APRIL


def test_an_overdue_contract_stands_apart_and_is_not_forecast(world):
    row = harbour(world, as_of=NEXT_YEAR - timedelta(days=200))

    outlook = Outlook.objects.get(customer=world.harbour)
    assert (row.renews_on, row.open_contracts, row.probability) == (date(2026, 9, 30), 0, None)
    assert outlook.probability is None


def test_a_decided_contract_leaves_the_outlook(world):
    harbour(world, as_of=MARCH)
    contracts.decide(contract=world.harbour_contract, decision="renewed", by=world.ada, at=MAY)

    row = harbour(world)

    assert (row.contract_id, row.arr, row.urgency) == (None, None, 0)
    assert not Outlook.objects.filter(customer=world.harbour).exists()


def test_an_archived_customer_stands_with_the_archived(world):
    customers.archive(customer=world.harbour, by=world.ada, at=MAY)

    row = harbour(world)

    assert (row.archived, row.open_contracts) == (True, 0)


def test_the_outlook_has_a_row_for_every_open_contract(world):
    believe(world)
    standings.rebuild(as_of=JUNE)

    rows = {row.contract.key: row for row in Outlook.objects.select_related("contract")}

    assert set(rows) == {"harbour-1", "quay-1"}
    assert (rows["harbour-1"].arr, rows["harbour-1"].belief) == (Decimal(48_000), 0.9)
    assert rows["quay-1"].probability == Forecast.objects.get(contract__key="quay-1").probability


def test_each_writing_is_a_new_edition(world):
    standings.refresh([world.harbour.pk], as_of=MAY)
    first = Edition.objects.get().token

    standings.refresh([world.harbour.pk], as_of=MAY)

    assert Edition.objects.get().token != first


def marked():
    return set(StaleCustomer.objects.values_list("pk", flat=True))


def test_every_fact_marks_its_customer_in_the_same_transaction(world):
    say(world.dora, "yes")

    assert marked() == {world.harbour.pk}


def test_what_a_colleague_did_shows_right_after_the_commit(world):
    with TestCase.captureOnCommitCallbacks(execute=True):
        believe(world, "0.6")

    assert Standing.objects.get(pk=world.harbour.pk).belief == 0.6
    assert marked() == set()


def test_what_a_customer_said_waits_for_the_job(world):
    standings.rebuild(as_of=MAY)
    with TestCase.captureOnCommitCallbacks(execute=True):
        say(world.dora, "yes", at=TODAY)
    waiting = Standing.objects.get(pk=world.harbour.pk).intent

    assert jobs.has_stale()
    jobs.refresh_stale.call()

    assert (waiting, Standing.objects.get(pk=world.harbour.pk).intent) == ("never_asked", "yes")
    assert not jobs.has_stale()


def test_while_deferred_nothing_is_written_but_the_mark(world):
    with standings.deferred(), TestCase.captureOnCommitCallbacks(execute=True):
        believe(world)

    assert not Standing.objects.exists()
    assert marked() == {world.harbour.pk}


def test_more_than_a_few_customers_wait_for_the_job(world):
    crowd(60)
    standings.mark_everybody(since=MAY)

    with TestCase.captureOnCommitCallbacks(execute=True):
        believe(world)

    assert not Standing.objects.exists()
    assert standings.refresh_stale(as_of=JUNE) == 62
    assert Standing.objects.count() == 62


def test_a_fact_told_of_the_past_never_turns_the_row_back(world):
    say(world.dora, "yes", at=MAY)
    harbour(world, as_of=JUNE)
    with TestCase.captureOnCommitCallbacks(execute=True):
        believe(world, at=APRIL)

    row = Standing.objects.get(pk=world.harbour.pk)

    assert (row.as_of, row.intent, row.belief) == (JUNE, "yes", 0.9)


def test_a_portfolio_that_grew_is_anchored_anew_for_everybody(world):
    standings.rebuild(as_of=MAY)
    grown = crowd(20, "no")
    standings.mark(grown, since=JUNE)

    standings.refresh_stale(as_of=JUNE)

    new = Forecast.objects.filter(as_of=JUNE)
    assert new.filter(contract=world.harbour_contract).exists()
    assert set(new.values_list("anchor__contracts", flat=True)) == {22}


def test_a_portfolio_that_grew_without_moving_the_anchor_keeps_it(world):
    standings.rebuild(as_of=MAY)
    standings.mark(crowd(1), since=JUNE)

    standings.refresh_stale(as_of=JUNE)

    anchor = Anchor.objects.get()
    assert (anchor.as_of, anchor.contracts) == (MAY, 3)


def test_the_nightly_job_anchors_and_writes_everybody(world):
    jobs.rebuild.call()

    assert Standing.objects.count() == 2
    assert Forecast.objects.count() == 2


def test_the_row_of_a_customer_that_is_gone_goes_too(world):
    standings.rebuild(as_of=MAY)
    standings.mark([world.harbour.pk], since=MAY)
    Customer.objects.filter(pk=world.harbour.pk).delete()

    standings.refresh_stale(as_of=JUNE)

    assert not Standing.objects.filter(name="Harbour").exists()
    assert marked() == set()


def test_the_number_of_queries_does_not_grow_with_the_customers(db, django_assert_max_num_queries):
    crowd(2)
    standings.rebuild(as_of=MARCH)
    crowd(20)

    with django_assert_max_num_queries(45):
        standings.rebuild(as_of=JUNE)

    assert Standing.objects.count() == 22


class Life:
    """What may happen to the cast, each as a verb with drawn particulars; refusals are part of life."""

    def __init__(self, world, seed):
        self.world = world
        self.dice = random.Random(seed)

    def live(self, steps):
        """Let so many things happen, refreshing what each has marked."""
        for _ in range(steps):
            happening = self.dice.choice(HAPPENINGS)
            try:
                happening(self)
            except Refusal:
                continue
            standings.refresh_stale(as_of=TODAY)

    def contact(self):
        people = list(Contact.objects.filter(left_on=None).order_by("pk"))
        if not people:
            raise Refusal("Everybody has left.")
        return self.dice.choice(people)

    def contract(self):
        return self.dice.choice(list(Contract.objects.order_by("pk")))

    def goal(self):
        return self.dice.choice([self.world.faster_onboarding, self.world.more_bookings])

    def when(self):
        return TODAY - timedelta(days=self.dice.randrange(1, 100))

    def answer(self):
        person = self.contact()
        value = self.dice.choice(["yes", "no", "not_sure"])
        answers.give(contact=person, kind="intent", value=value, by=person, at=self.when())

    def ask(self):
        asks.put(
            contact=self.contact(),
            kind="intent",
            channel="call",
            by=self.world.olga,
            at=self.when(),
        )

    def believe(self):
        chance = Decimal(self.dice.randrange(101)) / 100
        beliefs.log(
            contract=self.contract(), probability=chance, by=self.world.olga, at=self.when()
        )

    def judge(self):
        person = self.contact()
        verdict = self.dice.choice(["achieved", "partly", "not", "too_early"])
        goal = self.goal()
        verdicts.give(goal=goal, contact=person, verdict=verdict, by=person, at=self.when())

    def measure(self):
        value = Decimal(self.dice.randrange(50))
        results.report(goal=self.goal(), value=value, by=self.world.olga, at=self.when())

    def see(self):
        awareness.see(goal=self.goal(), by=self.contact(), at=self.when())

    def reconfirm(self):
        revisions.reconfirm(goal=self.goal(), by=self.contact(), at=self.when())

    def retire(self):
        goals.retire(goal=self.goal(), reason="Changed", by=self.world.olga, at=self.when())

    def leave(self):
        contacts.leave(contact=self.contact(), left_on=TODAY.date(), by=self.world.olga, at=TODAY)

    def edit(self):
        customers.edit(
            customer=self.world.harbour,
            segment=self.dice.choice(["Mid", "Small"]),
            by=self.world.olga,
            at=TODAY,
        )

    def add_contract(self):
        contracts.add(
            customer=self.world.quay,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 10, self.dice.randrange(1, 28)),
            arr=Decimal(self.dice.randrange(1, 90_000)),
            currency=self.dice.choice(["EUR", "USD"]),
            by=self.world.olga,
            at=TODAY,
        )

    def decide(self):
        contracts.decide(contract=self.contract(), decision="renewed", by=self.world.olga, at=TODAY)


HAPPENINGS = [
    happening
    for name, happening in vars(Life).items()
    if name not in {"live", "contact", "contract", "goal", "when"} and not name.startswith("_")
]


def _written():
    rows = [*Standing.objects.order_by("pk").values(), *Outlook.objects.order_by("pk").values()]
    return [{name: value for name, value in row.items() if name != "as_of"} for row in rows]


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(6))
def test_after_any_life_a_rebuild_says_what_was_written_with_each_fact(world, seed):
    standings.rebuild(as_of=TODAY)
    Life(world, seed).live(40)
    standings.refresh_stale(as_of=TODAY)
    along_the_way = _written()

    Standing.objects.all().delete()
    Outlook.objects.all().delete()
    standings.rebuild(as_of=TODAY)

    assert _written() == along_the_way
