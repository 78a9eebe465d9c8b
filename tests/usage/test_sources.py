"""Sources: made with a key nobody guesses, changed, revoked, given another key; and who may."""

from datetime import timedelta

import pytest

from arbiter.foundation.models import Fact
from arbiter.foundation.permissions import NotAllowed
from arbiter.usage.actions import sources
from arbiter.usage.models import Parcel, Rejection
from arbiter.usage.queries import sources as reads
from tests.world import APRIL, JUNE, MAY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def web(world):
    """Lighthouse's web app, which sends with a server's key."""
    return make(world)[0]


def make(world, **more):
    given = {"name": "Web app", "kind": "server", "by": world.abe, "at": MAY} | more
    return sources.make(**given)


def inbox(source, *, at=MAY, events=1, body=b""):
    return Parcel.objects.create(
        source=source, received_at=at, dialect="segment", events=events, body=body
    )


def reject(source, *, code="no_event", at=MAY, times=1):
    return Rejection.objects.create(
        source=source, code=code, message=code, times=times, first_at=at, last_at=at
    )


def facts():
    return list(Fact.objects.filter(name__startswith="usage.").values_list("name", flat=True))


def test_a_source_is_found_by_the_key_it_was_made_with(world):
    source, key = make(world)

    assert key.startswith("arb_live_")
    assert reads.by_key(key) == source
    assert reads.by_key(key + "x") is None
    assert facts() == ["usage.source_made"]


def test_two_keys_have_nothing_in_common(world):
    _, one = make(world)
    _, other = make(world)

    assert len(one) > 40
    assert len(set(one[9:]) & set(other[9:])) < 32
    assert one != other


def test_the_key_is_stored_sealed_and_can_be_read_again(world):
    source, key = make(world)

    source.refresh_from_db()
    assert key not in f"{source.key_hash}{source.sealed_key}"
    assert reads.key_of(source) == key


def test_a_revoked_source_is_not_found_until_it_has_another_key(world):
    source, key = make(world)

    sources.revoke(source=source, by=world.abe, at=MAY)
    assert reads.by_key(key) is None

    _, new = sources.renew_key(source=source, by=world.abe, at=JUNE)
    assert reads.by_key(key) is None
    assert reads.by_key(new) == source
    assert facts()[1:] == ["usage.source_revoked", "usage.source_key_renewed"]


def test_what_is_revoked_is_not_revoked_again(world, web):
    sources.revoke(source=web, by=world.abe, at=MAY)

    with pytest.raises(sources.AlreadyRevoked):
        sources.revoke(source=web, by=world.abe, at=MAY)


def test_only_a_difference_is_written_and_told(world, web):
    sources.change(source=web, name="Web app", keep_days=None, by=world.abe, at=MAY)
    assert facts() == ["usage.source_made"]

    sources.change(source=web, name="Portal", keep_days=400, by=world.abe, at=MAY)

    web.refresh_from_db()
    assert (web.name, web.keep_days) == ("Portal", 400)
    assert Fact.objects.last().details == {"fields": ["keep_days", "name"]}


def test_the_kind_is_not_changed(world, web):
    with pytest.raises(TypeError, match="kind"):
        sources.change(source=web, kind="browser", by=world.abe, at=MAY)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": "  "}, sources.SourceUnnamed),
        ({"kind": "carrier pigeon"}, sources.UnknownKind),
        ({"group_type": " "}, sources.GroupTypeMissing),
        ({"keep_days": 0}, sources.KeepsNothing),
        ({"origins": ["app.example.com"]}, sources.NoOrigin),
        ({"origins": ["https://app.example.com/page"]}, sources.NoOrigin),
        ({"origins": ["https://app.example.com:port"]}, sources.NoOrigin),
        ({"origins": ["*"]}, sources.NoOrigin),
        ({"traits": ["contract:arr"]}, sources.TraitNotAllowed),
        ({"traits": ["contract:ends_on"]}, sources.TraitNotAllowed),
        ({"traits": ["customer:owner"]}, sources.TraitNotAllowed),
        ({"traits": ["signal:"]}, sources.TraitNotAllowed),
        ({"traits": [f"signal:n{n}" for n in range(21)]}, sources.TooManySignals),
        ({"kind": "browser", "traits": ["contract:plan"]}, sources.TraitNotAllowed),
        ({"kind": "browser", "traits": ["customer:name"]}, sources.TraitNotAllowed),
        ({"kind": "browser", "traits": ["contact:email"]}, sources.TraitNotAllowed),
        ({"kind": "browser", "traits": ["signal:seats"]}, sources.TraitNotAllowed),
        ({"kind": "browser", "traits": ["create:customers"]}, sources.TraitNotAllowed),
    ],
)
def test_what_cannot_be_is_refused_in_words(world, given, refusal):
    with pytest.raises(refusal) as told:
        make(world, **given)

    assert str(told.value).endswith((".", "?"))


