"""The home screen: the gap between what we believe and what customers told us."""

from datetime import date
from decimal import Decimal

import pytest

from arbiter.accounts.models import Contract, Customer
from arbiter.forecast.actions import beliefs, standings
from arbiter.forecast.models import Edition
from arbiter.outcomes.actions import verdicts
from arbiter.voice.actions import answers, asks
from tests.browser import expect, objections
from tests.forecast.portfolio import stands
from tests.world import MAY, TODAY


def text(reply):
    return " ".join(reply.content.decode().split())


def believe(world, chance="0.9"):
    beliefs.log(contract=world.harbour_contract, probability=Decimal(chance), by=world.ada, at=MAY)


def say(contact, value, *, comment=""):
    answers.give(contact=contact, kind="intent", value=value, comment=comment, by=contact, at=TODAY)


@pytest.fixture
def at_home(client, world):
    """What somebody sees at home, after everything was counted anew."""

    def at_home(person, query=""):
        standings.rebuild(as_of=TODAY)
        client.force_login(person)
        return client.get("/" + query)

    return at_home


@pytest.fixture
def crowd(client, world):
    """Sixty customers with a round sum, written straight into the read model."""
    Edition.objects.create(pk=1, token="crowd")
    for number in range(60):
        said = ["yes", "not_sure", "no", "no_reply", "never_asked"][number % 5]
        stands(f"Crowd {number:02}", intent=said, days=30, arr="1000.00", belief=0.92)
    client.force_login(world.mona)
    return client


def test_the_headline_says_the_money_the_belief_and_the_yes(crowd):
    page = text(crowd.get("/"))

    assert "Renewing in the next 180 days: <strong>€60,000</strong>" not in page
    assert "Renewing in the next 180 days: <strong>€60k</strong>." in page
    assert "You believe <strong>92%</strong> stays." in page
    assert 'Customers have told you yes for <span class="headline__gap">20%</span>.' in page
    assert "72 points between what you believe and what you were told." in page
    assert "€60,000.00" in page
    assert "€55,200.00" in page


def test_each_state_opens_to_the_customers_behind_it(crowd):
    page = crowd.get("/").content.decode()

    for said in ("yes", "not_sure", "no", "no_reply", "never_asked"):
        address = f"/customers/?answer={said}&days=180"
        assert address.replace("&", "&amp;") in page
        assert "12 customers · €12k" in crowd.get(address).content.decode()


def test_of_few_customers_it_says_money_and_counts(world, at_home):
    believe(world)
    say(world.dora, "yes")

    page = text(at_home(world.mona, "?days=365"))

    assert "<strong>€68k</strong>" in page
    assert "You believe <strong>€43.2k</strong> stays." in page
    assert '<span class="headline__gap">€48k</span>, 1 of 2 of them.' in page
    assert "%" not in page.split("headline__sentence")[1].split("</p>")[0]
    assert "1 of 2 contracts has no belief yet." in page


def test_without_a_belief_it_says_so(world, at_home):
    page = text(at_home(world.mona))

    assert "You have not said what you believe." in page
    assert "No customer has told you" in page


def test_contracts_without_a_value_are_named_and_in_no_sum(world, at_home):
    Contract.objects.create(
        customer=world.quay, starts_on=date(2026, 1, 1), ends_on=date(2026, 8, 1), arr=None
    )

    page = text(at_home(world.mona))

    assert "<strong>€48k</strong>" in page or "<strong>€68k</strong>" in page
    assert "1 contract without a value</a> is in none of them." in page


def test_where_no_value_is_known_it_counts_contracts(world, at_home):
    Contract.objects.update(arr=None, currency="")

    page = text(at_home(world.mona, "?days=365"))

    assert "<strong>2 contracts</strong>, and of none is the value known." in page


def test_when_nothing_ends_it_says_so(world, at_home):
    Contract.objects.update(ends_on=date(2028, 1, 1))

    assert "Nothing of your customers’ renews in the next 90 days." in text(
        at_home(world.mona, "?days=90")
    )


def test_currencies_are_never_added_up(world, at_home):
    Contract.objects.create(
        customer=world.quay,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 8, 1),
        arr=Decimal(7_000),
        currency="USD",
    )

    assert "<strong>€48k</strong>" in text(at_home(world.mona))
    assert "<strong>$7,000</strong>" in text(at_home(world.mona, "?currency=USD"))


def test_a_row_tells_their_goal_their_verdict_and_who_said_what(world, at_home):
    believe(world)
    verdicts.give(
        goal=world.faster_onboarding,
        contact=world.cleo,
        verdict="achieved",
        helped="yes",
        by=world.cleo,
        at=MAY,
    )
    say(world.dora, "not_sure")

    page = text(at_home(world.mona))

    assert "“New crews should be productive in two weeks instead of six”" in page
    assert "Never measured" in page
    assert "wanted 14 days" in page
    assert "Cleo Castro, 4 weeks ago" in page
    assert "Dora is not sure" in page
    assert "We believe <b" in page
    assert "€48,000" in page
    assert "30 Sep" in page


