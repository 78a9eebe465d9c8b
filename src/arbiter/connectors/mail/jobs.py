"""What recurs."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from arbiter.connectors.mail import fetching
from arbiter.foundation.jobs import job
from arbiter.foundation.mail.replies import Mailbox


@job(limit=timedelta(minutes=10))
def fetch_replies() -> None:
    """Take in the replies that wait in the mailbox."""
    mailbox = Mailbox.parse(settings.EMAIL_REPLIES_URL)
    if mailbox is not None:
        fetching.fetch(mailbox=mailbox, at=timezone.now())


def has_mailbox() -> bool:
    """Say whether there is a mailbox to look into."""
    return bool(settings.EMAIL_REPLIES_URL)
