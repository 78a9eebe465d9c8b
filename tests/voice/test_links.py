"""Personal links: unguessable, hashed, expiring, revocable."""

from datetime import timedelta

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.voice import rules
from arbiter.voice.actions import links
from arbiter.voice.models import PersonalLink
from arbiter.voice.permissions import HasLeft
from arbiter.voice.queries import links as found
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY


def make(world, contact=None, **more):
    return links.make(contact=contact or world.cleo, by=world.ada, at=JUNE, **more)


def test_a_token_is_128_random_bits_and_only_its_hash_is_kept(world):
    link, token = make(world)

    assert len(token) == 22
    assert link.token_hash == rules.hash_of(token)
    assert token not in str(PersonalLink.objects.values().get())
    assert token not in last_fact().data
    assert make(world)[1] != token


def test_a_link_is_found_by_its_token_with_its_contact(world):
    link, token = make(world)

    there = found.find(token, at=JUNE)
    assert (there.link, there.state) == (link, "open")
    assert there.link.contact.customer == world.harbour
    assert found.find(token[:-1], at=JUNE) is None
    assert found.find(link.token_hash, at=JUNE) is None


def test_a_link_expires(world):
    link, token = make(world)

    assert link.expires_at == JUNE + timedelta(days=rules.LINK_LIVES_DAYS)
    assert found.find(token, at=link.expires_at).state == "expired"
    assert found.find(token, at=link.expires_at - timedelta(seconds=1)).state == "open"


def test_a_link_can_be_revoked_once(world):
    link, token = make(world)

    links.revoke(link=link, by=world.ben, at=JUNE)
    links.revoke(link=link, by=world.ada, at=JUNE + timedelta(days=1))

    link.refresh_from_db()
    assert (link.revoked_by, link.revoked_at, link.revoked_because) == (world.ben, JUNE, "by_us")
    assert found.find(token, at=JUNE).state == "revoked"
    assert fact_names() == ["voice.link_made", "voice.link_revoked"]


def test_whoever_got_it_by_mistake_closes_it(world):
    link, token = make(world)

    links.report_wrong_person(link=link, at=JUNE)

    assert found.find(token, at=JUNE).state == "revoked"
    assert last_fact().details == {"contact": world.cleo.pk, "because": "wrong_person"}


def test_the_link_of_somebody_who_left_opens_no_more(world):
    _, token = make(world)
    world.cleo.left_on = MAY.date()
    world.cleo.save()

    assert found.find(token, at=JUNE).state == "revoked"
    with pytest.raises(HasLeft):
        make(world)


@pytest.mark.parametrize("who", ["otto", "quinn"])
def test_links_are_made_and_revoked_by_those_who_may_ask(world, who):
    person = getattr(world, who)
    link, _ = make(world)

    with pytest.raises(NotAllowed):
        links.make(contact=world.cleo, by=person, at=JUNE)
    with pytest.raises(NotAllowed):
        links.revoke(link=link, by=person, at=JUNE)


def test_one_link_takes_no_more_than_a_person_sends_and_recovers(world):
    link, _ = make(world)
    for _ in range(rules.POSTS_IN_WINDOW):
        links.count(link=link, at=JUNE)

    with pytest.raises(links.TooMuchThroughThisLink, match="wait ten minutes"):
        links.count(link=link, at=JUNE)
    links.count(link=link, at=JUNE + rules.POST_WINDOW + timedelta(seconds=1))


def test_the_list_of_links_shows_no_token(world):
    _, token = make(world)
    make(world, world.dora)

    listed = list(found.of_customer(world.harbour.pk))

    assert [link.contact for link in listed] == [world.dora, world.cleo]
    assert token not in repr([vars(link) for link in listed])
