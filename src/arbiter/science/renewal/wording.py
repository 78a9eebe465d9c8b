"""What was known of a contract, signal by signal, in sentences fit to show."""

from collections.abc import Callable

from arbiter.science.renewal.known import Answer, Known
from arbiter.science.renewal.layout import OWN
from arbiter.science.renewal.terms import SIGNALS

_WORDS = {"yes": "yes", "not_sure": "not sure", "no": "no"}
_ROLES = {
    "decision_maker": "Decision maker",
    "sponsor": "Sponsor",
    "champion": "Champion",
    "user": "User",
    "procurement": "Procurement",
}
_LEARNT = {
    "segment": "What kind of customer is it?",
    "lead": "How far off is the decision?",
}

COLUMN_LABELS = {
    "yes_from_decision": "The decision maker says yes",
    "not_sure_from_decision": "The decision maker is not sure",
    "no_from_decision": "The decision maker says no",
    "yes_from_user": "Somebody else says yes",
    "not_sure_from_user": "Somebody else is not sure",
    "no_from_user": "Somebody else says no",
    "no_reply": "Asked, no reply",
    "confirmed_share": "All goals confirmed, against none",
    "nothing_confirmed": "Nothing confirmed",
    "awareness_gap": "All goals reached, and nobody there knows",
    "goal_age": "Goal agreed longer ago, per ln(1 + months/3)",
    "departure": "Champion or sponsor left within six months",
    "nps_promoter": "NPS promoter, against passive",
    "nps_detractor": "NPS detractor, against passive",
    "nps_none": "No NPS answer",
    "csat": "CSAT, per point",
    "usage_level": "Usage, per sd",
    "usage_trend": "Usage trend, per sd",
    "critical_tickets": "Each open critical ticket",
    "tenure": "Earlier renewals, per ln(1 + renewals)",
    "first_renewal": "First renewal",
    "price_increase": "Price increase, per 100 %",
    "lead_30": "30 days before the decision, against 90",
    "lead_180": "180 days before the decision, against 90",
    "temperature_by_lead": "All of the table, per doubling of the lead",
}
"""What one unit of a column of the model stands for."""


def label_of(part: str) -> str:
    """Return the question that a part of a forecast answers; of the company's own signals, their name.

    Args:
        part: an entry of `Model.parts`.

    Raises:
        KeyError: there is no such part.

    References:
        The words are those of docs/guide/words.md.

    Examples:
        >>> label_of("intent"), label_of("signal:health_score")
        ('Will they continue?', 'Health score')
    """
    if part.startswith(OWN):
        return part.removeprefix(OWN).replace("_", " ").capitalize()
    return (SIGNALS | _LEARNT)[part]


def known_of(known: Known, signal: str) -> str:
    """Return what was known of one signal, as a sentence without its full stop.

    Args:
        known: what was known of the contract.
        signal: an entry of `Model.parts`.

    Raises:
        KeyError: there is no such signal.

    References:
        The words are those of docs/guide/words.md.

    Examples:
        >>> known_of(Known(answers=(Answer("yes", "sponsor", 12),)), "intent")
        'Sponsor said yes 12 days ago'
        >>> known_of(Known(), "confirmation")
        'No goal is due or judged'
    """
    if signal.startswith(OWN):
        value = dict(known.signals).get(signal.removeprefix(OWN))
        return "Not known" if value is None else f"Stands at {_plain(value)}"
    return _SENTENCES[signal](known)


def _plain(value: float) -> str:
    """As people write it: no power of ten stands in for the digits of a great number."""
    return f"{value:,.0f}" if abs(value) >= 100_000 else f"{value:g}"


def _intent(known: Known) -> str:
    if not known.answers:
        return "Asked, no reply" if known.asked_no_reply else "Never asked"
    told = sorted(known.answers, key=lambda answer: (not answer.decides, answer.age_days))
    said = "; ".join(_said(answer) for answer in told[:3])
    more = len(told) - 3
    return f"{said}; and {more} more" if more > 0 else said


def _said(answer: Answer) -> str:
    who = _ROLES.get(answer.role, "Contact")
    return f"{who} said {_WORDS[answer.intent]} {_ago(answer.age_days)}"


def _ago(days: int) -> str:
    if days == 0:
        return "today"
    return "a day ago" if days == 1 else f"{days} days ago"


def _confirmation(known: Known) -> str:
    if known.goals == 0:
        return "No goal is due or judged"
    if not known.judged:
        return f"Nobody judged the {_counted(known.goals, 'due goal')}"
    parts = f", {known.partly} partly" if known.partly else ""
    unjudged = known.goals - known.judged
    open_ones = f", {unjudged} never judged" if unjudged else ""
    return f"{known.achieved} of {_counted(known.goals, 'goal')} confirmed{parts}{open_ones}"


def _awareness(known: Known) -> str:
    unknown = known.reached - known.reached_known
    if known.awareness_gap == 0:
        return "No reached goal that they do not know of"
    return f"{_counted(unknown, 'goal')} of {known.measured} reached without anybody there knowing"


def _goal_age(known: Known) -> str:
    if known.goal_age_months is None:
        return "No goal was ever agreed"
    months = round(known.goal_age_months)
    if months == 0:
        return "Goals agreed or confirmed this month"
    return f"Goals last agreed or confirmed {_counted(months, 'month')} ago"


def _departure(known: Known) -> str:
    if known.departed:
        return "The champion or the sponsor left within six months"
    return "Nobody who stands up for us left lately"


def _nps(known: Known) -> str:
    return "Never answered" if known.nps is None else f"Answered {known.nps:g} of 10"


def _csat(known: Known) -> str:
    return "Not known" if known.csat is None else f"{known.csat:g} of 5"


def _usage(known: Known) -> str:
    told = [
        f"{name} {value:+.1f} sd"
        for name, value in (("level", known.usage_level), ("trend", known.usage_trend))
        if value is not None
    ]
    return ", ".join(told).capitalize() or "Not known"


def _tickets(known: Known) -> str:
    if known.critical_tickets is None:
        return "Not known"
    return f"{_counted(known.critical_tickets, 'open critical ticket')}"


def _tenure(known: Known) -> str:
    if known.renewals is None:
        return "Not known"
    if known.renewals == 0:
        return "This is the first renewal"
    return f"Renewed {_counted(known.renewals, 'time')} before"


def _price(known: Known) -> str:
    return "Not known" if known.price_increase is None else f"Price {known.price_increase:+.0%}"


def _segment(known: Known) -> str:
    return f"Segment {known.segment}" if known.segment else "No segment"


def _lead(known: Known) -> str:
    if known.lead_days is None:
        return "Not known"
    return f"{_counted(known.lead_days, 'day')} before the decision"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


_SENTENCES: dict[str, Callable[[Known], str]] = {
    "intent": _intent,
    "confirmation": _confirmation,
    "awareness": _awareness,
    "goal_age": _goal_age,
    "departure": _departure,
    "nps": _nps,
    "csat": _csat,
    "usage": _usage,
    "tickets": _tickets,
    "tenure": _tenure,
    "price": _price,
    "segment": _segment,
    "lead": _lead,
}
