"""/renewals.ics: the days of renewals, promises and work, as a calendar takes them in."""

from datetime import timedelta

import pytest

from arbiter.engagement.actions import promises
from arbiter.forecast.actions import standings
from arbiter.voice.actions import answers, follow_ups
from tests.world import MAY, TODAY

URL = "/renewals.ics"


@pytest.fixture
def taken(client, world):
    """The events that somebody takes home, by their names, unfolded."""

    def taken(person, query=""):
        standings.rebuild(as_of=TODAY)
        client.force_login(person)
        lines = client.get(URL + query).content.decode().replace("\r\n ", "").split("\r\n")
        events, event = {}, {}
        for line in lines:
            name, _, value = line.partition(":")
            event[name.partition(";")[0]] = value
            if line == "END:VEVENT":
                events[event["SUMMARY"]] = event
                event = {}
        return events

    return taken


def test_a_renewal_is_a_day(world, taken):
    event = taken(world.ada)["Harbour: renewal"]

    assert (event["DTSTART"], event["DTEND"]) == ("20260930", "20261001")
    assert event["URL"].endswith(f"/customers/{world.harbour.pk}/")
    assert event["UID"] == taken(world.ada)["Harbour: renewal"]["UID"]


def test_what_i_promised_and_work_on_is_there_and_what_others_do_is_not(world, taken):
    due = (TODAY + timedelta(days=9)).date()
    promises.make(
        customer=world.harbour, text="A faster import, soon", by=world.ada, at=MAY, due_on=due
    )
    not_sure = answers.give(
        contact=world.dora, kind="intent", value="not_sure", comment="Too dear", by=world.dora, at=MAY
    )  # fmt: skip
    follow_ups.set(answer=not_sure, owner=world.ada, due_on=due, by=world.ada, at=MAY)

    mine, theirs = taken(world.ada), taken(world.ben)

    assert mine["Harbour: promised – A faster import\\, soon"]["DTSTART"] == "20260610"
    assert mine["Harbour: Dora Diaz is not sure"]["DTSTART"] == "20260610"
    assert list(theirs) == ["Harbour: renewal"]
    assert "Too dear" not in str(mine)


def test_who_may_not_see_a_customer_does_not_take_it_home(world, taken):
    assert list(taken(world.quinn, "?days=365")) == ["Quay: renewal"]


def test_long_lines_are_folded_between_letters(client, world, taken):
    world.harbour.name = "Größte Hafengesellschaft " * 6
    world.harbour.save()

    events = taken(world.ada)
    raw = client.get(URL).content.split(b"\r\n")

    assert max(len(line) for line in raw) <= 75
    assert all(line.decode() is not None for line in raw)
    assert f"{world.harbour.name}: renewal" in events
