"""The budget of asking as it stands: what was sent to many people, read in few queries, and decided one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db.models import Max, QuerySet

from arbiter.accounts.queries import bases, contacts
from arbiter.foundation.queries import company
from arbiter.voice.models import Ask, AskingLimits, Channel
from arbiter.voice.queries import suppressions
from arbiter.voice.rules import budget as rules
from arbiter.voice.rules.budget import Addressee, History, Limits, Request, Suppressed, Verdict

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

Last = dict[int, dict[str, datetime]]
WHO = ("pk", "customer_id", "name", "email", "left_on", "unsubscribed_at", "time_zone")


@dataclass
class Budget:
    """What is known of some people's asks at a moment. Ask `decide`, and tell it by `note` who was asked meanwhile."""

    limits: Limits
    last: Last = field(default_factory=dict)
    colleagues: dict[int, Last] = field(default_factory=dict)
    suppressed: dict[str, list[Suppressed]] = field(default_factory=dict)
    today: int = 0
    no_basis: set[tuple[int, str]] = field(default_factory=set)

    def decide(self, request: Request, *, at: datetime) -> Verdict:
        """Say whether somebody may be written to, and if not why, and when to look again."""
        to = request.to
        # Check-ins come with education: whoever takes none of it takes neither.
        used_for = "education" if request.kind == "check_in" else request.purpose
        if (to.contact_id, used_for) in self.no_basis:
            request = replace(request, to=to._replace(basis="none"))
        history = History(
            self.last.get(to.contact_id, {}), self.colleagues.get(to.customer_id, {}), self.today
        )
        return rules.decide(request, history, self.limits, self._held(request), at)

    def note(self, request: Request, *, at: datetime) -> None:
        """Remember that somebody was asked just now."""
        to = request.to
        self.last.setdefault(to.contact_id, {})[request.purpose] = at
        of_customer = self.colleagues.setdefault(to.customer_id, {})
        of_customer.setdefault(to.contact_id, {})[request.purpose] = at
        self.today += 0 if request.by_hand else 1

    def _held(self, request: Request) -> Suppressed | None:
        """What stops this very question, if anything does."""
        stopping = rules.scopes_against(request.purpose, request.kind)
        held = self.suppressed.get(request.to.email, ())
        return next((each for each in held if each.scope in stopping), None)


def limits() -> Limits:
    """Return how often and when we write, as set or by default."""
    row = AskingLimits.objects.filter(pk=1).values(*Limits.__dataclass_fields__).first()
    return Limits(**row) if row else Limits()


def of(people: Collection[Addressee], *, at: datetime) -> Budget:
    """Read the budget of some thousand people: a few queries for any number of them."""
    within = limits()
    return Budget(
        limits=within,
        last=_last([each.contact_id for each in people], within, at),
        colleagues=_colleagues({each.customer_id for each in people}, at),
        suppressed=suppressions.among({each.email for each in people}, at=at),
        today=asked_today(at),
        no_basis=bases.without([each.contact_id for each in people], as_of=at),
    )


def hold(to: Addressee, *, at: datetime) -> Budget:
    """Read the budget of one person and keep everybody else from asking at their customer until the transaction ends."""
    list(contacts.of_customers([to.customer_id]).select_for_update().values_list("pk", flat=True))
    return of([to], at=at)


def asked_today(at: datetime) -> int:
    """How many people were asked by rules since midnight where the company is."""
    midnight = at.astimezone(ZoneInfo(company_zone())).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    rows = Ask.objects.filter(at__gte=midnight, at__lte=at).exclude(rule_key="")
    return rows.values("contact_id").distinct().count()


def full_until(at: datetime) -> Verdict | None:
    """Say that today is full for rules, and when they may go on; None while there is room."""
    within, today = limits(), asked_today(at)
    return rules.day_is_full(within, today, company_zone(), at) if today >= within.a_day else None


def addressees(people: QuerySet[Contact]) -> list[Addressee]:
    """Who may be written to, in plain rows: two queries."""
    default = company_zone()
    return [_addressee(row, default) for row in people.values_list(*WHO)]


def addressee(contact: Contact) -> Addressee:
    """What the budget must know of one contact."""
    return next(iter(told([contact])))


def told(people: Iterable[Contact]) -> list[Addressee]:
    """What the budget must know of some contacts that are read already."""
    default = company_zone()
    return [_addressee([getattr(each, name) for name in WHO], default) for each in people]


def company_zone() -> str:
    """The zone of whoever says none."""
    run_by = company.current()
    return zone(run_by.time_zone if run_by else "", settings.TIME_ZONE)


@lru_cache(maxsize=1024)
def zone(name: str, default: str) -> str:
    """Return the name of a zone there is: the default for none and for one nobody knows."""
    try:
        return ZoneInfo(name).key if name else default
    except (ZoneInfoNotFoundError, ValueError):
        return default


def _addressee(row: Sequence[Any], default: str) -> Addressee:
    return Addressee._make([*row[:-1], zone(row[-1], default), ""])


def _last(contact_ids: Collection[int], within: Limits, at: datetime) -> Last:
    """When each was last asked, by purpose, as far back as it matters."""
    days = max(
        within.any_days, within.relationship_days, within.transactional_days, within.outcome_days
    )
    sent = _sent(at - timedelta(days=days), at).filter(contact_id__in=contact_ids)
    found: Last = defaultdict(dict)
    for contact_id, kind, purpose, moment in _by_purpose(sent, "contact_id"):
        _keep(found[contact_id], kind, purpose, moment)
    return dict(found)


def _colleagues(customer_ids: Collection[int], at: datetime) -> dict[int, Last]:
    """Who was asked within seven days, by customer."""
    sent = _sent(at - rules.WEEK, at).filter(contact__customer_id__in=customer_ids)
    found: dict[int, Last] = defaultdict(lambda: defaultdict(dict))
    rows = _by_purpose(sent, "contact__customer_id", "contact_id")
    for customer_id, contact_id, kind, purpose, moment in rows:
        _keep(found[customer_id][contact_id], kind, purpose, moment)
    return {customer_id: dict(people) for customer_id, people in found.items()}


def _sent(since: datetime, at: datetime) -> QuerySet[Ask]:
    """What was put to people in that time; what they found in the portal by themselves is no mail of ours."""
    return Ask.objects.filter(at__gt=since, at__lte=at).exclude(channel=Channel.PORTAL)


def _by_purpose(sent: QuerySet[Ask], *by: str) -> Iterable[tuple[Any, ...]]:
    rows = sent.order_by().values_list(*by, "kind", "version__survey__purpose")
    return rows.annotate(moment=Max("at")).iterator(chunk_size=10_000)


def _keep(last: dict[str, datetime], kind: str, purpose: str | None, moment: datetime) -> None:
    name = rules.purpose_of(kind, purpose or "")
    last[name] = max(last.get(name, moment), moment)
