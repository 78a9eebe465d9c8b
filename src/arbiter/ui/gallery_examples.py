"""What the gallery shows: one invented customer in every state. Days are fixed, so that pictures can be compared."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class Message:
    """What Django's messages look like to a template."""

    def __init__(self, level_tag: str, text: str) -> None:
        self.level_tag = level_tag
        self.text = text

    def __str__(self) -> str:
        return self.text


class ExampleForm(forms.Form):
    """Each kind of control once."""

    name = forms.CharField(label="What do they want?", help_text="In their own words, as a result.")
    amount = forms.DecimalField(label="ARR", required=False, min_value=0)
    share = forms.DecimalField(label="How likely is a renewal?", required=False)
    due = forms.DateField(
        label="Until when?", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    category = forms.ChoiceField(
        label="Category",
        choices=[("time", "Time saved"), ("cost", "Cost down"), ("risk", "Risk down")],
    )
    why = forms.CharField(
        label="Why now?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    words = forms.ChoiceField(
        label="Whose words?",
        choices=[("customer", "The customer's"), ("vendor", "Ours")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label="Agreed with the customer",
        required=False,
        help_text="They said yes to measure and date.",
    )
    evidence = forms.FileField(label="Evidence", required=False)


def _nav(current: str) -> list[dict[str, Any]]:
    items = [
        ("sun", "Home", 7, "home"),
        ("building-2", "Customers", 128, "customers"),
        ("calendar-clock", "Renewals", 23, ""),
        ("target", "Goals", None, ""),
        ("message-square-quote", "Verdicts", 4, ""),
        ("list-checks", "Playbooks", None, ""),
        ("chart-line", "Metrics", None, ""),
        ("layout-grid", "Components", None, "components"),
    ]
    return [
        {"icon": icon, "label": label, "count": count, "url": "#main", "current": key == current}
        for icon, label, count, key in items
    ]


_VIEWS = [
    ("Said no or not sure", 9),
    ("Never asked", 14),
    ("Renewing in 90 days", 23),
    ("Confirmed, ready to grow", 11),
]

CLOSE_THE_BOOKS = {
    "points": [
        (date(2026, 3, 14), "11.4"), (date(2026, 4, 30), "11.2"), (date(2026, 5, 31), "10.7"), (date(2026, 6, 30), "9.6"),
        (date(2026, 7, 31), "8.6"), (date(2026, 8, 31), "7.8"), (date(2026, 9, 30), "7.1"), (date(2026, 10, 31), "6.1"),
    ],
    "confirmed": date(2026, 9, 12),
}  # fmt: skip
LEAKAGE = [2.8, 2.7, 2.6, 2.3, 2.2, 1.9, 1.9, 2.0, 1.9, 1.9]
GAPS = [14, 13, 13, 11, 8, 7, 5, 4, 3]

PEOPLE = [
    {"name": "Dana Whitfield", "role": "CFO · signs the renewal", "answer": "yes", "at": date(2026, 9, 12)},
    {
        "name": "Tomás Rey", "role": "VP Finance Ops · daily owner", "answer": "not_sure", "at": date(2026, 11, 3),
        "comment": "Depends on whether the leakage work lands before budget.",
    },
    {"name": "Ingrid Lund", "role": "IT Security · can block", "answer": "never_asked", "action": "#ask"},
    {"name": "Per Boström", "role": "Group Controller · user", "answer": "yes", "at": date(2026, 8, 19)},
    {"name": "Ola Nord", "role": "Procurement", "answer": "no_reply", "at": date(2026, 11, 10)},
    {"name": "Eva Holm", "role": "Head of Nordics", "answer": "no", "at": date(2026, 10, 2)},
    {"name": "Jan Aas", "role": "User", "answer": "yes", "at": date(2026, 10, 4)},
]  # fmt: skip

REASONS = [
    {"label": "Signer said she will continue", "source": "Dana, 12 Sep", "effect": 13},
    {"label": "Daily owner is not sure", "source": "Tomás, 3 Nov", "effect": -11},
    {"label": "Value disputed, open 18 days", "source": "Goal 2", "effect": -6},
    {"label": "One goal never judged", "source": "Goal 3", "effect": -3, "unknown": True},
    {"label": "Usage up 18%", "source": "Weak evidence in this book", "effect": 1, "weak": True},
]

TIMELINE = [
    {"who": "Tomás Rey", "text": "disputed “Stop revenue leakage”", "at": date(2026, 11, 3), "tone": "disputed", "url": "#main"},
    {"who": "Tomás Rey", "text": "answered not sure on continuing", "at": date(2026, 11, 3), "tone": "not_sure"},
    {"text": "Milestone reached: first close under 8 days", "at": date(2026, 10, 2), "icon": "milestone"},
    {
        "who": "Dana Whitfield", "text": "confirmed “Cut time to close”", "at": date(2026, 9, 12), "tone": "achieved",
        "detail": "Answered by mail; worth €210k a year by her own estimate",
    },
    {"who": "Ola Nord", "text": "was asked, no reply so far", "at": date(2026, 9, 10), "tone": "no_reply"},
    {"text": "Quarterly review with Dana and Per", "at": date(2025, 12, 9), "icon": "phone"},
]  # fmt: skip

STEPS = [
    {"title": "Ledger connected", "side": "ours", "state": "done", "at": date(2026, 3, 20), "owner": "Maya Kessler"},
    {"title": "Nordic entities mapped", "side": "theirs", "state": "done", "at": date(2026, 5, 2), "owner": "Per Boström"},
    {"title": "Usage invoices reconciled weekly", "side": "theirs", "state": "next", "due": date(2026, 12, 1), "owner": "Tomás Rey"},
    {"title": "Audit evidence exported", "side": "ours", "state": "later"},
]  # fmt: skip

FIVE = [
    {"answer": "yes", "customers": 9, "money": "570400", "url": "#main"},
    {"answer": "not_sure", "customers": 4, "money": "331200", "url": "#main"},
    {"answer": "no", "customers": 1, "money": "92000", "url": "#main"},
    {"answer": "no_reply", "customers": 7, "money": "294400", "url": "#main"},
    {"answer": "never_asked", "customers": 14, "money": "552000", "url": "#main"},
]

_COLUMNS = [
    {"label": "Customer", "sort_url": "#main"},
    {"label": "A year", "number": True, "sort_url": "#main"},
    {"label": "Renews", "sort_url": "#main", "sorted": "asc"},
    {"label": "Goals confirmed"},
    {"label": "Will they continue?"},
    {"label": "Forecast"},
    {"label": "Last heard"},
    {"label": "Next step"},
]


def _row(name: str, segment: str, arr: int, renews: date, goals: str, people: str, p: float, low: float,
         high: float, heard: date | None, icon: str, step: str) -> dict[str, Any]:  # fmt: skip
    """One customer; goals and answers by their first letters."""
    verdicts = {"a": "achieved", "p": "partly", "n": "not", "m": "measured", "-": "never_asked"}
    answers = {"y": "yes", "u": "not_sure", "n": "no", "r": "no_reply", "-": "never_asked"}
    states = [verdicts[letter] for letter in goals]
    return {
        "name": name, "segment": segment, "arr": arr, "renews": renews, "goals": states, "p": p, "low": low, "high": high,
        "confirmed": f"{states.count('achieved')} of {len(states)}", "heard": heard, "icon": icon, "step": step,
        "people": [{"name": f"Person {at}", "answer": answers[letter]} for at, letter in enumerate(people, start=1)],
    }  # fmt: skip


_GROUPS = [
    {"answer": "no", "text": "Someone said no", "about": "3 customers · €412k", "rows": [
        _row("Halden Energy", "Enterprise", 228000, date(2027, 1, 12), "ann", "nuy", 0.38, 0.22, 0.57, date(2026, 11, 15), "phone", "Call Aase on scope"),
        _row("Brightwater Foods", "Mid-market", 96000, date(2027, 1, 28), "pnmm", "n-", 0.31, 0.15, 0.52, date(2026, 10, 17), "handshake", "Bring in sponsor"),
        _row("Cassel & Moore", "Mid-market", 88000, date(2027, 3, 2), "an", "ny", 0.55, 0.36, 0.72, date(2026, 11, 19), "scale", "Agree new measure"),
    ]},
    {"answer": "not_sure", "text": "Someone is not sure", "about": "4 customers · €571k", "rows": [
        _row("Norrvik Logistics", "Enterprise", 184000, date(2027, 2, 4), "anm", "yuy-", 0.74, 0.58, 0.86, date(2026, 11, 3), "scale", "Settle leakage number"),
        _row("Veld Insurance", "Enterprise", 240000, date(2027, 2, 19), "aap", "yu", 0.79, 0.66, 0.88, date(2026, 11, 12), "circle-question-mark", "Ask Sanne again"),
        _row("Tideline", "SMB", 42000, date(2027, 4, 6), "pm", "u", 0.63, 0.41, 0.80, date(2026, 10, 31), "target", "Re-agree goals"),
        _row("Aster Clinics", "Mid-market", 105000, date(2027, 4, 30), "apm", "uyy", 0.77, 0.62, 0.88, date(2026, 11, 17), "waypoints", "Finish go-live 2"),
    ]},
    {"answer": "never_asked", "text": "Never asked", "about": "2 customers · €133k", "rows": [
        _row("Quill Robotics", "SMB", 51000, date(2027, 1, 17), "mm-", "--", 0.70, 0.39, 0.90, None, "message-circle-question-mark", "Ask for a verdict"),
        _row("Osk Retail", "Mid-market", 82000, date(2027, 3, 11), "mm--", "-r", 0.72, 0.44, 0.90, None, "message-circle-question-mark", "Ask for a verdict"),
    ]},
    {"answer": "yes", "text": "Everyone who answered said yes", "about": "14 customers · €1.9m", "rows": [
        _row("Lindqvist Marine", "Enterprise", 310000, date(2027, 1, 24), "aaa", "yyy", 0.94, 0.88, 0.97, date(2026, 11, 18), "file-text", "Send value review"),
        _row("Parcel North", "Mid-market", 120000, date(2027, 2, 15), "aapa", "yy", 0.90, 0.82, 0.95, date(2026, 11, 10), "sprout", "Plan second goal"),
        _row("Ferrous Labs", "SMB", 38000, date(2027, 3, 3), "aa", "y", 0.91, 0.80, 0.96, date(2026, 11, 13), "quote", "Ask for a reference"),
        _row("Meridian Trust", "Enterprise", 270000, date(2027, 3, 22), "aaam", "yy-", 0.88, 0.78, 0.94, date(2026, 11, 20), "user-plus", "Meet new CIO"),
    ]},
]  # fmt: skip

EXAMPLES: dict[str, Any] = {
    "now": NOW,
    "site_name": "Arbiter",
    "vendor_name": "Ledgerly",
    "customer_name": "Norrvik Logistics",
    "contact_name": "Tomás Rey",
    "not_you_url": "#main",
    "nav": _nav("components"),
    "nav_home": _nav("home"),
    "nav_customers": _nav("customers"),
    "saved_views": [{"label": label, "count": count, "url": "#main"} for label, count in _VIEWS],
    "me": {
        "name": "Maya Kessler", "role": "Customer success",
        "menu": [{"label": "Settings", "url": "#main", "icon": "settings"}, {"label": "Sign out", "url": "#main", "icon": "log-out"}],
    },
    "crumbs": [{"label": "Gallery", "url": "#main"}, {"label": "Components"}],
    "crumbs_customer": [{"label": "Customers", "url": "#main"}, {"label": "Norrvik Logistics"}],
    "crumbs_customers": [{"label": "Customers"}],
    "crumbs_home": [{"label": "Home"}],
    "search_url": "#main",
    "messages": [Message("success", "Sent to 4 people."), Message("error", "The mail server refused the message.")],
    "about": [
        {"term": "ARR", "value": "€184,000 a year", "icon": "coins"},
        {"term": "Renewal", "value": "Renews 4 Feb, in 75 days", "icon": "calendar-clock"},
        {"term": "Stage", "value": "Value stage", "icon": "waypoints"},
        {"term": "Owner", "value": "Maya Kessler", "icon": "user"},
    ],
    "terms": [("Starts", "4 Feb 2026"), ("Ends", "4 Feb 2027"), ("Seats", "120"), ("Notice", "90 days before the end")],
    "answers": ["yes", "not_sure", "no", "no_reply", "never_asked"],
    "verdicts": ["achieved", "partly", "not", "too_early", "disputed", "no_reply", "never_asked"],
    "goal_states": ["achieved", "disputed", "measured"],
    "goal_legend": [("achieved", "1 confirmed"), ("disputed", "1 disputed"), ("measured", "1 not judged")],
    "intent_states": ["yes", "yes", "not_sure", "never_asked"],
    "intent_legend": [("yes", "2 yes"), ("not_sure", "1 not sure"), ("never_asked", "1 never asked")],
    "every_state": ["achieved", "partly", "not", "too_early", "no_reply", "measured", "never_asked"],
    "track_legend": [("ink", "confirmed by them"), ("measured", "measured by us")],
    "close_the_books": CLOSE_THE_BOOKS,
    "close_meta": ["Days to close, monthly", "Owner: Dana Whitfield, CFO", "By 31 Dec"],
    "leakage": LEAKAGE,
    "leakage_meta": ["Unbilled usage found at audit, quarterly", "Owner: Tomás Rey, VP Finance Ops", "By 31 Jan"],
    "gaps": GAPS,
    "gaps_meta": ["Open control gaps", "Owner: not agreed yet", "By 15 Mar"],
    "people": PEOPLE,
    "reasons_of_forecast": REASONS,
    "timeline_entries": TIMELINE,
    "steps": STEPS,
    "five": FIVE,
    "columns": _COLUMNS,
    "groups": _GROUPS,
    "tab_items": [
        {"label": "Success plan", "url": "#main", "current": True}, {"label": "Milestones", "url": "#main", "count": 6},
        {"label": "People", "url": "#main", "count": 4}, {"label": "Timeline", "url": "#main"},
        {"label": "Renewal", "url": "#main"}, {"label": "Data", "url": "#main"},
    ],
    "owner_options": [
        {"label": "Everyone", "url": "#main", "count": 128}, {"label": "Maya Kessler", "url": "#main", "count": 41, "current": True},
        {"label": "Noor Haddad", "url": "#main", "count": 87},
    ],
    "verdict_options": [
        {"value": "achieved", "label": "Yes, we got this", "help": "The result is real for us", "tone": "achieved"},
        {"value": "partly", "label": "Partly", "help": "Some of it, or too early to tell", "tone": "partly"},
        {"value": "not", "label": "No", "help": "The number or the result is wrong", "tone": "not"},
    ],
    "intent_options": [
        {"value": "yes", "label": "Yes", "help": "We plan to continue", "tone": "yes", "icon": "check"},
        {"value": "not_sure", "label": "Not sure", "help": "Something has to change first", "tone": "not_sure"},
        {"value": "no", "label": "No", "help": "We plan to leave", "tone": "no", "icon": "x"},
    ],
    "plain_options": [
        {"value": "link", "label": "Copy links", "help": "You send them yourself", "icon": "link"},
        {"value": "mail", "label": "Send by mail", "help": "From your address", "icon": "mail"},
    ],
    "change_rows": [
        {"name": "Renewal date", "before": "4 Feb 2027", "after": "4 Mar 2027"},
        {"name": "Owner", "before": None, "after": "Maya Kessler"},
        {"name": "Domain", "before": "norrvik.example", "after": ""},
    ],
}  # fmt: skip
