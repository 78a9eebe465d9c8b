"""What a column may mean: the columns of the workspace files, and what they are worked out from."""

from dataclasses import dataclass
from enum import StrEnum

SKIP = "skip"
CUSTOM = "custom"
SIGNAL = "signals."


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    WORD = "word"
    DATE = "date"
    INSTANT = "instant"
    MONEY = "money"
    NUMBER = "number"
    WHOLE = "whole"
    SCORE = "score"
    SHARE = "share"
    BOOLEAN = "boolean"
    EMAIL = "email"
    DOMAIN = "domain"
    CURRENCY = "currency"
    ROLE = "role"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a column may be read as, with the words a person chooses it by."""

    name: str
    label: str
    kind: Kind = Kind.TEXT

    @property
    def group(self) -> str:
        return self.name.partition(".")[0]


def _targets(group: str, rows: tuple[tuple[str, str, Kind], ...]) -> dict[str, Target]:
    return {f"{group}.{name}": Target(f"{group}.{name}", label, kind) for name, label, kind in rows}


_CUSTOMERS = (
    ("customer_id", "Customer id", Kind.TEXT),
    ("name", "Customer name", Kind.TEXT),
    ("domain", "Domain or website", Kind.DOMAIN),
    ("segment", "Segment", Kind.TEXT),
    ("industry", "Industry", Kind.TEXT),
    ("region", "Region or country", Kind.TEXT),
    ("owner_email", "Owner’s e-mail", Kind.EMAIL),
    ("stage", "Stage", Kind.TEXT),
    ("since", "Customer since", Kind.DATE),
    ("parent_id", "Parent customer’s id", Kind.TEXT),
    ("why_bought", "Why they bought", Kind.TEXT),
    ("promised_value", "What was promised", Kind.TEXT),
)
_CONTACTS = (
    ("contact_id", "Contact id", Kind.TEXT),
    ("name", "Contact name", Kind.TEXT),
    ("first_name", "Contact first name", Kind.TEXT),
    ("last_name", "Contact last name", Kind.TEXT),
    ("email", "Contact e-mail", Kind.EMAIL),
    ("role", "Contact role", Kind.ROLE),
    ("title", "Contact job title", Kind.TEXT),
    ("language", "Contact language", Kind.TEXT),
    ("joined_on", "Contact joined on", Kind.DATE),
    ("left_on", "Contact left on", Kind.DATE),
)
_CONTRACTS = (
    ("contract_id", "Contract id", Kind.TEXT),
    ("starts_on", "Contract start", Kind.DATE),
    ("ends_on", "Renewal date (contract end)", Kind.DATE),
    ("arr", "ARR: amount a year", Kind.MONEY),
    ("mrr", "MRR: amount a month (× 12)", Kind.MONEY),
    ("value", "Amount (period is asked)", Kind.MONEY),
    ("total", "Amount for the whole term", Kind.MONEY),
    ("amount", "Amount per billing interval", Kind.MONEY),
    ("interval", "Billing interval", Kind.WORD),
    ("quantity", "Quantity the amount is multiplied by", Kind.NUMBER),
    ("currency", "Currency", Kind.CURRENCY),
    ("term_months", "Term in months", Kind.WHOLE),
    ("seats", "Seats", Kind.WHOLE),
    ("plan", "Plan", Kind.TEXT),
    ("product", "Product", Kind.TEXT),
    ("auto_renew", "Renews by itself", Kind.BOOLEAN),
    ("notice_days", "Notice period in days", Kind.WHOLE),
    ("status", "Status (renewed, churned, open …)", Kind.WORD),
    ("decided_on", "Decided on", Kind.DATE),
    ("lost_on", "Lost on (churn date)", Kind.DATE),
    ("new_arr", "ARR after the renewal", Kind.MONEY),
    ("churn_reason", "Reason for leaving", Kind.TEXT),
    ("churn_cause", "Cause of leaving (ours, external, payment)", Kind.WORD),
    ("avoidable", "Could the loss be avoided", Kind.BOOLEAN),
)
_BELIEFS = (
    ("probability", "Our belief that they renew", Kind.SHARE),
    ("reason", "Reason for our belief", Kind.TEXT),
    ("by_email", "Who believes it (e-mail)", Kind.EMAIL),
    ("at", "Day of our belief", Kind.INSTANT),
)

_ANSWERS = (
    ("nps", "NPS, would they recommend us", Kind.RATING),
    ("csat", "CSAT, are they satisfied", Kind.RATING),
    ("ces", "CES, was it easy", Kind.RATING),
    ("score", "A score whose kind another column tells", Kind.RATING),
    ("kind", "What was asked (NPS, CSAT, CES)", Kind.WORD),
    ("comment", "Comment beside the answer", Kind.TEXT),
    ("at", "Answered at", Kind.INSTANT),
    ("answer_id", "Id of the answer", Kind.TEXT),
    ("language", "Language of the answer", Kind.TEXT),
)

SLOTS = ("decision_maker", "sponsor", "champion")
_PEOPLE = tuple(
    (slot, tuple((name, f"{slot.replace('_', ' ').capitalize()}: {label}", kind) for name, label, kind in (
        ("name", "name", Kind.TEXT), ("email", "e-mail", Kind.EMAIL), ("title", "job title", Kind.TEXT))))
    for slot in SLOTS
)  # fmt: skip

COMMON: dict[str, Target] = {
    **_targets("customers", _CUSTOMERS),
    **_targets("contacts", _CONTACTS),
    **_targets("contracts", _CONTRACTS),
    **_targets("beliefs", _BELIEFS),
    **_targets("answers", _ANSWERS),
    **{name: target for slot, rows in _PEOPLE for name, target in _targets(slot, rows).items()},
    "signals.at": Target("signals.at", "Day of the signals", Kind.INSTANT),
}


def target_named(name: str, own: dict[str, Target] | None = None) -> Target:
    """The target of a name; any `signals.<name>` is one.

    Raises:
        KeyError: there is none of that name.
    """
    if own and name in own:
        return own[name]
    if name in COMMON:
        return COMMON[name]
    if name.startswith(SIGNAL) and len(name) > len(SIGNAL):
        label = name.removeprefix(SIGNAL).replace("_", " ")
        return Target(name, f"Signal: {label}", Kind.SCORE)
    if name in (SKIP, CUSTOM):
        return Target(name, "Leave out" if name == SKIP else "Keep as a custom field")
    raise KeyError(name)
