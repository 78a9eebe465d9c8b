"""The timeline: a sentence for every fact, the words fetched through the doors, a page at a time."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import arbiter
from arbiter.accounts.actions import contacts
from arbiter.engagement.actions import touchpoints
from arbiter.foundation.models import Fact
from arbiter.foundation.queries import timeline
from arbiter.foundation.queries.timeline import Place
from arbiter.outcomes.actions import goals, milestones
from arbiter.voice.actions import answers, asks, links
from arbiter.workspace.customer import history, names, sentences
from tests.workspace.customer_page import page
from tests.world import APRIL, JANUARY, JUNE, MARCH, MAY

SOURCES = Path(arbiter.__file__).parent
CUSTOMERS = ("accounts", "outcomes", "voice", "engagement", "forecast")
# Facts about the company rather than about a customer.
ELSEWHERE = {
    "outcomes.category_added",
    "forecast.base_rate_told",
    "forecast.audit_wanted",
    "forecast.month_reviewed",
    "forecast.safe_bar_set",
    "accounts.retention_applied",
    "accounts.retention_set",
    "engagement.digest_ordered",
    "engagement.digest_stopped",
    "voice.limits_set",
    "voice.suppressions_imported",
    "voice.widget_ended",
    "voice.widget_secret_renewed",
    "voice.widget_set_up",
    *(f"voice.survey_{what}" for what in ("made", "revised", "worded", "archived", "restored")),
    *(f"outcomes.stage_{what}" for what in ("added", "edited", "archived", "restored")),
    *(
        f"engagement.asking_rule_{what}"
        for what in ("made", "changed", "archived", "restored", "switched_on", "switched_off")
    ),
    *(
        f"voice.theme_{what}"
        for what in ("made", "renamed", "archived", "restored", "changed", "suggested", "told")
    ),
}


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return world.ada


def everything(client, world, **more):
    return page(client, world.harbour, "customer-timeline", show="everything", **more)


def fact_names():
    """Every name under which the capabilities write a fact about a customer."""
    found = set()
    for capability in CUSTOMERS:
        for file in (SOURCES / capability / "actions").glob("*.py"):
            text = file.read_text()
            found |= set(re.findall(rf'"({capability}\.[a-z]+_[a-z_]+)"', text))
            told = r'(?:\b_?tell|of_goal)\(\s*"([a-z_]+)"'
            found |= {f"{capability}.{name}" for name in re.findall(told, text)}
    return found - ELSEWHERE


def test_every_fact_about_a_customer_has_a_sentence():
    found = fact_names()

    assert len(found) > 25
    assert found <= set(sentences.SENTENCES)


@pytest.mark.parametrize("name", sorted(sentences.SENTENCES))
def test_a_sentence_bears_that_its_words_are_gone(world, name):
    fact = Fact(name=name, at=MAY, by_kind="person", by_id=1, subject_id=1, data="{}")
    words = names.Names(customer="Harbour", now=JUNE, contacts={}, sealed=frozenset(), units={})

    entry = sentences.tell(fact, words)

    assert entry["text"]
    assert entry.get("icon") or "tone" in entry
    assert "{" not in entry["text"]


def test_a_fact_without_words_here_breaks_nothing(world):
    fact = Fact(name="later.invented", at=MAY, by_kind="person", by_id=1, data="{}")
    words = names.Names(customer="Harbour", now=JUNE, contacts={}, sealed=frozenset(), units={})

    assert "no words here yet" in sentences.tell(fact, words)["text"]


def test_it_tells_who_said_what(client, world, ada):
    asks.put(contact=world.dora, kind="intent", channel="mail", by=world.ben, at=MARCH)
    answers.give(
        contact=world.dora,
        kind="intent",
        value="yes",
        comment="Of course.",
        evidence="Call",
        by=world.ada,
        at=APRIL,
        recorded_at=APRIL,
    )
    touchpoints.log(
        customer=world.harbour,
        kind="review",
        contacts=[world.dora, world.cleo],
        value_conversation=True,
        summary="Went through the year.",
        by=world.ada,
        at=MAY,
    )
    contacts.leave(contact=world.sam, left_on=MAY.date(), by=world.ada, at=MAY)
    client.post(
        reverse("workspace:beliefs", args=[world.harbour_contract.pk]), {"probability": "90"}
    )

    text = page(client, world.harbour, "customer-timeline")

    assert "Dora Diaz was asked by mail whether they will continue by Ben Brandt" in text
    assert "Dora Diaz answered yes on continuing “Of course.”" in text
    assert "Value review about value with Cleo Castro and Dora Diaz" in text
    assert "Went through the year." in text
    assert "Sam Silva left Harbour" in text
    assert "Ada Arnold believes 90%" in text


def test_small_things_are_shown_when_everything_is_asked_for(client, world, ada):
    links.make(contact=world.dora, by=world.ada, at=MAY)

    assert "made a personal link" not in page(client, world.harbour, "customer-timeline")
    assert "Ada Arnold made a personal link for Dora Diaz" in everything(client, world)


def test_what_was_removed_keeps_its_line_without_its_words(client, world, ada):
    step = milestones.add(customer=world.harbour, title="Kick-off", by=world.ada, at=MARCH)
    milestones.remove(milestone=step, by=world.ada, at=MAY)

    text = everything(client, world)

    assert "A step was removed: a step that was removed" in text
    assert "Kick-off" not in text


def test_a_machine_like_answer_is_said_not_to_count(client, world, ada):
    for value in ("yes", "no", "not_sure"):
        answers.give(contact=world.dora, kind="intent", value=value, by=world.dora, at=MAY)

    flagged = Fact.objects.filter(name="voice.answer_given", data__contains='"flagged":true')
    if flagged.exists():
        assert "looks as if a machine gave it" in everything(client, world)


def test_it_goes_on_a_page_at_a_time_without_losing_or_repeating_a_line(
    client, world, ada, monkeypatch
):
    monkeypatch.setattr(history, "PER_PAGE", 4)
    for number in range(10):
        goals.state(
            customer=world.harbour,
            statement=f"Goal number {number}.",
            whose_words="customer",
            by=world.ada,
            at=JANUARY + timedelta(days=number // 3),
        )

    seen, url = [], reverse("workspace:customer-timeline", args=[world.harbour.pk])
    while url:
        reply = client.get(url)
        seen += [entry["text"] for entry in reply.context["entries"]]
        url = reply.context["older_url"]

    numbers = [int(re.search(r"number (\d)", text)[1]) for text in seen]
    assert numbers == sorted(range(10), reverse=True)


@pytest.mark.parametrize("before", ["", "_", "yesterday_7", "2026-05-01T00:00:00_7", "x" * 200])
def test_a_place_that_is_none_begins_at_the_newest(client, world, ada, before):
    goals.state(customer=world.harbour, statement="Newest.", whose_words="", by=world.ada, at=MAY)

    assert Place.parse(before) is None
    assert "Newest." in page(client, world.harbour, "customer-timeline", before=before)


def test_a_place_is_read_as_it_is_written():
    place = Place(MAY, 7)

    assert Place.parse(str(place)) == place


def test_only_what_was_known_by_then_is_told(world):
    goals.state(
        customer=world.harbour,
        statement="Told late.",
        whose_words="",
        by=world.ada,
        at=MARCH,
        recorded_at=JUNE,
    )

    facts, older = timeline.of_customer(world.harbour.pk, as_of=MAY, most=10)

    assert (facts, older) == ([], None)
