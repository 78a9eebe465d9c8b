"""How a plain renewal tracker, a list of lost customers and a list of scores are recognised."""

from arbiter.connectors.tables.records import Record
from arbiter.connectors.tables.shapes import Circumstances, Shape, keep_as_custom, named
from arbiter.connectors.tables.vocabulary import COMMON_FIELDS


def _headers(*targets: str) -> frozenset[str]:
    return frozenset(header for target in targets for header in COMMON_FIELDS[target])


_WHO = _headers("customers.name", "customers.customer_id", "customers.domain")
_WHEN = _headers("contracts.ends_on")
_HOW_MUCH = _headers("contracts.arr", "contracts.mrr", "contracts.value", "contracts.total")
_LOST = _headers("contracts.lost_on", "contracts.churn_reason")
_SCORES = frozenset().union(
    *(
        headers
        for target, headers in COMMON_FIELDS.items()
        if target.startswith("signals.") and target != "signals.at"
    )
)
# In a list of scores a plain date is the day of the score, and a plain score the customer's health; elsewhere
# neither says so. A score without its day would pass for today's, and nothing old could be told from it.
_PLAIN = named(
    signals__at="Date|Day|Month|Week|Snapshot|Snapshot month|Snapshot at|Scored on|Scored at|Recorded on|Recorded at|"
    "Response date|Responded at|Answered on|Last updated|Updated|Updated on|Updated at|Timestamp|"
    "Datum|Monat|Tag|Mois|Jour|Fecha|Mes|Día",
    signals__health_score="Score|Customer score|Account score",
)
_SCORE_FIELDS = COMMON_FIELDS | {
    target: (*COMMON_FIELDS[target], *headers) for target, headers in _PLAIN.items()
}
# And in a list of the lost a plain reason is why they left.
_LOST_FIELDS = COMMON_FIELDS | {
    target: (*COMMON_FIELDS[target], *headers)
    for target, headers in named(contracts__churn_reason="Reason|Why|Grund|Motif|Motivo").items()
}
_HINTS = _headers(
    "customers.domain", "customers.segment", "customers.owner_email", "contacts.email", "contacts.name",
    "contracts.currency", "contracts.status", "contracts.starts_on", "beliefs.probability",
) | _SCORES  # fmt: skip


def _lost(record: Record, _circumstances: Circumstances) -> None:
    """Whoever stands on the list of the lost is lost, unless a status says otherwise."""
    record.setdefault("contracts.status", "churned")


RENEWALS = Shape(
    key="renewal_tracker.renewals",
    label="Renewal tracker",
    required=(_WHO, _WHEN, _HOW_MUCH),
    hints=_HINTS,
    fields=COMMON_FIELDS,
    certainty=0.95,
    leftovers=keep_as_custom,
)
LOST = Shape(
    key="renewal_tracker.lost",
    label="List of lost customers",
    required=(_WHO, _LOST),
    hints=_HINTS | _HOW_MUCH,
    fields=_LOST_FIELDS,
    order=3,
    certainty=0.9,
    leftovers=keep_as_custom,
    refine=_lost,
)
SCORES = Shape(
    key="renewal_tracker.scores",
    label="List of scores",
    required=(_WHO, _SCORES | frozenset(_PLAIN["signals.health_score"])),
    hints=_headers("signals.at", "customers.domain") | frozenset(_PLAIN["signals.at"]),
    fields=_SCORE_FIELDS,
    order=4,
    certainty=0.85,
    leftovers=keep_as_custom,
)
CONTACTS = Shape(
    key="renewal_tracker.contacts",
    label="List of contacts",
    required=(
        _WHO,
        _headers("contacts.email", "decision_maker.email", "champion.email", "sponsor.email"),
    ),
    hints=_headers("contacts.name", "contacts.role", "contacts.title", "contacts.first_name"),
    fields=COMMON_FIELDS,
    order=2,
    certainty=0.8,
    leftovers=keep_as_custom,
)
CUSTOMERS = Shape(
    key="renewal_tracker.customers",
    label="List of customers",
    required=(_headers("customers.name"),),
    hints=_HINTS | _HOW_MUCH | _WHEN,
    fields=COMMON_FIELDS,
    certainty=0.7,
    leftovers=keep_as_custom,
)
SHAPES = (RENEWALS, LOST, SCORES, CONTACTS, CUSTOMERS)
