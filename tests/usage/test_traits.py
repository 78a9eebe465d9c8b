"""What events say about customers and contacts: written where it is ticked, once, and never the value of a contract."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.models import Contact, Contract, Customer, Signal
from arbiter.foundation.models import Fact
from arbiter.usage.actions import sources, traits
from arbiter.usage.models import Membership
from arbiter.usage.rules import traits as rules
from arbiter.usage.wire.event import Traits
from tests.world import APRIL, JUNE, MAY

EVERYTHING = [*rules.TRAITS, "signal:Open tickets", "signal:mrr"]


@pytest.fixture
def said(world):
    """Have a source say something: `said(customer("harbour", name="X"))`, all ticked unless told."""

    def apply(*what, kind="server", ticked=EVERYTHING, at=JUNE):
        if kind == "browser":
            ticked = [code for code in ticked if rules.may_be_ticked(code, public=True)]
        source, _ = sources.make(name="App", kind=kind, traits=ticked, by=world.abe, at=MAY)
        seen.append(Fact.objects.count())
        return traits.apply(source=source, traits=what, by=world.abe, at=at)

    seen = []
    apply.facts = lambda: list(
        Fact.objects.order_by("pk").values_list("name", flat=True)[seen[-1] :]
    )
    return apply


def customer(key, *, at=MAY, **traits):
    return Traits("customer", key, traits, at)


def user(key, *, at=MAY, **traits):
    return Traits("user", key, traits, at)


def belongs(user_key, customer_key):
    Membership.objects.create(user_key=user_key, customer_key=customer_key, recorded_at=MAY)


def test_a_customers_details_are_written_by_whatever_spelling(world, said):
    found = said(
        customer("harbour", Name="Harbour Ltd", website="https://www.harbour.test/about"),
        customer("harbour", INDUSTRY="Ports", Segment=" Enterprise "),
    )

    world.harbour.refresh_from_db()
    assert (world.harbour.name, world.harbour.domain) == ("Harbour Ltd", "harbour.test")
    assert (world.harbour.industry, world.harbour.segment) == ("Ports", "Enterprise")
    assert (found.changed, found.rejected) == (1, [])
    assert said.facts() == ["accounts.customer_edited"]


def test_said_again_it_changes_nothing_and_is_not_told(world, said):
    what = [
        customer("harbour", industry="Ports", plan="Pro", seats=45, open_tickets=3),
        user("cleo", title="Head of crews"),
    ]
    first = said(*what)
    assert first.changed == 4

    again = said(*what)

    assert again == (0, [])
    assert said.facts() == []


def test_the_latest_of_a_batch_counts_in_whatever_order_it_came(world, said):
    said(
        customer("harbour", at=MAY, segment="Mid"),
        customer("harbour", at=APRIL, segment="Small", industry="Ports"),
    )

    world.harbour.refresh_from_db()
    assert (world.harbour.segment, world.harbour.industry) == ("Mid", "Ports")


def test_a_null_empties_and_what_was_not_sent_stays(world, said):
    said(customer("harbour", segment="Mid", industry="Ports", seats=12))

    said(customer("harbour", segment=None, seats=None))

    world.harbour.refresh_from_db()
    world.harbour_contract.refresh_from_db()
    assert (world.harbour.segment, world.harbour.industry) == ("", "Ports")
    assert world.harbour_contract.seats is None


def test_a_name_is_never_emptied(world, said):
    found = said(customer("harbour", name=None), user("cleo", name=" "))

    world.harbour.refresh_from_db()
    world.cleo.refresh_from_db()
    assert (world.harbour.name, world.cleo.name) == ("Harbour", "Cleo Castro")
    assert [each.code for each in found.rejected] == ["trait_refused"] * 2


def test_value_renewal_and_owner_of_a_customer_stay_whatever_events_say(world, said):
    before = Contract.objects.values().get(pk=world.harbour_contract.pk)

    said(
        customer(
            "harbour", arr=1, value=1, mrr=4_100, ends_on="2026-06-02", renewal_date="2026-06-02"
        ),
        customer("harbour", owner="quinn@lighthouse.test", owner_email="quinn@lighthouse.test"),
        customer("harbour", currency="USD", stage="gone", parent="quay", archived_at="2026-01-01"),
    )

    world.harbour.refresh_from_db()
    assert Contract.objects.values().get(pk=world.harbour_contract.pk) == before
    assert (world.harbour.owner, world.harbour.stage) == (world.ada, "adoption")
    assert (world.harbour.parent, world.harbour.archived_at) == (None, None)
    assert Signal.objects.get(customer=world.harbour).name == "mrr"


def test_plan_and_seats_are_the_open_contracts(world, said):
    said(customer("harbour", plan="Pro", seats=55.0))

    world.harbour_contract.refresh_from_db()
    assert (world.harbour_contract.plan, world.harbour_contract.seats) == ("Pro", 55)
    assert world.harbour_contract.arr == Decimal(48_000)
    assert said.facts() == ["accounts.contract_edited"]


def test_plan_and_seats_are_each_ticked_on_their_own(world, said):
    said(customer("harbour", plan="Pro", seats=55), ticked=["contract:plan"])

    world.harbour_contract.refresh_from_db()
    assert (world.harbour_contract.plan, world.harbour_contract.seats) == ("Pro", 40)


def test_without_one_open_contract_nobody_guesses_which(world, said):
    Contract.objects.create(
        customer=world.harbour, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    world.quay_contract.delete()

    found = said(customer("harbour", plan="Pro"), customer("quay", plan="Pro"))

    assert found.changed == 0
    assert [each.message.split(" has ")[1] for each in found.rejected] == [
        "several open contracts.",
        "no open contract.",
    ]


def test_named_numbers_become_signals_when_they_are_news(world, said):
    said(customer("harbour", at=APRIL, openTickets=3, logins=9))
    said(customer("harbour", at=MAY, open_tickets=3))
    said(customer("harbour", at=JUNE, **{"Open Tickets": 5}))

    told = Signal.objects.order_by("at").values_list("name", "at", "recorded_at", "value")
    assert list(told) == [("Open tickets", APRIL, JUNE, 3), ("Open tickets", JUNE, JUNE, 5)]
    assert said.facts() == ["accounts.signals_noted"]


@pytest.mark.parametrize(
    "sent",
    [
        {"open_tickets": "3"}, {"open_tickets": True}, {"open_tickets": float("nan")}, {"open_tickets": 10**400},
        {"segment": 3}, {"segment": {"a": 1}}, {"segment": "x" * 101}, {"segment": "\0"}, {"segment": "\ud800"},
        {"seats": 2.5}, {"seats": -1}, {"seats": "9"}, {"seats": 2**31}, {"website": "http://[half"},
    ],
)  # fmt: skip
def test_what_cannot_be_the_value_is_noted_and_the_rest_is_written(world, said, sent):
    found = said(customer("harbour", industry="Ports", **sent))

    world.harbour.refresh_from_db()
    assert world.harbour.industry == "Ports"
    assert [each.code for each in found.rejected] == ["trait_unfit"]
    assert "harbour" in found.rejected[0].sample
    found.rejected[0].sample.encode()


def test_a_signal_that_is_emptied_is_no_number(world, said):
    assert said(customer("harbour", open_tickets=None)) == (0, [])


def test_an_unknown_customer_is_made_only_where_that_is_ticked(world, said):
    without = [code for code in EVERYTHING if code != "create:customers"]
    assert said(customer("dock", name="Dock"), ticked=without).changed == 0
    assert not Customer.objects.filter(key="dock").exists()

    said(customer("dock", name="Dock", industry="Ports"), customer("pier", employees=4))

    dock, pier = Customer.objects.get(key="dock"), Customer.objects.get(key="pier")
    assert (dock.name, dock.industry, dock.owner) == ("Dock", "Ports", None)
    assert pier.name == "pier"


def test_a_key_that_no_customer_can_have_makes_none(world, said):
    found = said(customer("x" * 201, name="Long"), ticked=["create:customers"])

    assert [each.code for each in found.rejected] == ["trait_unfit"]


def test_a_contact_is_found_by_key(world, said):
    said(user("cleo", first_name="Cleo", lastName="Castro-Diaz", title="COO", locale="es"))

    world.cleo.refresh_from_db()
    assert (world.cleo.name, world.cleo.title, world.cleo.language) == (
        "Cleo Castro-Diaz",
        "COO",
        "es",
    )


def test_a_contact_is_found_by_mail_only_where_the_user_was_seen(world, said):
    belongs("u-7", "harbour")
    belongs("u-8", "quay")

    said(
        user("u-7", email="CLEO@harbour.test", title="COO"),
        user("u-8", email="dora@harbour.test", title="Thief"),
        user("u-9", email="sam@harbour.test", title="Thief"),
        ticked=["contact:title"],
    )

    titles = dict(Contact.objects.values_list("key", "title"))
    assert titles == {"cleo": "COO", "dora": "", "sam": "", "uma": "", "dov": ""}


def test_an_address_of_somebody_else_is_not_taken(world, said):
    found = said(user("cleo", email="dora@harbour.test", title="COO"))

    world.cleo.refresh_from_db()
    assert world.cleo.email == "cleo@harbour.test"
    assert [each.message for each in found.rejected] == [
        "Another contact at this customer has the address."
    ]


def test_an_unknown_contact_is_made_where_it_is_ticked_and_the_customer_is_plain(world, said):
    for pair in [("u-1", "harbour"), ("u-2", "harbour"), ("u-2", "quay"), ("u-3", "nobody"), ("u-4", "quay")]:  # fmt: skip
        belongs(*pair)
    what = [
        user("u-1", email="nina@harbour.test", name="Nina"),
        user("u-2", name="Two"),
        user("u-3", name="Three"),
        user("u-4", plan="free"),
    ]
    assert said(*what, ticked=["contact:name", "contact:email"]).changed == 0

    said(*what)

    [nina] = Contact.objects.filter(key__startswith="u-")
    assert (nina.name, nina.email, nina.customer) == ("Nina", "nina@harbour.test", world.harbour)


def test_a_public_key_changes_three_things_about_contacts_and_nothing_else(world, said):
    belongs("stranger", "harbour")
    found = said(
        customer("harbour", name="Hacked", domain="evil.test", segment="x", industry="x", plan="x", seats=1, mrr=0),
        customer("dock", name="Made up"),
        user("cleo", name="Cleo C.", title="COO", language="es", email="evil@evil.test", role="decision_maker"),
        user("stranger", name="Eve", email="eve@evil.test"),
        kind="browser",
    )  # fmt: skip

    world.cleo.refresh_from_db()
    assert (world.cleo.name, world.cleo.title, world.cleo.language) == ("Cleo C.", "COO", "es")
    assert (world.cleo.email, world.cleo.role) == ("cleo@harbour.test", "champion")
    assert found == (1, [])
    assert said.facts() == ["accounts.contact_edited"]


def test_what_was_not_ticked_is_not_looked_at(world, said, django_assert_num_queries):
    source, _ = sources.make(name="App", kind="server", by=world.abe, at=MAY)

    with django_assert_num_queries(2):  # a savepoint and its end
        traits.apply(source=source, traits=[customer("harbour", name="X")], by=world.abe, at=JUNE)


def test_a_batch_is_read_in_a_few_queries_however_many_say_something(
    world, said, django_assert_max_num_queries
):
    source, _ = sources.make(name="App", kind="server", traits=EVERYTHING, by=world.abe, at=MAY)
    what = [customer(f"c-{n}", name="X") for n in range(50)]
    for each in what:
        Customer.objects.create(key=each.key, name="X")

    with django_assert_max_num_queries(8):
        found = traits.apply(source=source, traits=what, by=world.abe, at=JUNE)

    assert found.changed == 0


def test_a_fact_tells_when_it_was_said_and_when_we_learnt_it(world, said):
    said(customer("harbour", at=APRIL, industry="Ports"), at=JUNE)
    said(customer("quay", at=JUNE + timedelta(hours=5), industry="Ports"), at=JUNE)

    facts = Fact.objects.filter(name="accounts.customer_edited").order_by("pk")
    assert list(facts.values_list("at", "recorded_at")) == [(APRIL, JUNE), (JUNE, JUNE)]
