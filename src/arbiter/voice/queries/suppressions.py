"""Which addresses are not written to, found by their hash: the address itself may be erased by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from arbiter.accounts.queries import contacts
from arbiter.voice.models import Suppression
from arbiter.voice.rules.addresses import address_hash
from arbiter.voice.rules.budget import Suppressed

ALL, UNSUBSCRIBED = "all", "unsubscribed"


def hash_of(address: str) -> str:
    """Return what is kept of an address."""
    return address_hash(address, settings.SECRET_KEY)


def hashes_of(address: str) -> list[str]:
    """Return what may have been kept of an address: under the key of today and under each earlier one."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [address_hash(address, secret) for secret in secrets]


def all_of_them() -> QuerySet[Suppression]:
    """Every suppression that holds or was lifted, the newest first."""
    return Suppression.objects.select_related("contact__customer").order_by("-at", "-pk")


def holding(at: datetime) -> QuerySet[Suppression]:
    """Those that hold at a moment."""
    lifted = Q(lifted_at=None) | Q(lifted_at__gt=at)
    return Suppression.objects.filter(lifted, at__lte=at)


def known(*, words: str = "", lifted: bool = False) -> QuerySet[Suppression]:
    """Those that hold, or those that were lifted; with words, those of an address, also where only its hash is left."""
    found = all_of_them().filter(lifted_at__isnull=not lifted)
    if not words:
        return found
    them = Q(address__icontains=words) | Q(contact__name__icontains=words)
    return found.filter(them | Q(address_hash__in=hashes_of(words)))


def of_address(address: str, *, at: datetime) -> list[Suppression]:
    """What holds of one address, the oldest first."""
    return list(holding(at).filter(address_hash__in=hashes_of(address)).order_by("at", "pk"))


def among(addresses: Collection[str], *, at: datetime) -> dict[str, list[Suppressed]]:
    """What holds of some thousand addresses, by address: one query."""
    by_hash = {each: address for address in addresses if address for each in hashes_of(address)}
    found: dict[str, list[Suppressed]] = {}
    rows = holding(at).filter(address_hash__in=list(by_hash)).order_by("at", "pk")
    for kept, scope, cause, since in rows.values_list("address_hash", "scope", "cause", "at"):
        found.setdefault(by_hash[kept], []).append(Suppressed(scope, cause, since))
    for address, since in _unsubscribed(addresses, at):
        found.setdefault(address, []).append(Suppressed(ALL, UNSUBSCRIBED, since))
    return found


def _unsubscribed(addresses: Collection[str], at: datetime) -> Iterable[tuple[str, datetime]]:
    """Who wants no mail is not written to under the same address at another customer either."""
    found = contacts.unsubscribed().filter(email__in=addresses, unsubscribed_at__lte=at)
    return found.order_by("pk").values_list("email", "unsubscribed_at")  # type: ignore[return-value]
