"""What to paste into a product so that it sends: one text per client, here and in `docs/guide/sources.md`.

Each is run as it stands against a server by `tests/clients`, with the real client.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

# What stands in the documents where a page puts its own.
HOST, KEY, NUMBER = "https://arbiter.example.com", "arb_live_YOUR_KEY", "SOURCE_NUMBER"
FOLDER = Path(__file__).parent / "clients"


@dataclass(frozen=True)
class Snippet:
    """A client: what it is called, how it is installed, who holds its key, and the file of its text."""

    slug: str
    label: str
    kind: str
    install: str
    file: str

    def text(self, *, host: str = HOST, key: str = KEY, number: str = NUMBER) -> str:
        """Return the text with an installation's address, a source's key and its number."""
        return _read(self.file).replace(HOST, host).replace(KEY, key).replace(NUMBER, number)


SNIPPETS = (
    Snippet("segment-python", "Segment, Python", "server", "pip install segment-analytics-python", "segment.py.txt"),
    Snippet("segment-node", "Segment, Node", "server", "npm install @segment/analytics-node", "segment.node.txt"),
    Snippet("rudderstack-python", "RudderStack, Python", "server", "pip install rudder-sdk-python", "rudderstack.py.txt"),
    Snippet("rudderstack-node", "RudderStack, Node", "server", "npm install @rudderstack/rudder-sdk-node", "rudderstack.node.txt"),
    Snippet("posthog-python", "PostHog, Python", "server", "pip install posthog", "posthog.py.txt"),
    Snippet("posthog-node", "PostHog, Node", "server", "npm install posthog-node", "posthog.node.txt"),
    Snippet("segment-browser", "Segment, browser", "browser", "npm install @segment/analytics-next", "segment.browser.txt"),
    Snippet("rudderstack-browser", "RudderStack, browser", "browser", "npm install @rudderstack/analytics-js", "rudderstack.browser.txt"),
    Snippet("posthog-browser", "PostHog, browser", "browser", "npm install posthog-js", "posthog.browser.txt"),
    Snippet("segment-webhook", "Segment, webhook", "webhook", "", "segment.webhook.txt"),
    Snippet("rudderstack-webhook", "RudderStack, webhook", "webhook", "", "rudderstack.webhook.txt"),
)  # fmt: skip


def of(kind: str) -> list[Snippet]:
    """Return the clients that may hold a key of some kind."""
    return [snippet for snippet in SNIPPETS if snippet.kind == kind]


@cache
def _read(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")
