"""What arrived in a year of asking, held against every rule: told from the mails themselves, not from what we think we sent."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from arbiter.accounts.models import Contact
from arbiter.engagement.models import Occasion
from arbiter.foundation.models import OutboxMail
from arbiter.voice.models import Ask, Suppression
from arbiter.voice.rules.budget import Limits, Reason
from tests.engagement.budget_rules import Sent, broken


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as the server took it: its number, to whom, when, and of what size."""

    number: str
    to: str
    at: datetime
    size: int


@dataclass
class Door:
    """What a mail server does with mail: it keeps the head of each and forgets the words, so that a year fits in."""

    arrived: list[Arrived] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Take one mail."""
        head = envelope.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        told = BytesHeaderParser().parsebytes(head)
        (to,) = envelope.rcpt_tos
        when = parsedate_to_datetime(told["Date"])
        self.arrived.append(Arrived(told["Message-ID"], to, when, len(envelope.content)))
        return "250 Taken"


def faults(arrived: list[Arrived], limits: Limits) -> list[str]:
    """Every rule that was broken in a year, in a sentence; empty when all were kept."""
    sent = delivered(arrived)
    return [
        *broken(sent, limits),
        *_lost_or_doubled(arrived),
        *_unwanted(sent),
        *_asked_though_held_out(),
        *_without_reason(),
    ]


def delivered(arrived: list[Arrived]) -> list[Sent]:
    """Each mail that arrived as the budget sees it: who got it, by its address, and what for, by its number."""
    about = dict(OutboxMail.objects.values_list("message_id", "about"))
    asked = Ask.objects.order_by("-pk").values_list("link_id", "version__survey__purpose")
    purposes = {link_id: purpose or "outcome" for link_id, purpose in asked}
    rows = Contact.objects.values_list("email", "pk", "customer_id", "time_zone")
    people = {email: tuple(row) for email, *row in rows}
    found = []
    for mail in arrived:
        contact, customer, zone = people[mail.to]
        link_id = int(about[mail.number].partition(":")[2])
        found.append(Sent(contact, customer, zone or "UTC", purposes[link_id], mail.at))
    return found


def reasons() -> Counter:
    """How many occasions came to nothing, by reason; those who wait still among them."""
    rows = Occasion.objects.exclude(state="asked").order_by()
    return Counter(rows.values_list("reason_code", flat=True))


def _lost_or_doubled(arrived):
    times = Counter(mail.number for mail in arrived)
    written = set(OutboxMail.objects.values_list("message_id", flat=True))
    faults = [f"{number} arrived {count} times" for number, count in times.items() if count > 1]
    faults += [f"{number} was written and never arrived" for number in written - times.keys()]
    faults += [f"{number} arrived and nobody wrote it" for number in times.keys() - written]
    asked = Occasion.objects.filter(state="asked").count()
    if asked != len(times):
        faults.append(f"{asked} were asked and {len(times)} mails arrived")
    unsent = OutboxMail.objects.exclude(status="sent").count()
    return [*faults, f"{unsent} mails are not marked as sent"] if unsent else faults


def _unwanted(sent):
    """Mail to somebody who had left, who wanted none, or whose address takes none of any kind."""
    gone = dict(Contact.objects.exclude(left_on=None).values_list("pk", "left_on"))
    tired = dict(Contact.objects.exclude(unsubscribed_at=None).values_list("pk", "unsubscribed_at"))
    held = {}
    for contact, scope, at in Suppression.objects.values_list("contact_id", "scope", "at"):
        held.setdefault(contact, []).append((scope, at))
    for mail in sent:
        if mail.contact in gone and mail.at.date() >= gone[mail.contact]:
            yield f"{mail} went to somebody who had left"
        if mail.contact in tired and mail.at >= tired[mail.contact]:
            yield f"{mail} went to somebody who wants none"
        for scope, at in held.get(mail.contact, ()):
            stops = scope == "all" or (scope == "surveys" and mail.purpose != "outcome")
            if stops and mail.at >= at:
                yield f"{mail} went to an address that is held"


def _asked_though_held_out():
    held_out = set(Occasion.objects.filter(state="held_out").values_list("rule__key", "contact_id"))
    asked = set(Ask.objects.exclude(rule_key="").values_list("rule_key", "contact_id"))
    return [f"{pair} was held out and asked" for pair in held_out & asked]


def _without_reason():
    known = {str(reason) for reason in Reason}
    silent = Occasion.objects.exclude(state="asked").filter(reason="").count()
    faults = [f"{silent} were not asked and nobody says why"] if silent else []
    return faults + [f"nobody knows the reason {code!r}" for code in reasons().keys() - known]
