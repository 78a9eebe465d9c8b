"""The pages of rules, of what was not sent, of stages, and of the limits."""

from datetime import timedelta

import pytest

from arbiter.accounts.models import Contact, Customer
from arbiter.engagement.actions import asking_rules, occasions
from arbiter.engagement.models import AskingRule, Occasion
from arbiter.engagement.rules import asking
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.outcomes.models import Stage
from arbiter.voice.actions import letters
from arbiter.voice.queries import budget
from tests.browser import axe_findings
from tests.world import JUNE, MAY, TODAY

FORM = {"name": "Before renewals", "on": "before_renewal", "days": "150, 30", "most_people": "3"}
SHARES = {"sample_percent": "100", "hold_out_percent": "0"}


@pytest.fixture
def mona(client, world):
    client.force_login(world.mona)
    return client


@pytest.fixture
def rule(world):
    return asking_rules.make(
        name="Renewals",
        when=When(Trigger.BEFORE_RENEWAL, days=(150,)),
        whom=Whom(covers=True),
        by=world.mona,
        at=MAY,
    )


def test_a_rule_is_made_seen_and_switched_on(mona, world):
    reply = mona.post("/rules/new/", FORM | SHARES, follow=True)

    made = AskingRule.objects.get()
    page = reply.content.decode()
    assert "Before renewals" in page
    assert "Dora Diaz" in page
    assert "Switched off: it asks nobody." in page
    assert (made.when, made.on_since) == ({"on": "before_renewal", "days": [150, 30]}, None)

    reply = mona.post(f"/rules/{made.pk}/switch/", {"to": "on"}, follow=True)

    assert "On since 1 Jun" in reply.content.decode()
    assert AskingRule.objects.get().on_since == TODAY


def test_looking_at_a_rule_writes_nothing_down(mona, rule):
    mona.get(f"/rules/{rule.pk}/")
    mona.get("/rules/tomorrow/")

    assert not Occasion.objects.exists()


def test_tomorrow_is_one_day_of_turns_and_not_those_that_went_by(mona, world):
    turns = asking_rules.make(
        name="Every month", when=When(Trigger.EVERY, months=1), whom=Whom(), by=world.mona, at=MAY
    )
    tomorrow = (TODAY + timedelta(days=1)).date()
    piers = [Customer.objects.create(name=f"Pier {number}") for number in range(60)]
    for each in piers:
        Contact.objects.create(customer=each, name="Pat", email=f"pat@{each.pk}.test")

    shown = mona.get(f"/rules/{turns.pk}/").context["plan"]

    due = {
        each.name
        for each in piers
        if asking.round_of(turns.key, each.key, months=1, on=tomorrow) == tomorrow
    }
    assert {one.customer for one in shown.asked if one.customer.startswith("Pier")} == due
    assert len(due) < 15


def test_a_rule_that_waits_for_something_says_that_it_looks_back(mona, world):
    joined = asking_rules.make(
        name="New", when=When(Trigger.NEW_SPONSOR), whom=Whom(), by=world.mona, at=MAY
    )
    world.dora.joined_on = (TODAY - timedelta(days=5)).date()
    world.dora.save()

    page = mona.get(f"/rules/{joined.pk}/").content.decode()
    asking_rules.switch_on(rule=joined, by=world.mona, at=TODAY)
    on = mona.get(f"/rules/{joined.pk}/").content.decode()

    assert "had it been on for the last 14 days" in page
    assert "Dora Diaz is new as decision maker." in page
    assert "had it been on" not in on
    assert "Dora Diaz is new" not in on


def test_tomorrow_says_when_no_rule_is_on(mona, world, rule):
    assert "No rule is on." in mona.get("/rules/tomorrow/").content.decode()

    asking_rules.switch_on(rule=rule, by=world.mona, at=MAY)

    assert "No rule is on." not in mona.get("/rules/tomorrow/").content.decode()


def test_what_a_rule_lacks_is_said_at_its_field(mona):
    reply = mona.post("/rules/new/", FORM | SHARES | {"days": "soon"})
    assert "Give whole numbers" in reply.content.decode()

    reply = mona.post("/rules/new/", FORM | SHARES | {"days": ""})

    assert reply.status_code == 422
    assert "Say how many days" in reply.content.decode()


def test_a_rule_is_changed_while_it_is_off(mona, rule, world):
    page = mona.get(f"/rules/{rule.pk}/revision/").content.decode()
    assert 'value="150"' in page

    mona.post(f"/rules/{rule.pk}/revision/", FORM | SHARES | {"segments": "SMB, Enterprise"})

    rule.refresh_from_db()
    assert rule.whom["segments"] == ["SMB", "Enterprise"]
    asking_rules.switch_on(rule=rule, by=world.mona, at=JUNE)
    reply = mona.post(f"/rules/{rule.pk}/revision/", FORM | SHARES)
    assert "Switch the rule off" in reply.content.decode()


