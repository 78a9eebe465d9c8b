"""Asks, answers and feedback for programs: by a key that acts as its person."""

import json
from datetime import timedelta

import pytest

from arbiter.foundation.actions import api_keys
from arbiter.foundation.models import Fact, Person
from arbiter.foundation.permissions import NotAllowed
from arbiter.foundation.refusals import Refusal
from arbiter.voice.actions import feedback
from arbiter.voice.models import Answer, Feedback
from tests.api.test_ingest import basic, code_of
from tests.world import TODAY

LISTS = ("asks", "answers", "feedback")


def a_key(person):
    by = Person.objects.get(role="owner")
    return api_keys.make(person=person, name="warehouse", by=by, at=TODAY)


def read(client, what, person=None, key=None, **asked):
    text = key or a_key(person)[1]
    return client.get(f"/api/v1/{what}", asked, HTTP_AUTHORIZATION=f"Bearer {text}")


def bring(client, person, **told):
    return client.post(
        "/api/v1/feedback", json.dumps(told), content_type="application/json",
        HTTP_AUTHORIZATION=basic(a_key(person)[1]),
    )  # fmt: skip


def heard(world, number, **more):
    return feedback.receive(
        customer=world.harbour, text=f"Words {number}", source="ticket", by=world.ada,
        at=TODAY - timedelta(days=number), key=f"ticket-{number}", **more,
    )  # fmt: skip


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("shown", ["", "Bearer nobody", "Bearer wk_test", "Basic %%%"])
def test_only_a_persons_key_opens_a_list(client, server, what, shown):
    assert code_of(client.get(f"/api/v1/{what}", HTTP_AUTHORIZATION=shown)) == (401, "invalid_api_key")  # fmt: skip


@pytest.mark.parametrize("what", LISTS)
def test_who_may_not_take_data_out_may_not_by_a_key(client, world, what):
    assert code_of(read(client, what, world.otto)) == (403, "not_allowed")


def test_a_revoked_key_and_one_of_somebody_shut_out_open_nothing(client, world):
    key, text = a_key(world.ada)
    assert read(client, "asks", key=text).status_code == 200

    api_keys.revoke(key=key, by=world.olga, at=TODAY)
    assert code_of(read(client, "asks", key=text)) == (401, "invalid_api_key")
    with pytest.raises(Refusal, match="revoked already"):
        api_keys.revoke(key=key, by=world.olga, at=TODAY)

    _, other = a_key(world.ben)
    Person.objects.filter(pk=world.ben.pk).update(is_active=False)
    assert code_of(read(client, "asks", key=other)) == (401, "invalid_api_key")


def test_when_a_key_was_last_used_is_known_to_the_hour(client, world, clock):
    key, text = a_key(world.ada)

    for minutes in (0, 30, 90):
        clock.set(TODAY + timedelta(minutes=minutes))
        read(client, "asks", key=text)
        key.refresh_from_db()
        assert key.last_used_at == TODAY + timedelta(minutes=90 if minutes == 90 else 0)


def test_a_key_that_opens_nothing_is_not_used(client, world):
    key, text = a_key(world.otto)

    read(client, "asks", key=text)

    key.refresh_from_db()
    assert key.last_used_at is None


@pytest.mark.parametrize("who", ["mona", "ada", "otto"])
def test_only_who_runs_the_installation_makes_and_revokes_keys(world, who):
    key, _ = a_key(world.ada)
    by = getattr(world, who)

    with pytest.raises(NotAllowed):
        api_keys.make(person=world.ada, name="theirs", by=by, at=TODAY)
    with pytest.raises(NotAllowed):
        api_keys.revoke(key=key, by=by, at=TODAY)

    key.refresh_from_db()
    assert key.revoked_at is None


def test_a_key_is_kept_as_a_hash_and_told_once(world):
    key, text = a_key(world.ada)

    assert text.startswith("arb_")
    assert text not in json.dumps([key.key_hash, *Fact.objects.values_list("data", flat=True)])
    assert Fact.objects.filter(name="foundation.api_key_made").count() == 1
    assert key.made_by == world.olga


@pytest.mark.parametrize("change", [{"name": "  "}, {"person": "shut out"}])
def test_a_key_has_a_name_and_somebody_who_may_sign_in(world, change):
    if "person" in change:
        change = {"person": Person.objects.system()}

    with pytest.raises(Refusal):
        api_keys.make(
            **({"person": world.ada, "name": "x", "by": world.olga, "at": TODAY} | change)
        )


def test_rows_say_what_their_file_says(client, world):
    heard(world, 1, goal_key="faster")

    (told,) = read(client, "feedback", world.ada).json()["feedback"]

    assert told["feedback_id"] == "ticket-1"
    assert (told["customer_id"], told["text"], told["source"]) == (world.harbour.key, "Words 1", "ticket")  # fmt: skip
    assert (told["goal_id"], told["theme"], told["replied_at"]) == ("faster", None, None)


