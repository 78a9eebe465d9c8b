"""Which addresses are not written to, found by their hash: the address itself may be erased by now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from arbiter.voice.models import Suppression
from arbiter.voice.rules.addresses import address_hash
from arbiter.voice.rules.budget import Suppressed


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
    return found