@pytest.mark.parametrize(
    ("to", "said"),
    [("archived", "is put away"), ("off", "is off already"), ("up", "Choose whether it is on")],
)
def test_switches_say_what_they_did(mona, rule, to, said):
    reply = mona.post(f"/rules/{rule.pk}/switch/", {"to": to}, follow=True)

    assert said in reply.content.decode()


def test_somebody_is_asked_by_hand_and_nobody_unknown(mona, world, rule):
    asking_rules.switch_on(rule=rule, by=world.mona, at=MAY)

    reply = mona.post(f"/rules/{rule.pk}/asks/", {"addresses": "nobody@x.test, dora"}, follow=True)
    assert "Nobody is known as nobody@x.test." in reply.content.decode()
    assert not Occasion.objects.exists()

    mona.post(f"/rules/{rule.pk}/asks/", {"addresses": "dora\ncleo@harbour.test"})

    waiting = Occasion.objects.values_list("contact__name", flat=True).order_by("pk")
    assert list(waiting) == ["Cleo Castro", "Dora Diaz"]


def test_the_list_shows_what_each_rule_did(mona, world, rule, django_assert_max_num_queries):
    asking_rules.switch_on(rule=rule, by=world.mona, at=MAY)
    occasions.find_occasions(JUNE)
    occasions.ask_due(JUNE)

    with django_assert_max_num_queries(16):
        page = mona.get("/rules/").content.decode()

    assert "150 days before a renewal" in page
    assert "Outcome questions" in page
    assert mona.get("/rules/?show=archived").status_code == 200


def test_every_mail_that_was_not_sent_stands_with_its_reason(mona, world, rule):
    letters.send(contact=world.dora, goals=[], by=world.ada, at=JUNE)
    letters.send(contact=world.dora, goals=[], by=world.mona, at=JUNE)
    asking_rules.switch_on(rule=rule, by=world.mona, at=MAY)
    occasions.find_occasions(JUNE)
    occasions.ask_due(JUNE)

    by_rules = mona.get("/unsent/").content.decode()
    by_hand = mona.get("/unsent/?by=hand").content.decode()

    assert "was asked on 1 June, less than 7 days ago." in by_rules
    assert "Dora Diaz was asked on 1 June" in by_hand
    assert "Dora Diaz" in mona.get("/unsent/?reason=too_soon").content.decode()
    assert "Dora Diaz" not in mona.get("/unsent/?reason=left").content.decode()
    assert "Dora Diaz" not in mona.get("/unsent/?before=1").content.decode()


def test_another_team_sees_nothing_of_whom_we_did_not_ask(client, world, rule):
    asking_rules.switch_on(rule=rule, by=world.mona, at=MAY)
    letters.send(contact=world.dora, goals=[], by=world.ada, at=JUNE)
    occasions.find_occasions(JUNE)
    occasions.ask_due(JUNE)
    client.force_login(world.quinn)

    assert "Dora" not in client.get("/unsent/").content.decode()


def test_the_limits_are_set(client, world):
    client.force_login(world.olga)
    given = {
        "any_days": 20,
        "outcome_days": 7,
        "relationship_days": 180,
        "transactional_days": 90,
        "people_a_week": 2,
        "a_day": 50,
        "sends_from": 9,
        "sends_until": 17,
    }

    client.post("/settings/asking/", given)

    assert budget.limits().any_days == 20
    assert not budget.limits().on_weekends
    reply = client.post("/settings/asking/", given | {"sends_until": 8})
    assert "Choose a last hour after the first one." in reply.content.decode()


def test_a_stage_gets_a_meaning_and_another_and_is_put_away(client, world):
    client.force_login(world.olga)
    stage = {"name": "adoption", "meaning": "Every crew works alone", "success_within_days": "60"}
    assert "adoption" in client.get("/settings/stages/").content.decode()

    client.post("/settings/stages/", stage)
    made = Stage.objects.get()
    client.post(f"/settings/stages/{made.pk}/", stage | {"meaning": "Nobody calls"})

    made.refresh_from_db()
    assert (made.meaning, made.success_within_days) == ("Nobody calls", 60)
    assert "has a meaning" in client.post("/settings/stages/", stage).content.decode()
    client.post(f"/settings/stages/{made.pk}/archive/")
    client.post(f"/settings/stages/{made.pk}/archive/", {"undo": "1"})
    assert Stage.objects.get().archived_at is None


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_asking_by_rules_has_a_finding(
    world, rule, live_server, open_page, signed_in, theme
):
    letters.send(contact=world.dora, goals=[], by=world.ada, at=JUNE)
    asking_rules.switch_on(rule=rule, by=world.olga, at=MAY)
    occasions.find_occasions(JUNE)
    occasions.ask_due(JUNE)
    pages = ["rules/", "rules/new/", f"rules/{rule.pk}/", "unsent/", "unsent/?by=hand"]
    page = open_page(theme=theme, cookies=signed_in(world.olga))

    for name in [*pages, "settings/stages/", "settings/asking/"]:
        page.goto(f"{live_server.url}/{name}")
        assert axe_findings(page) == [], name