def test_what_is_sealed_is_not_told_in_its_row(world, at_home):
    asks.put(contact=world.dora, kind="intent", channel="call", by=world.ada, at=MAY)
    say(world.dora, "no", comment="The canary sings of leaving")

    page = text(at_home(world.mona))
    row = page.split('class="home-line"')[1].split("</article>")[0]

    assert "Harbour" in row
    assert "They answered." in row
    assert "Dora" not in row
    assert "look--no" not in row
    assert "Say what you believe" in row
    assert "canary" not in page


@pytest.mark.parametrize(
    ("name", "seen"),
    [("mona", {"Harbour", "Quay"}), ("otto", {"Harbour", "Quay"}), ("ada", {"Harbour"})],
)
def test_everybody_sees_the_customers_in_their_reach(world, at_home, name, seen):
    page = text(at_home(getattr(world, name)))

    assert {each for each in ("Harbour", "Quay") if each in page} == seen


def test_yours_alone_can_be_chosen(world, at_home):
    world.quay.owner = world.mona
    world.quay.save()

    page = text(at_home(world.mona, "?mine=yes&days=365"))

    assert "<strong>€20k</strong>" in page
    assert "Harbour" not in page.split('id="rows"')[1]


def test_the_short_lists_have_one_thing_to_do_each(client, world):
    stands("Alder", achieved_not_known=1)
    stands("Birch", active_no_result=True)
    stands("Cedar", stale_goals=1)
    stands("Dogwood", only_friendly=True)
    stands("Elder", to_celebrate=1)
    late = stands("Fir", days=-5)
    client.force_login(world.mona)

    page = text(client.get("/"))

    for title in (
        *("Achieved, not known", "Active, no result", "Goal older than a stage", "Never asked"),
        *("Only the friendly contact answered", "To celebrate", "Past the end, no decision"),
    ):
        assert title in page
    assert f'href="/contracts/{late.contract_id}/decision/"' in page
    assert "/asks/new/?state=never_asked&amp;days=180" in page
    assert 'aria-label="Tell them: Alder"' in page


def test_coverage_says_whose_goals_we_know_in_whose_words(world, at_home):
    page = text(at_home(world.mona))

    assert "We know what they want" in page
    assert "2 of 2" in page
    assert "3 of 3 of 3 goals in their own words." not in page
    assert "3 of 3 goals in their own words." in page


def test_an_empty_installation_shows_the_first_steps(client, world):
    Customer.objects.all().delete()

    client.force_login(world.olga)
    owner = text(client.get("/"))
    client.force_login(world.otto)
    observer = text(client.get("/"))

    assert "Drop a CSV here" in owner
    assert "Load the sample" in owner
    assert "Load the sample" not in observer
    assert "As soon as somebody brings them in" in observer


def test_the_pages_go_on_by_key(crowd):
    first = crowd.get("/")
    address = first.content.decode().split('rel="next" href="')[1].split('"')[0]

    second = crowd.get("/" + address.replace("&amp;", "&"))

    names = [{line.row.name for line in reply.context["lines"]} for reply in (first, second)]
    assert len(names[0] | names[1]) == 60
    assert not names[0] & names[1]


def test_a_broken_address_leads_to_the_first_page(crowd):
    assert crowd.get("/?after=nonsense").status_code == 302


def test_the_number_of_queries_does_not_grow_with_the_customers(
    crowd, world, django_assert_max_num_queries
):
    crowd.get("/")
    with django_assert_max_num_queries(7):
        crowd.get("/")
    for number in range(30):
        stands(f"More {number:02}", days=-2)

    with django_assert_max_num_queries(7):
        crowd.get("/")


@pytest.mark.sweep
@pytest.mark.browser
def test_it_can_be_read_by_everybody(world, live_server, open_page, signed_in):
    page = open_page(live_server.url, cookies=signed_in(world.mona))
    assert objections(page) == []

    stands("Alder", achieved_not_known=1, belief=0.8, goals=1, segments=["achieved"])
    stands("Birch", sealed=True, intent="no")
    page.reload()

    assert objections(page) == []


@pytest.mark.browser
def test_it_works_without_javascript(world, live_server, open_page, signed_in):
    stands("Alder", days=80)
    page = open_page(live_server.url, javascript=False, cookies=signed_in(world.mona))

    page.locator("summary", has_text="180 days").click()
    page.get_by_role("link", name="90 days", exact=True).click()

    expect(page.locator(".headline")).to_contain_text("next 90 days")
