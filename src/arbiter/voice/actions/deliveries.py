"""How our mail fared, as its provider tells: what came back, and who marked it as spam."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation import journal
from arbiter.foundation.queries import mail as outbox
from arbiter.foundation.refusals import Refusal
from arbiter.voice.actions import suppressions
from arbiter.voice.actions.asks import LETTERS
from arbiter.voice.models import Ask, DeliveryNews, PersonalLink, SuppressionScope
from arbiter.voice.queries.suppressions import hash_of, hashes_of
from arbiter.voice.rules.deliveries import SOFT_WITHIN, News, cause_of

if TYPE_CHECKING:
    from arbiter.accounts.permissions import Actor

HARD, SOFT = News.HARD_BOUNCE, News.SOFT_BOUNCE


class NoSuchNews(Refusal):
    """Of a mail there is told that it arrived, came back, was marked as spam, or ended a subscription."""


@transaction.atomic
def note(
    *,
    number: str,
    kind: str,
    address: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    message_id: str = "",
    detail: str = "",
) -> DeliveryNews:
    """Keep what a provider tells of a mail, and write no more to whom it cannot or must not reach.

    An address is spared at once when its mail came back for good or was marked as spam, and when three mails came back
    for a passing reason within fourteen days. The same number again changes nothing.

    Args:
        number: what the provider calls this piece of news: it tells it again when in doubt.
        kind: one of `News`.
        address: to whom the mail went; of a mail of ours it is looked up when not told.
        by: the system, on behalf of the provider.
        at: when it came about.
        recorded_at: when we learnt it.
        message_id: the Message-ID of the mail, or the provider's own number of it.
        detail: what the receiving server said.

    Raises:
        NoSuchNews: it is none of `News`.
        MayNotSuppress: the person may not decide whom we write to.
    """
    if kind not in list(News):
        raise NoSuchNews(f"{kind or 'Nothing'} is not told of a mail.", field="kind")
    mail = outbox.sent_as([message_id]) if message_id else None
    address = (address or (mail.to if mail else "")).strip()
    news, is_new = DeliveryNews.objects.get_or_create(
        number=number[:200],
        defaults={
            "message_id": (mail.message_id if mail else message_id)[:200],
            "address_hash": hash_of(address),
            "kind": kind,
            "detail": detail[:300],
            "at": at,
            "recorded_at": recorded_at or at,
        },
    )
    if is_new:
        link = link_of(mail.about if mail else "")
        _correct_asks(news, link)
        _spare(news, address, link, by)
    return news


def link_of(about: str) -> PersonalLink | None:
    """Return the personal link that a mail held, by what the outbox says it is about."""
    kind, _, number = about.partition(":")
    if kind not in {*LETTERS, "voice.reply"} or not number.isdigit():
        return None
    return PersonalLink.objects.filter(pk=int(number)).select_related("contact__customer").first()


def _correct_asks(news: DeliveryNews, link: PersonalLink | None) -> None:
    """What came back was never delivered; what arrives after that was."""
    if link is None:
        return
    asked = Ask.objects.filter(link=link)
    if news.kind in (HARD, SOFT):
        asked.update(delivered_at=None)
    elif news.kind == News.DELIVERED:
        asked.filter(delivered_at=None).update(delivered_at=news.at)


def _spare(news: DeliveryNews, address: str, link: PersonalLink | None, by: Actor) -> None:
    if news.kind == News.DELIVERED:
        return
    _tell(news, link, by)
    cause = cause_of(News(news.kind), _soft_bounces(news, address))
    if cause and address:
        suppressions.suppress(
            address=address,
            scope=SuppressionScope.ALL,
            cause=cause,
            by=by,
            at=news.at,
            recorded_at=news.recorded_at,
            contact=link.contact if link else None,
            detail=news.detail,
        )


def _soft_bounces(news: DeliveryNews, address: str) -> int:
    """How many mails came back: one that is tried again and again is one."""
    if news.kind != SOFT:
        return 0
    before = DeliveryNews.objects.filter(
        address_hash__in=hashes_of(address),
        kind=SOFT,
        at__gt=news.at - SOFT_WITHIN,
        at__lte=news.at,
    )
    told = before.values_list("message_id", "number")
    return len({message_id or number for message_id, number in told})


def _tell(news: DeliveryNews, link: PersonalLink | None, by: Actor) -> None:
    """The journal holds no address: it outlives the erasure of the contact."""
    journal.record(
        "voice.mail_came_back",
        subject=news,
        by=by,
        at=news.at,
        recorded_at=news.recorded_at,
        customer=link.contact.customer_id if link else None,
        contact=link.contact_id if link else None,
        kind=str(news.kind),
    )