def test_origins_are_kept_as_browsers_tell_them(world):
    source, _ = make(
        world,
        origins=[
            "HTTPS://App.Example.com/",
            "https://app.example.com:443",
            "",
            "http://[::1]:8000",
        ],
    )

    assert source.origins == ["http://[::1]:8000", "https://app.example.com"]


@pytest.mark.parametrize("who", ["mona", "ada", "otto"])
def test_who_may_not_change_settings_has_no_door_to_sources(world, web, who):
    person = getattr(world, who)

    for verb in (sources.revoke, sources.renew_key, sources.change):
        with pytest.raises(NotAllowed):
            verb(source=web, by=person, at=MAY)
    with pytest.raises(NotAllowed):
        make(world, by=person)
    assert not reads.visible_to(person)
    assert reads.listed(person) == []


def test_a_source_may_write_what_was_ticked_and_no_more(world):
    ticked = ["contact:name", "customer:segment", "contract:plan", "signal:Seats used"]
    server, _ = make(world, traits=ticked)
    hook, _ = make(world, kind="webhook", traits=ticked)
    nothing, _ = make(world)

    assert reads.allowed(server) == reads.allowed(hook) == set(ticked)
    assert reads.allowed(nothing) == set()


def test_a_public_key_writes_three_things_about_contacts_whatever_is_stored(world):
    source, _ = make(world, kind="browser", traits=["contact:name", "contact:title"])
    source.traits += ["contract:plan", "customer:name", "create:customers", "signal:arr"]

    assert reads.allowed(source) == {"contact:name", "contact:title"}


def test_the_list_tells_when_each_was_heard_and_what_waits_and_was_not_taken(
    world, web, django_assert_num_queries
):
    hook, _ = make(world, name="Hook", kind="webhook")
    gone, _ = make(world, name="Gone")
    sources.revoke(source=gone, by=world.abe, at=MAY)
    sources.change(source=web, name="Web", by=world.abe, at=MAY)
    web.heard_at = APRIL
    web.save()
    inbox(web, at=MAY, events=3)
    inbox(web, at=MAY + MINUTE, events=2)
    reject(web, times=4)
    reject(web, code="too_long", times=2)

    with django_assert_num_queries(3):
        told = reads.listed(world.abe)

    assert [(each.source, *each[1:]) for each in told] == [
        (hook, None, 0, 0),
        (web, MAY + MINUTE, 5, 6),
        (gone, None, 0, 0),
    ]


def test_a_source_that_is_flushed_keeps_the_moment_it_was_heard(world, web):
    assert reads.heard(web) is None

    web.heard_at = MAY

    assert reads.heard(web) == (MAY, "")


def test_what_was_not_taken_is_told_newest_first_and_in_pages(world, web):
    old, new = reject(web, code="a", at=APRIL), reject(web, code="b", at=JUNE)
    middle, twin = reject(web, code="c", at=MAY), reject(web, code="d", at=MAY)
    reject(make(world)[0])

    first = reads.rejections(web, most=2)
    rest = reads.rejections(web, before=(first[1].last_at, first[1].pk))

    assert reads.rejected(web) == 4
    assert list(first) == [new, twin]
    assert list(rest) == [middle, old]
