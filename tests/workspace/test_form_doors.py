"""Who may open the forms about a customer, and who gets which answer."""

import pytest
from django.urls import reverse

from arbiter.engagement.actions import touchpoints
from arbiter.outcomes.actions import investments, milestones
from tests.world import MAY

# name of the address → the one of the cast whose page it is ("" for nobody's)
FORMS = {
    "customer-new": "",
    "customer-edit": "harbour",
    "customer-handoff": "harbour",
    "contact-new": "harbour",
    "contact-edit": "cleo",
    "contract-new": "harbour",
    "contract-edit": "harbour_contract",
    "decision": "harbour_contract",
    "beliefs": "harbour_contract",
    "goal-new": "harbour",
    "goal-revisions": "faster_onboarding",
    "goal-results": "faster_onboarding",
    "goal-verdicts": "faster_onboarding",
    "goal-awareness": "faster_onboarding",
    "goal-retirement": "faster_onboarding",
    "goal-milestones": "faster_onboarding",
    "touchpoint-new": "harbour",
    "investment-new": "harbour",
}
ACTS = {
    "customer-archive": "harbour",
    "contact-departure": "sam",
    "contact-subscription": "sam",
    "milestone-completion": "step",
    "milestone-removal": "step",
    "investment-withdrawal": "effort",
    "touchpoint-removal": "call",
}
MAY_EDIT = ("olga", "abe", "mona", "ada", "ben")


@pytest.fixture
def harbour(world):
    """Harbour with a step on the path, an effort and a call."""
    world.step = milestones.add(customer=world.harbour, title="Plan imported", by=world.ada, at=MAY)
    world.effort = investments.state(
        customer=world.harbour, amount=100, currency="EUR", by=world.ada, at=MAY
    )
    world.call = touchpoints.log(customer=world.harbour, kind="call", by=world.ada, at=MAY)
    return world


def address(world, name, of):
    args = [getattr(world, of).pk] if of else []
    return reverse(f"workspace:{name}", args=args)


@pytest.mark.parametrize("who", MAY_EDIT)
@pytest.mark.parametrize("name", FORMS)
def test_whoever_looks_after_the_customer_gets_the_form(client, world, name, who):
    client.force_login(getattr(world, who))

    reply = client.get(address(world, name, FORMS[name]))

    assert reply.status_code == 200
    assert b"csrfmiddlewaretoken" in reply.content


@pytest.mark.parametrize("name", FORMS)
def test_an_observer_is_told_which_right_is_missing(client, world, name):
    client.force_login(world.otto)

    assert client.get(address(world, name, FORMS[name])).status_code == 403


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name]])
def test_another_team_finds_nothing(client, world, name):
    client.force_login(world.quinn)

    assert client.get(address(world, name, FORMS[name])).status_code == 404
    assert client.post(address(world, name, FORMS[name])).status_code == 404


@pytest.mark.parametrize("name", FORMS)
def test_a_stranger_is_sent_to_sign_in(client, world, name):
    reply = client.get(address(world, name, FORMS[name]))

    assert reply.status_code == 302
    assert reply["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(
    ("who", "status"), [("ada", 302), ("mona", 302), ("otto", 403), ("quinn", 404)]
)
def test_who_may_do_it_at_once(client, harbour, name, who, status):
    client.force_login(getattr(harbour, who))

    assert client.post(address(harbour, name, ACTS[name])).status_code == status


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_done_by_opening_a_page(client, harbour, name):
    client.force_login(harbour.ada)

    assert client.get(address(harbour, name, ACTS[name])).status_code == 405


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("otto", 200), ("quinn", 404)])
def test_the_page_of_a_goal_is_open_to_whoever_sees_the_customer(client, world, who, status):
    client.force_login(getattr(world, who))

    assert client.get(address(world, "goal", "faster_onboarding")).status_code == status


@pytest.mark.parametrize("name", [name for name in FORMS if name != "customer-handoff"])
def test_an_empty_form_sent_is_shown_again_with_what_is_wrong(client, world, name):
    client.force_login(world.ada)

    reply = client.post(address(world, name, FORMS[name]), {"name": "", "on": ""})

    assert reply.status_code == 422
    assert b'role="alert"' in reply.content
