"""The promises: what is due first, what was kept and what was broken."""

import pytest
from django.urls import reverse

from arbiter.engagement.actions import promises
from arbiter.engagement.models import Promise
from arbiter.voice.actions import feedback
from arbiter.workspace.promises import pages
from tests.world import MAY


@pytest.fixture
def ada(client, world):
    client.force_login(world.ada)
    return world.ada


@pytest.fixture
def promise(world):
    return promises.make(
        customer=world.harbour, text="A training day", by=world.ada, at=MAY, due_on=MAY.date()
    )


def post(client, name, pk, /, **data):
    return client.post(reverse(f"workspace:{name}", args=[pk]), data, follow=True)


def test_the_list_shows_what_is_open_and_overdue(client, ada, promise):
    shown = client.get("/promises/").content.decode()

    assert "A training day" in shown
    assert "1 open, 1 of them overdue" in shown
    assert "A training day" not in client.get("/promises/?show=settled").content.decode()
    assert "A training day" in client.get("/promises/?mine=yes").content.decode()


def test_a_list_cut_short_says_so(client, ada, promise, world, monkeypatch):
    later = promises.make(customer=world.harbour, text="A second berth", by=ada, at=MAY)
    monkeypatch.setattr(pages, "MOST_OPEN", 1)

    shown = client.get("/promises/").content.decode()

    assert later.text not in shown
    assert "Of 2 open promises the 1 due first are shown." in shown


def test_it_is_kept_broken_and_opened_again(client, ada, promise):
    assert "Kept." in post(client, "promise-decision", promise.pk, decision="keep").content.decode()
    assert "was kept before" in post(client, "promise-decision", promise.pk, decision="break").content.decode()  # fmt: skip
    settled = client.get("/promises/?show=settled").content.decode()
    assert "kept" in settled
    assert "1 kept late" in settled
    post(client, "promise-decision", promise.pk, decision="reopen")
    post(client, "promise-decision", promise.pk, decision="break")
    promise.refresh_from_db()
    assert promise.broken_at is not None
    assert "Say whether it was kept" in post(client, "promise-decision", promise.pk).content.decode()  # fmt: skip


def test_one_is_noted_upon_feedback(client, ada, world):
    piece = feedback.receive(customer=world.harbour, text="Train us", source="ticket", by=ada, at=MAY)  # fmt: skip
    url = reverse("workspace:promise-new", args=[world.harbour.pk])
    told = {"text": "A training day", "due_on": "2026-06-20", "on": "2026-05-20", "contact": world.cleo.pk}  # fmt: skip

    client.post(f"{url}?feedback={piece.key}", told)

    made = Promise.objects.get()
    assert (made.feedback_key, made.contact, made.at.date().isoformat()) == (piece.key, world.cleo, "2026-05-20")  # fmt: skip
    assert "A training day" in client.get(f"/feedback/{piece.pk}/").content.decode()
    assert client.post(f"{url}?feedback=other", {"text": ""}).status_code == 422


def test_it_is_put_right(client, ada, promise):
    assert client.get(reverse("workspace:promise-edit", args=[promise.pk])).status_code == 200
    post(client, "promise-edit", promise.pk, text="Two days", due_on="2026-07-01")
    refused = post(client, "promise-edit", promise.pk, text="x", due_on="2020-01-01")

    promise.refresh_from_db()
    assert promise.text == "Two days"
    assert refused.status_code == 422
