"""Writing and reading mail in tests."""

from email import message_from_bytes, policy

from arbiter.foundation.mail import outbox
from tests.world import JUNE


def put(key="test:1", **more):
    words = {"to": "cleo@harbour.test", "subject": "Did you get it?", "text": "Tell us.\n"}
    return outbox.put(dedupe_key=key, at=JUNE, **words | more)


def status_of(mail):
    mail.refresh_from_db()
    return mail.status


def read(envelope):
    return message_from_bytes(envelope.original_content, policy=policy.default)
