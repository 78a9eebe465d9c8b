"""A digest as the body of a Slack incoming webhook. Limits: 50 blocks, 3,000 characters a section, 150 a header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arbiter.connectors.sections import Section

MOST_BLOCKS = 50
MOST_IN_SECTION = 3_000
MOST_IN_HEADER = 150
# Undocumented: together somewhat over 13,000 characters are refused as `msg_blocks_too_long`.
MOST_IN_ALL = 12_000


def message(title: str, sections: Sequence[Section], *, more: int, url: str) -> dict[str, Any]:
    """Return the JSON to post: a fallback text, and a block for each kind of change.

    Args:
        title: the headline.
        sections: what changed, by kind, with sentences.
        more: how many changes are left out.
        url: where everything is shown.
    """
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": title[:MOST_IN_HEADER]}}
    ]
    left = MOST_IN_ALL
    for section in sections[: MOST_BLOCKS - 2]:
        text = _section(section)[: min(MOST_IN_SECTION, max(left, 1))]
        left -= len(text)
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": text}})
    rest = f"and {more} more · " if more else ""
    context = {"type": "mrkdwn", "text": f"{rest}<{url}|Open Arbiter>"}
    blocks.append({"type": "context", "elements": [context]})
    return {"text": escaped(title), "blocks": blocks}


def escaped(text: str) -> str:
    """Return a text in which Slack finds no mark-up of its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _section(section: Section) -> str:
    lines = [f"*{escaped(section.title)}*"]
    for line in section.lines:
        # A bar or an angle bracket would end the link.
        name = escaped(line.customer).replace("|", "/")
        lines.append(f"• <{line.url}|{name}>: {escaped(line.text)}")
    return "\n".join(lines)
