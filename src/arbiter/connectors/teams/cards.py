"""A digest as a workflow's webhook of Teams takes it: a message with one Adaptive Card, 28 KB at most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from arbiter.connectors.sections import Section

MOST_LINES = 60
MOST_IN_LINE = 300
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
MARKS = re.compile(r"([\\`*_\[\]<>#])")


def message(title: str, sections: Sequence[Section], *, more: int, url: str) -> dict[str, Any]:
    """Return the JSON to post; the arguments are those of the Slack message."""
    body: list[dict[str, Any]] = [_text(plain(title), size="Large", weight="Bolder")]
    left = MOST_LINES
    for section in sections:
        lines = section.lines[:left]
        left -= len(lines)
        more += len(section.lines) - len(lines)
        if lines:
            body.append(_text(plain(section.title), weight="Bolder", spacing="Medium"))
        body += [_text(f"[{plain(line.customer)}]({line.url}): {plain(line.text[:MOST_IN_LINE])}", spacing="Small") for line in lines]  # fmt: skip
    if more:
        body.append(_text(f"and {more} more", isSubtle=True))
    card = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": "Open Arbiter", "url": url}],
    }
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def plain(text: str) -> str:
    """Return a text in which Teams finds no mark-up of its own."""
    return MARKS.sub(r"\\\1", text)


def _text(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}
