"""The digest on its way out: by mail, to Slack, to Teams; each once, and never a sealed answer."""

import json
import re
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from arbiter.connectors.digests import delivery, jobs, posting, wording
from arbiter.connectors.sections import Line, Section
from arbiter.connectors.slack import messages as slack
from arbiter.connectors.teams import cards as teams
from arbiter.engagement.actions import digests, promises
from arbiter.engagement.models import DigestOrder
from arbiter.forecast.actions import beliefs
from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import answers
from tests.voice.test_mail_in_clients import UNKNOWN, Structure
from tests.world import JUNE, MAY

EVENING = JUNE.replace(hour=17, minute=1)


@pytest.fixture
def sink():
    """A channel on this machine: what was posted, and what it answers next."""

    class Channel(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.taken.append((self.headers["Content-Type"], json.loads(body)))
            self.send_response(server.answer)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Channel)
    server.taken, server.answer = [], 200
    server.address = f"http://127.0.0.1:{server.server_port}/hook?sig=secret"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def order(world, sink, kind="slack", address=None):
    return digests.order_channel(
        kind=kind, name="#customers", address=address or sink.address, hour=17, by=world.abe, at=JUNE
    )  # fmt: skip


def late(world, text="A <day> of *training* & more"):
    """A promise that goes overdue in the time the digest is about."""
    promises.make(customer=world.harbour, text=text, by=world.ada, at=MAY, due_on=JUNE.date())
    return EVENING + timedelta(days=1)


def test_slack_takes_blocks_with_links_and_no_mark_up_of_theirs(world, sink):
    evening = late(world)
    order(world, sink)

    assert delivery.send_due(evening) == 1

    ((kind, message),) = sink.taken
    assert kind == "application/json"
    assert message["text"] == "One change today"
    header, section, context = message["blocks"]
    assert header == {"type": "header", "text": {"type": "plain_text", "text": "One change today"}}
    words = section["text"]["text"]
    assert words.startswith("*Promise overdue*\n")
    assert f"<http://localhost:8000/customers/{world.harbour.pk}/|Harbour>" in words
    assert "A &lt;day&gt; of *training* &amp; more" in words
    assert context["elements"][0]["text"] == "<http://localhost:8000/|Open Arbiter>"
    assert delivery.send_due(evening) == 0


