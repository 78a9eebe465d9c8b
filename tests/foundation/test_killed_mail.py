"""A process killed between the server's "taken" and our own mark: the mail is never sent twice."""

import signal
from email import message_from_bytes

import pytest

from tests.foundation.servers import mail_server

PUT = """
from django.utils import timezone
from arbiter.foundation.mail import outbox
outbox.put(dedupe_key="test:1", to="cleo@harbour.test", subject="Hello", text="Hello", at=timezone.now())
"""
SEND = """
from django.utils import timezone
from arbiter.foundation.mail import dispatch
print(dispatch.send_due(timezone.now()))
"""
DIE_BEFORE_MARKING = """
import os, signal
from arbiter.foundation.mail import dispatch
dispatch._finish = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
"""
STATUS = "SELECT status FROM foundation_outboxmail"
IN_A_TRANSACTION = """
from django.db import transaction
from django.utils import timezone
from arbiter.foundation.mail import dispatch
try:
    with transaction.atomic():
        dispatch.send_due(timezone.now())
except RuntimeError as problem:
    print(problem)
"""


@pytest.fixture
def postbox(machine):
    with mail_server() as server:
        machine.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
        machine.run(PUT)
        yield server.handler


@pytest.mark.sweep
def test_a_mail_is_not_sent_twice_by_whoever_comes_after_a_killed_sender(machine, postbox):
    sender = machine.start(DIE_BEFORE_MARKING + SEND)
    sender.wait(timeout=30)
    assert sender.returncode == -signal.SIGKILL
    assert len(postbox.mails) == 1

    claimed = machine.run(SEND)

    assert claimed == "0"
    assert machine.ask(STATUS) == [("sending",)]
    assert len(postbox.mails) == 1


@pytest.mark.sweep
def test_sending_inside_a_transaction_is_refused_for_a_rollback_would_send_again(machine, postbox):
    said = machine.run(IN_A_TRANSACTION)

    assert "durable atomic block" in said
    assert postbox.mails == []
    assert machine.ask(STATUS) == [("queued",)]


@pytest.mark.sweep
def test_several_senders_at_once_send_every_mail_once(machine, postbox):
    machine.run("".join(PUT.replace("test:1", f"test:{number}") for number in range(2, 21)))

    senders = [machine.start(SEND) for _ in range(3)]
    ends = [sender.wait(timeout=60) for sender in senders]

    assert ends == [0, 0, 0]
    sent = [message_from_bytes(mail.original_content)["Message-ID"] for mail in postbox.mails]
    assert len(sent) == len(set(sent)) == 20