def test_answers_have_numbers_and_flags_as_such(client, world):
    Answer.objects.create(
        contact=world.cleo, kind="nps", at=TODAY, recorded_at=TODAY, value="9", scale="0-10"
    )

    found = read(client, "answers", world.ada, since=TODAY.isoformat()).json()["answers"]

    assert [(each["value"], each["flagged"], each["may_quote"]) for each in found] == [
        ("9", False, None)
    ]


def test_another_teams_customers_are_not_in_the_lists(client, world):
    heard(world, 1)

    assert read(client, "feedback", world.quinn).json() == {"feedback": [], "after": None}


def test_a_long_list_is_read_in_parts_and_goes_on_where_it_ended(client, world):
    for number in range(5):
        heard(world, number)

    first = read(client, "feedback", world.ada, limit=3).json()
    rest = read(client, "feedback", world.ada, limit=3, after=first["after"]).json()

    assert [each["feedback_id"] for each in (*first["feedback"], *rest["feedback"])] == [
        f"ticket-{number}" for number in range(5)
    ]
    assert rest["after"] is None


@pytest.mark.parametrize("many", [1, 40])
def test_a_page_is_read_in_few_queries_however_long(
    client, world, django_assert_max_num_queries, many
):
    for number in range(many):
        heard(world, number)
    _, key = a_key(world.ada)

    with django_assert_max_num_queries(6):
        read(client, "feedback", key=key)


def test_a_part_is_that_of_a_customer_or_from_a_moment_on(client, world):
    heard(world, 0), heard(world, 9)

    recent = read(client, "feedback", world.ada, since=(TODAY - timedelta(days=5)).isoformat())
    of_nobody = read(client, "feedback", world.ada, customer_id="nobody")

    assert [each["feedback_id"] for each in recent.json()["feedback"]] == ["ticket-0"]
    assert of_nobody.json()["feedback"] == []


@pytest.mark.parametrize("asked", [{"after": "x"}, {"limit": "-1"}, {"after": str(2**63)}, {"since": "May"}])  # fmt: skip
def test_a_question_that_cannot_be_read_is_refused(client, world, asked):
    assert code_of(read(client, "asks", world.ada, **asked)) == (400, "wrong_question")


@pytest.mark.parametrize("what", ["asks", "answers"])
def test_nothing_is_brought_where_things_are_read(client, world, what):
    reply = client.post(f"/api/v1/{what}", HTTP_AUTHORIZATION=f"Bearer {a_key(world.ada)[1]}")

    assert code_of(reply) == (405, "not_get")


def test_feedback_is_brought_once_by_its_key(client, world):
    told = {"customer_id": world.harbour.key, "contact_id": world.cleo.key, "text": "The export is slow",
            "source": "ticket", "feedback_id": "ticket-812", "at": "2026-05-01T08:00:00Z"}  # fmt: skip

    replies = [bring(client, world.ada, **told).json() for _ in range(2)]

    assert replies == [{"success": True, "feedback_id": "ticket-812"}] * 2
    kept = Feedback.objects.get()
    assert (kept.text, kept.contact, kept.source) == ("The export is slow", world.cleo, "ticket")
    assert Fact.objects.filter(name="voice.feedback_received", by_id=world.ada.pk).count() == 1


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"text": ""}, "in their words"),
        ({"customer_id": "nobody"}, "no customer"),
        ({"contact_id": "nobody"}, "no contact"),
        ({"source": "the moon"}, "where it was said"),
        ({"at": "yesterday"}, "no instant"),
        ({"at": "2999-01-01T00:00:00"}, "lies ahead"),
        ({"language": "a" * 21}, "no text that can be kept"),
        ({"text": 7}, "no text that can be kept"),
        ({"mood": "bad"}, "no column of feedback"),
    ],
)
def test_feedback_that_cannot_be_taken_is_refused_with_the_reason(client, world, told, says):
    whole = {"customer_id": world.harbour.key, "text": "Slow"} | told

    reply = bring(client, world.ada, **whole)

    assert code_of(reply) == (422, "refused")
    assert says in reply.json()["message"]
    assert not Feedback.objects.exists()


def test_a_key_of_another_customers_feedback_is_taken(client, world):
    heard(world, 1)

    reply = bring(client, world.olga, customer_id="quay", text="Slow", feedback_id="ticket-1")

    assert code_of(reply) == (409, "key_taken")


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("{", (400, "not_json")),
        ("[1]", (400, "wrong_shape")),
        ("x" * 1_000_001, (413, "too_large")),
    ],
)
def test_a_body_that_is_no_object_is_refused(client, world, body, answer):
    reply = client.post(
        "/api/v1/feedback", body, content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {a_key(world.ada)[1]}",
    )  # fmt: skip

    assert code_of(reply) == answer


def test_who_changes_nothing_brings_nothing(client, world):
    assert code_of(bring(client, world.otto, customer_id="harbour", text="Slow")) == (403, "not_allowed")  # fmt: skip