def test_teams_takes_a_message_with_one_adaptive_card(world, sink):
    evening = late(world)
    order(world, sink, kind="teams")
    sink.answer = 202

    assert delivery.send_due(evening) == 1

    ((_, message),) = sink.taken
    assert message["type"] == "message"
    (attachment,) = message["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["contentUrl"] is None
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert {block["type"] for block in card["body"]} == {"TextBlock"}
    assert "A \\<day\\> of \\*training\\* & more" in card["body"][-1]["text"]
    assert card["actions"][0]["url"] == "http://localhost:8000/"


def test_where_nothing_changed_nobody_hears_anything(world, sink):
    order(world, sink)

    assert delivery.send_due(EVENING) == 0
    assert sink.taken == []
    assert DigestOrder.objects.get().told_until == EVENING


@pytest.mark.parametrize(("answer", "again"), [(500, True), (302, True), (404, False)])
def test_what_is_not_taken_is_shown_and_tried_again_where_that_may_help(world, sink, answer, again):
    evening = late(world)
    order(world, sink)
    sink.answer = answer

    assert delivery.send_due(evening) == 0
    assert DigestOrder.objects.get().trouble == f"The channel answered {answer}."
    sink.answer = 200
    assert delivery.send_due(evening + timedelta(minutes=5)) == int(again)
    assert DigestOrder.objects.get().trouble == ("" if again else f"The channel answered {answer}.")


def test_an_error_tells_no_address(world, sink):
    evening = late(world)
    order(world, sink, address="http://127.0.0.1:9/hook?sig=secret")

    delivery.send_due(evening)

    assert DigestOrder.objects.get().trouble == "The channel could not be reached (ConnectError)."
    with pytest.raises(posting.NotTaken) as trouble:
        posting.post("https://[", {})
    assert trouble.value.again


def test_what_was_sealed_with_another_key_is_said(world, sink, settings):
    evening = late(world)
    order(world, sink)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []

    assert delivery.send_due(evening) == 0
    assert "SECRET_KEY" in DigestOrder.objects.get().trouble


def test_the_mail_is_drawn_as_every_other_mail_and_whole_in_plain_text(world):
    evening = late(world)
    digests.order_mail(by=world.ada, hour=17, at=JUNE)
    delivery.send_due(evening)

    mail = OutboxMail.objects.get()
    drawn = Structure(mail.html)
    assert (drawn.unclosed, drawn.open) == ([], [])
    assert {each["role"] for each in drawn.of("table")} == {"presentation"}
    assert all("color" in each["style"] for each in drawn.of("a"))
    assert "prefers-color-scheme: dark" in mail.html
    assert not UNKNOWN.search(" ".join(each.get("style", "") for _, each in drawn.tags))
    assert {each["href"] for each in drawn.of("a")} == set(re.findall(r"http\S+", mail.text))


def test_a_colleague_is_mailed_their_own_customers(world):
    answers.give(contact=world.dov, kind="intent", value="no", by=world.dov, at=EVENING)
    evening = late(world)
    for person in (world.ada, world.quinn):
        digests.order_mail(by=person, hour=17, at=JUNE)

    assert delivery.send_due(evening) == 2

    mail = OutboxMail.objects.get(to="ada@lighthouse.test")
    assert mail.subject == "One change today: promise overdue"
    assert "- Harbour: Promised by 1 June: A <day>" in mail.text
    assert "A &lt;day&gt;" in mail.html
    assert "Quay" not in mail.text
    assert OutboxMail.objects.filter(to="quinn@lighthouse.test").exists()


def test_a_sealed_answer_is_told_without_what_it_says(world):
    answers.give(contact=world.dora, kind="intent", value="no", by=world.dora, at=EVENING)
    digests.order_mail(by=world.ada, hour=17, at=JUNE)

    delivery.send_due(EVENING + timedelta(days=1))

    mail = OutboxMail.objects.get()
    assert "It stays sealed" in mail.text
    assert "Dora" not in mail.text
    assert mail.subject == "One change today: answered, sealed"


def test_what_somebody_believed_first_is_told_openly(world):
    beliefs.log(contract=world.harbour_contract, probability=0.9, reason="They like us", by=world.ada, at=JUNE)  # fmt: skip
    answers.give(contact=world.dora, kind="intent", value="no", by=world.dora, at=EVENING)
    digests.order_mail(by=world.ada, hour=17, at=JUNE)

    delivery.send_due(EVENING + timedelta(days=1))

    assert "Dora Diaz says no; before it was nothing." in OutboxMail.objects.get().text


def test_who_left_us_is_mailed_nothing(world):
    evening = late(world)
    digests.order_mail(by=world.ada, hour=17, at=JUNE)
    world.ada.is_active = False
    world.ada.save()

    assert delivery.send_due(evening) == 0
    assert not OutboxMail.objects.exists()


def test_the_job_runs_when_somebody_is_due(world, clock):
    evening = late(world)
    digests.order_mail(by=world.ada, hour=17, at=JUNE)
    assert not jobs.is_any_due()

    clock.set(evening)
    assert jobs.is_any_due()
    jobs.send_digests.call()
    assert not jobs.is_any_due()
    assert OutboxMail.objects.count() == 1


MANY = [Section(f"Kind {n}", tuple(Line("A|B <c>", "word " * 200, "http://x/") for _ in range(9))) for n in range(70)]  # fmt: skip


def test_a_message_keeps_to_the_limits_of_slack():
    message = slack.message("T" * 200, MANY, more=5, url="http://x/")

    assert len(message["blocks"]) <= 50
    assert len(message["blocks"][0]["text"]["text"]) == 150
    texts = [block["text"]["text"] for block in message["blocks"][1:-1]]
    assert max(map(len, texts)) <= 3_000
    assert sum(map(len, texts)) <= 12_100
    assert "<http://x/|A/B &lt;c&gt;>" in texts[0]
    assert message["blocks"][-1]["elements"][0]["text"].startswith("and 5 more")


def test_a_card_keeps_to_the_limit_of_teams():
    message = teams.message("T", MANY, more=0, url="http://x/")

    assert len(json.dumps(message)) < 28_000
    assert "and 570 more" in json.dumps(message)


def test_sixty_changes_are_told_and_the_rest_is_counted(world):
    change = wording.Change("overdue", world.harbour.pk, "Harbour", "x")

    sections, more = wording.sections_of([change] * 70)

    assert (sum(len(each.lines) for each in sections), more) == (60, 10)
    assert wording.title_of(70) == "70 changes today"
