"""The page of one customer: three questions in order, whose word each thing is, and what nobody has said."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from arbiter.accounts.actions import contacts, contracts, customers
from arbiter.forecast import rules
from arbiter.forecast.actions import standings
from arbiter.forecast.queries import forecasts
from arbiter.outcomes.actions import goals, investments, milestones
from arbiter.voice.actions import asks, follow_ups
from arbiter.workspace.customer import next_step, reasons
from tests.browser import expect, objections
from tests.workspace.customer_page import PARTS, believe, judge, measure, page, say
from tests.world import APRIL, FEBRUARY, JUNE, LAST_YEAR, MARCH, MAY


@pytest.fixture
def ada(client, world):
    standings.rebuild(as_of=JUNE)
    client.force_login(world.ada)
    return world.ada


# --- Who may look


@pytest.mark.parametrize("part", [*PARTS, "customer-preview"])
def test_only_who_may_see_the_customer_sees_its_page(client, world, part):
    standings.rebuild(as_of=JUNE)
    url = reverse(f"workspace:{part}", args=[world.harbour.pk])

    assert client.get(url).status_code == 302
    for who, status in [("ada", 200), ("ben", 200), ("mona", 200), ("otto", 200), ("quinn", 404)]:
        client.force_login(getattr(world, who))
        assert client.get(url).status_code == status, who
    assert client.post(url).status_code in (404, 405)


def test_an_observer_is_offered_nothing_to_do(client, world):
    standings.rebuild(as_of=JUNE)
    client.force_login(world.otto)

    for part in PARTS:
        reply = client.get(reverse(f"workspace:{part}", args=[world.harbour.pk]))
        text = reply.content.decode()
        for offer in ("/asks/new/", "/edit/", "goals/new/", "contacts/new/", "touchpoints/new/"):
            assert offer not in text, (part, offer)


# --- The frame


def test_the_head_tells_money_renewal_stage_and_owner(client, world, ada):
    text = page(client, world.harbour)

    assert "€48,000 a year" in text
    assert "Renews 30 Sep, in 121 days" in text
    assert "Adoption stage" in text
    assert "Ada Arnold" in text


def test_a_customer_of_whom_only_a_name_is_known_says_so_and_invites(client, world, ada):
    bare = customers.add(name="Bare Ltd", owner=world.ada, by=world.ada, at=JUNE)
    standings.refresh([bare.pk], as_of=JUNE)

    text = page(client, bare)

    assert "Value unknown" in text
    assert "No open contract" in text
    assert "Nobody has told us what they want." in text
    assert "Nobody there is known." in text
    assert "Nobody at Bare Ltd is known. Add a person to ask." in text
    for part in PARTS[1:]:
        page(client, bare, part)


def test_money_in_several_currencies_stays_apart(client, world, ada):
    contracts.add(
        customer=world.harbour,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        arr=Decimal(5_000),
        currency="USD",
        by=world.ada,
        at=JUNE,
    )

    assert "€48,000 and $5,000 a year" in page(client, world.harbour)


def test_a_term_that_ended_undecided_asks_for_the_decision(client, world, clock):
    clock.set(JUNE + timedelta(days=140))
    standings.rebuild(as_of=JUNE + timedelta(days=140))
    client.force_login(world.ada)

    text = page(client, world.harbour)

    assert "undecided" in text
    assert "nobody has told how it was decided" in text
    assert "None the term is over, undecided" in text


def test_the_three_questions_count_what_customers_said(client, world, ada):
    judge(world.faster_onboarding, world.cleo, "achieved")
    say(world.cleo, "yes", at=APRIL)
    say(world.dora, "not_sure")
    asks.put(contact=world.sam, kind="intent", channel="call", by=world.ada, at=MAY)
    believe(world, at=MAY)
    standings.rebuild(as_of=JUNE)

    text = page(client, world.harbour)

    assert "1 of 2 confirmed" in text
    assert "Not settled" in text
    assert "2 of 4 people answered" in text
    for part in ("1 yes", "1 not sure", "1 no reply", "1 never asked"):
        assert part in text
    assert "likely to renew" in text


def test_every_next_step_has_a_sentence():
    source = Path(rules.__file__).read_text()
    codes = set(re.findall(r'\("([a-z_]+)", now\.', source)) | {"log_belief"}

    assert len(codes) > 8
    assert codes <= set(next_step.STEPS)


@pytest.mark.parametrize("code", sorted(next_step.STEPS))
def test_each_next_step_can_be_shown(client, world, ada, code):
    about = {"contact": world.dora.pk, "name": world.dora.name}
    if code in ("settle_dispute", "tell_them", "re_ask_goal", "ask_verdict", "celebrate"):
        goal = world.faster_onboarding
        about = {"goal": goal.pk, "statement": goal.statement}
    row = type("Row", (), {"next_step": code, "next_step_about": about})()
    known = type(
        "Known",
        (),
        {
            "standing": row,
            "overdue": [],
            "open": [1],
            "sealed": {},
            "follow_ups": {},
            "intent": type("Intent", (), {"people": []}),
        },
    )()
    visit = type("Visit", (), {"customer": world.harbour, "may_edit": True, "may_ask": True})()

    told = next_step.of(visit, known)

    assert told["title"].endswith(".")
    assert "{" not in told["title"]
    assert told["url"].startswith("/")


# --- The other parts


def test_the_path_leads_goal_by_goal_and_shows_the_next_step(client, world, ada):
    told = {"customer": world.harbour, "by": world.ada}
    first = milestones.add(
        title="Crew data loaded", goal=world.faster_onboarding, side="theirs", at=FEBRUARY, **told
    )
    milestones.add(title="First crew trained", goal=world.faster_onboarding, at=FEBRUARY, **told)
    milestones.add(title="Kick-off", at=FEBRUARY, **told)
    milestones.finish(milestone=first, by=world.ada, at=MARCH)

    path = page(client, world.harbour, "customer-path")

    assert "Crew data loaded Harbour 1 Mar" in path
    assert "Other steps" in path
    assert "Next on the path: First crew trained" in page(client, world.harbour)


def test_people_are_shown_with_what_they_said_and_who_has_left(client, world, ada):
    say(world.cleo, "yes", at=APRIL)
    believe(world, at=MAY)
    contacts.leave(contact=world.sam, left_on=date(2026, 5, 20), by=world.ada, at=JUNE)
    contacts.unsubscribe(contact=world.uma, by=world.ada, at=MAY)

    text = page(client, world.harbour, "customer-people")

    assert "Who decides has not answered." in text
    assert "No longer there" in text
    assert "left 20 May" in text
    assert "Wants none" in text
    assert "9 weeks ago" in text


def test_a_not_sure_shows_what_would_change_it_and_who_follows_up(client, world, ada):
    believe(world)
    answer = say(world.dora, "not_sure", comment="Budget.", would_make_it_yes="A lower price")

    before = page(client, world.harbour)
    follow_ups.set(answer=answer, owner=world.ben, due_on=date(2026, 6, 20), by=world.ada, at=JUNE)
    standings.rebuild(as_of=JUNE)
    after = page(client, world.harbour)

    assert "Would make it a yes: A lower price" in before
    assert "Nobody follows up yet." in before
    assert "Set who follows up" in before
    assert "Ben Brandt follows up by 20 Jun." in after
    assert "Dora Diaz is not sure. Ben Brandt follows up by 20 Jun." in after
    assert "Set who follows up" not in after


def test_word_belief_and_forecast_stand_side_by_side(client, world, ada):
    believe(world, "0.92", at=APRIL, reason="They love it.")
    say(world.dora, "no", at=MAY)
    believe(world, "0.3", at=JUNE)
    standings.rebuild(as_of=JUNE)

    text = page(client, world.harbour, "customer-renewal")

    assert "They say No" in text
    assert "We believe 30% Ada Arnold, 1 Jun, after an answer was in" in text
    assert "92% They love it. Ada Arnold, before any answer" in text
    assert "What would move it most:" in text
    assert "points apart" in text
    made = forecasts.latest([world.harbour_contract.pk], as_of=JUNE)[world.harbour_contract.pk]
    url = reverse("workspace:customer-renewal", args=[world.harbour.pk])
    assert f'data-chance="{made.probability}"' in client.get(url).content.decode()


def test_the_contracts_are_shown_with_their_decisions(client, world, ada):
    old = contracts.add(
        customer=world.harbour,
        starts_on=date(2024, 10, 1),
        ends_on=date(2025, 9, 30),
        arr=Decimal(40_000),
        currency="EUR",
        seats=30,
        plan="Team",
        by=world.ada,
        at=LAST_YEAR,
    )
    contracts.decide(
        contract=old,
        decision="expanded",
        decided_on=date(2025, 9, 1),
        new_arr=Decimal(48_000),
        by=world.ada,
        at=FEBRUARY,
    )

    text = page(client, world.harbour, "customer-renewal")

    assert "1 Oct 2024 – 30 Sep 2025" in text
    assert "30 seats · Team" in text
    assert "Expanded 1 Sep 2025" in text
    assert "Open" in text


def test_worth_is_told_with_every_assumption(client, world, ada):
    measure(world.lower_support_cost, world.ada, "5000")
    investments.state(
        customer=world.harbour,
        amount=Decimal(2_000),
        currency="EUR",
        assumptions="Forty hours",
        by=world.ada,
        at=MAY,
    )

    text = page(client, world.harbour, "customer-renewal")

    assert "€48,000 agreed value against €48,000 price and €2,000 of their own effort" in text
    assert "by their own estimate" in text


def test_without_an_agreed_worth_nothing_is_invented(client, world, ada):
    text = page(client, world.harbour, "customer-renewal")

    assert "No goal has an agreed worth." in text


def test_the_data_is_shown_as_it_is_stored(client, world, ada):
    world.harbour.custom = {"Tier": "gold"}
    world.harbour.save()

    text = page(client, world.harbour, "customer-data")

    assert "Tier gold" in text
    assert "Id harbour" in text
    assert "No signal is known." in text


def test_view_as_customer_asks_whose_letter(client, world, ada):
    url = reverse("workspace:customer-preview", args=[world.harbour.pk])

    choice = page(client, world.harbour, "customer-preview")
    chosen = client.get(url, {"contact": world.dora.pk})
    foreign = client.get(url, {"contact": world.dov.pk})

    assert "Dora Diaz" in choice
    assert chosen.url == reverse("portal:preview", args=[world.dora.pk])
    assert foreign.status_code == 200


def test_where_there_is_one_person_the_letter_is_theirs(client, world):
    client.force_login(world.quinn)

    reply = client.get(reverse("workspace:customer-preview", args=[world.quay.pk]))

    assert reply.url == reverse("portal:preview", args=[world.dov.pk])


def test_reasons_tell_points_of_chance():
    assert reasons.points_of(0.74, 0.0) == pytest.approx(0)
    assert reasons.points_of(0.74, 0.7) == pytest.approx(74 - 58.56, abs=0.01)
    assert reasons.points_of(0.74, -0.7) == pytest.approx(74 - 85.15, abs=0.01)


# --- How much it reads, and how it looks to a machine


def grow(world, more):
    for number in range(more):
        contact = contacts.add(
            customer=world.harbour, name=f"Person {number}", role="user", by=world.ada, at=MARCH
        )
        goal = goals.state(
            customer=world.harbour,
            statement=f"Goal number {number}",
            whose_words="customer",
            stated_by=contact,
            by=world.ada,
            at=MARCH,
        )
        judge(goal, contact, "partly", comment="Half.")
        measure(goal, world.ada, "3")
        say(contact, "yes", at=MAY)


@pytest.mark.parametrize("part", PARTS)
def test_the_number_of_queries_does_not_grow_with_the_customer(
    client, world, ada, part, django_assert_max_num_queries
):
    believe(world)
    grow(world, 2)
    standings.rebuild(as_of=JUNE)
    page(client, world.harbour, part)

    with django_assert_max_num_queries(40) as few:
        page(client, world.harbour, part)
    grow(world, 6)
    standings.rebuild(as_of=JUNE)
    # What the shell counts is kept in memory until something changes.
    page(client, world.harbour, part)
    with django_assert_max_num_queries(40) as many:
        page(client, world.harbour, part)

    assert len(many) <= len(few)


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_part_is_accessible(live_server, world, signed_in, open_page):
    judge(world.faster_onboarding, world.cleo, "achieved", comment="Yes.")
    measure(world.faster_onboarding, world.ada, "20", at=MARCH)
    measure(world.faster_onboarding, world.ada, "15")
    say(world.dora, "not_sure", comment="Budget.")
    standings.rebuild(as_of=JUNE)
    page = open_page(cookies=signed_in(world.ada))

    for part in PARTS:
        page.goto(live_server.url + reverse(f"workspace:{part}", args=[world.harbour.pk]))
        assert objections(page) == [], part


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_desk_who_looks_after_them_stands_on_the_line_under_the_name(
    world, live_server, open_page, signed_in
):
    standings.rebuild(as_of=JUNE)
    where = live_server.url + reverse("workspace:customer", args=[world.harbour.pk])
    page = open_page(where, cookies=signed_in(world.ada))

    lines = page.eval_on_selector_all(
        ".page-head .definitions__item",
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))",
    )

    assert len(lines) >= 3
    assert len(set(lines)) == 1
    page.locator(".page-head summary").click()
    expect(page.get_by_role("link", name="View as customer")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_the_open_tab_is_seen(world, live_server, open_page, signed_in):
    where = live_server.url + reverse("workspace:customer-data", args=[world.harbour.pk])
    page = open_page(where, width=390, cookies=signed_in(world.ada))

    tab = page.locator(".tabs__tab[aria-current]").bounding_box()

    assert tab["x"] >= 0
    assert tab["x"] + tab["width"] <= 390
