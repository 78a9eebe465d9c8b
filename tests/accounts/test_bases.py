"""On what ground a contact's data serve a purpose, from a moment on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.actions import bases
from arbiter.accounts.actions.bases import ConsentUnproved, NoSuchBasis, NoSuchPurpose
from arbiter.accounts.permissions import NotAllowed
from arbiter.accounts.queries import bases as read
from tests.facts import last_fact
from tests.world import APRIL, JUNE, MARCH, MAY


def state(world, basis, *, purpose="relationship", at=MAY, **more):
    return bases.state(
        contact=world.cleo, purpose=purpose, basis=basis, by=world.ada, at=at, **more
    )


def test_legitimate_interest_holds_where_nothing_was_stated(world):
    found = read.of([world.cleo.pk], as_of=JUNE)[world.cleo.pk]

    assert set(found) == set(read.PURPOSES)
    assert set(found.values()) == {"legitimate_interest"}


def test_the_latest_that_was_known_at_a_moment_counts_for_its_purpose_alone(world):
    state(world, "consent", at=MARCH, evidence="Form of 1 March")
    state(world, "none", at=MAY)

    in_april = read.of([world.cleo.pk], as_of=APRIL)[world.cleo.pk]
    in_june = read.of([world.cleo.pk], as_of=JUNE)[world.cleo.pk]
    assert (in_april["relationship"], in_june["relationship"]) == ("consent", "none")
    assert in_june["outcome"] == "legitimate_interest"
    assert read.without([world.cleo.pk, world.dora.pk], as_of=JUNE) == {
        (world.cleo.pk, "relationship")
    }


def test_what_was_learnt_later_was_not_known_before(world):
    state(world, "none", at=MARCH, recorded_at=MAY)

    assert read.without([world.cleo.pk], as_of=APRIL) == set()
    assert read.without([world.cleo.pk], as_of=JUNE)


def test_all_that_was_stated_is_kept_with_who_and_why(world):
    first = state(world, "contract", at=MARCH, evidence="§ 4 of the agreement")
    second = bases.state(
        contact=world.cleo, purpose="education", basis="none", by=world.cleo, at=MAY
    )

    assert list(read.stated(world.cleo)) == [second, first]
    assert (first.recorded_by, second.recorded_by) == (world.ada, None)
    fact = last_fact()
    assert (fact.name, fact.details) == (
        "accounts.basis_stated",
        {"purpose": "education", "basis": "none"},
    )


def test_many_contacts_are_one_query(world):
    people = [world.cleo.pk, world.dora.pk, world.dov.pk]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        read.of(people, as_of=JUNE)
        read.without(people, as_of=JUNE)

    assert len(queries) == 2


@pytest.mark.parametrize(
    ("refusal", "given"),
    [
        (NoSuchPurpose, {"purpose": "spying", "basis": "consent"}),
        (NoSuchBasis, {"purpose": "usage", "basis": "because"}),
        (ConsentUnproved, {"purpose": "usage", "basis": "consent", "evidence": " "}),
    ],
)
def test_what_is_no_statement_is_refused(world, refusal, given):
    with pytest.raises(refusal):
        bases.state(contact=world.cleo, by=world.ada, at=MAY, **given)


def test_it_is_not_for_those_of_another_team(world):
    with pytest.raises(NotAllowed):
        bases.state(contact=world.cleo, purpose="usage", basis="none", by=world.quinn, at=MAY)
