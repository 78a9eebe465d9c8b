"""What every client is made to send, as the log should hold it; and the comparison."""

import json

ANA = {"name": "Ana Ruiz", "title": "Head of Ops"}
ACME = {"name": "Acme", "employees": 20}
EXPORT = {"rows": 12, "note": "Größe ☃"}
HOME = "https://app.test/home"
# Kind, event, user, anonymous id, customer, properties: those it must hold at least, for clients add their own.
SEGMENT = [
    ("alias", "", "u-1", None, None, None),
    ("group", "", "u-1", None, "acme", ACME),
    ("identify", "", "u-1", None, None, ANA),
    ("page", "Home", "u-1", None, None, {"url": HOME}),
    ("track", "Report Exported", "u-1", None, "acme", EXPORT),
    ("track", "Visited", None, "anon-1", None, {"page": 1}),
]
# PostHog's servers have one id for both, and its Python turns an alias round.
POSTHOG = [
    ("alias", "", "u-1", None, None, None),
    ("group", "", "u-1", None, "acme", ACME),
    ("identify", "", "u-1", None, None, ANA),
    ("page", "", "u-1", None, None, {"$current_url": HOME}),
    ("track", "Report Exported", "u-1", None, "acme", EXPORT),
    ("track", "Visited", "anon-1", None, None, {"page": 1}),
]
# In a browser the client makes up the anonymous id, and goes on to send it beside the user's own.
ANY = "*"
# Segment's asks anew who the user is when it sends again.
PERHAPS = "?"
IN_A_BROWSER = [
    ("alias", "", "u-1", ANY, None, None),
    ("group", "", "u-1", ANY, "acme", ACME),
    ("identify", "", "u-1", ANY, None, ANA),
    ("page", "Home", "u-1", ANY, None, {"url": HOME}),
    ("track", "Report Exported", "u-1", ANY, "acme", EXPORT),
    ("track", "Visited", PERHAPS, ANY, None, {"page": 1}),
]
POSTHOG_IN_A_BROWSER = [
    ("alias", "", "u-1", None, "acme", None),
    ("group", "", "u-1", None, "acme", ACME),
    ("identify", "", "u-1", ANY, None, ANA),
    ("page", "", "u-1", None, "acme", {"$current_url": HOME}),
    ("track", "Report Exported", "u-1", None, "acme", EXPORT),
    ("track", "Visited", None, ANY, None, {"page": 1}),
]
POSTHOG_PYTHON = [("alias", "", "anon-1", None, None, None), *POSTHOG[1:]]


def differences(rows, expected, ids_taken) -> list[str]:
    """What of the log is not as it was sent: an empty list when all is."""
    found = sorted(rows, key=lambda row: (row["kind"], row["event"]))
    said = [
        f"row {place}: {_short(row)} for {wanted}"
        for place, (row, wanted) in enumerate(zip(found, expected, strict=False))
        if not _is(row, wanted)
    ]
    ids = [row["message_id"] for row in rows]
    if len(rows) != len(expected):
        said.append(f"{len(rows)} rows for {len(expected)}: {[_short(row) for row in found]}")
    if sorted(ids) != sorted(set(ids_taken)):
        said.append(f"ids {sorted(ids)} for {sorted(set(ids_taken))}")
    return said


def _is(row, wanted) -> bool:
    *told, properties = _short(row)
    *due, least = wanted
    if not all(_fits(one, wish) for one, wish in zip(told, due, strict=True)):
        return False
    return properties is None if least is None else least.items() <= (properties or {}).items()


def _fits(one, wish) -> bool:
    return one == wish or wish == PERHAPS or (wish == ANY and one is not None)


def _short(row):
    names = ("kind", "event", "user_id", "anonymous_id", "customer_id")
    text = row["properties"]
    return (*(row[name] for name in names), None if text is None else json.loads(text))
