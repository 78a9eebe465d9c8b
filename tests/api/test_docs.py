"""The page on the wire contract is held to the code."""

import re
from importlib import import_module
from pathlib import Path

from arbiter.api.ingest import origins
from arbiter.usage.queries import keys
from arbiter.usage.wire import limits
from tests.api.test_access import routes

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/api/ingest.md").read_text(encoding="utf-8")
PYTHON = [*(ROOT / "src/arbiter/api").rglob("*.py"), *(ROOT / "src/arbiter/usage/wire").glob("*.py")]  # fmt: skip
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in PYTHON)


def section(title):
    """The text of a section."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_address_is_told_and_every_one_told_exists():
    told = re.findall(r"`(?:GET |POST )?/([^`]+)`", section("Addresses").split("| --- |")[1])
    known = {
        re.sub(r"<(\w+:)?(\w+)>", r"<\2>", route) for route in routes() if not route.startswith("^")
    }

    told = {route.replace("number of the source", "source_id") for route in told}
    assert told == known


def test_every_answer_is_told_with_its_status():
    told = set(re.findall(r"^\| (\d{3}) \| `(\w+)` \|", section("Answers"), re.MULTILINE))
    own = set(re.findall(r'NotTaken\(\s*(\d{3}),\s*"(\w+)"', SOURCE))
    read = {
        (re.search(r"status=(\d+)", rest)[1] if "status=" in rest else "400", code)
        for code, rest in re.findall(r'Unreadable\(\s*"(\w+)"((?:.|\n)*?)\)(?:\s|$)', SOURCE)
    }

    assert own
    assert read
    assert told == own | read


def test_every_reason_of_a_rejection_is_told():
    told = re.findall(r"^\| `(\w+)` \|", section("What was not taken"), re.MULTILINE)
    known = set(re.findall(r'(?:Unfit|Rejected)\(\s*"(\w+)"', SOURCE))

    assert len(told) == len(set(told))
    assert set(told) == known


def test_the_limits_are_those_of_the_code():
    told = re.findall(r"^\| ([\d,]+(?: \w+)?) \| ", section("Body"), re.MULTILINE)

    assert told == [
        f"{limits.MOST_BYTES // 1024**2} MiB",
        f"{limits.MOST_VALUES:,}",
        f"{limits.MOST_EVENTS:,}",
        f"{limits.MOST_EVENT_BYTES // 1024} KiB",
        str(limits.LONGEST_NAME),
        str(limits.LONGEST_USER),
        str(limits.LONGEST_CUSTOMER),
        str(limits.LONGEST_MESSAGE_ID),
    ]


def test_what_browsers_may_send_and_how_long_keys_are_remembered():
    told = section("Key").split("may send the headers")[1].split(".")[0]

    assert re.findall(r"`([\w-]+)`", told) == origins.HEADERS.split(", ")
    assert f"{origins.REMEMBER:,} seconds" in section("Key")
    assert f"within {keys.SECONDS:.0f} seconds" in section("Key")


def test_what_of_posthogs_own_is_kept():
    posthog = import_module("arbiter.usage.wire.posthog")
    kept = section("What an event says").split("save ")[1].split(".")[0]

    assert set(re.findall(r"`(\$\w+)`", kept)) == set(posthog.KINDS)
