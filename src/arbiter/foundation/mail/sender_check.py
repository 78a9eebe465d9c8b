"""What the sender's domain publishes so that mailboxes believe our mail: SPF, DKIM and DMARC, asked of name servers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dns.resolver import Resolver

# Of each question: somebody waits for the page.
LIFETIME_SECONDS = 2.5
# What each provider wants named in SPF.
INCLUDES = {
    "amazon-ses": "amazonses.com",
    "brevo": "spf.brevo.com",
    "mailgun": "mailgun.org",
    "mailjet": "spf.mailjet.com",
    "mandrill": "spf.mandrillapp.com",
    "postmark": "spf.mtasv.net",
    "sparkpost": "sparkpostmail.com",
}
SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
# An RSA key of 1,024 bits takes 216 characters; shorter ones are believed nowhere.
SHORTEST_KEY = 200


class State(StrEnum):
    """How it stands."""

    GOOD = "good"
    MISSING = "missing"
    WRONG = "wrong"
    UNKNOWN = "unknown"


class Unresolved(Exception):
    """The name servers did not answer; the text says why."""


@dataclass(frozen=True)
class Finding:
    """What is published under a name, how it stands, and what to add there if anything."""

    kind: str
    host: str
    state: State
    sentence: str
    record: str = ""
    add: str = ""


def resolver() -> Resolver:
    """Return what asks the name servers of this machine.

    Raises:
        Unresolved: this machine knows none.
    """
    from dns import exception, resolver

    try:
        found = resolver.Resolver()
    except exception.DNSException as problem:
        raise Unresolved("This machine knows no name server.") from problem
    found.lifetime = LIFETIME_SECONDS
    return found


def check(domain: str, *, selector: str = "", server: str = "", by: Resolver) -> list[Finding]:
    """Ask for all three records of a domain. What cannot be asked is unknown, never wrong.

    Args:
        domain: the sender's.
        selector: under which the key of the signature is published.
        server: the host of the mail server, or the name of the provider, for the record to add.
        by: what asks; a few questions, each with its time limit.
    """
    looks: tuple[tuple[str, str, Callable[[], Finding]], ...] = (
        ("SPF", domain, lambda: _spf(domain, server, by)),
        (
            "DKIM",
            f"{selector or 'selector'}._domainkey.{domain}",
            lambda: _dkim(domain, selector, by),
        ),
        ("DMARC", f"_dmarc.{domain}", lambda: _dmarc(domain, by)),
    )
    found = []
    for kind, host, look in looks:
        try:
            found.append(look())
        except Unresolved as problem:
            found.append(Finding(kind, host, State.UNKNOWN, str(problem)))
    return found


def texts(name: str, by: Resolver) -> list[str]:
    """Return the texts published under a name; none where there is no such name.

    Raises:
        Unresolved: nobody answered in time, or the answer made no sense.
    """
    from dns import exception, resolver

    try:
        answer = by.resolve(name, "TXT", lifetime=LIFETIME_SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return []
    except (exception.DNSException, OSError) as problem:
        said = str(problem) or type(problem).__name__
        raise Unresolved(f"The name servers did not tell: {said}") from problem
    return [b"".join(each.strings).decode("utf-8", "replace") for each in answer]


def _spf(domain: str, server: str, by: Resolver) -> Finding:
    published = [each for each in texts(domain, by) if each.lower().split(" ")[0] == "v=spf1"]
    ours = (
        f"include:{INCLUDES[server]}" if server in INCLUDES else f"a:{server}" if server else "mx"
    )
    wanted = f"v=spf1 {ours} ~all"
    if not published:
        sentence = "Nothing says which servers may send for this domain."
        return Finding("SPF", domain, State.MISSING, sentence, add=wanted)
    record = " | ".join(published)
    if len(published) > 1:
        sentence = "There are several, which counts as none: put them into one."
        return Finding("SPF", domain, State.WRONG, sentence, record, add=wanted)
    words = record.lower().split()
    if "+all" in words or "all" in words:
        sentence = "It lets everybody send for this domain: end it with ~all."
        return Finding("SPF", domain, State.WRONG, sentence, record, add=wanted)
    if server in INCLUDES and ours not in words:
        sentence = f"It does not name the provider: add {ours}, unless its mail returns to a domain of its own."
        mended = re.sub(r"(?=\s[?~-]all\b|$)", f" {ours}", record, count=1)
        return Finding("SPF", domain, State.WRONG, sentence, record, add=mended)
    return Finding("SPF", domain, State.GOOD, "It says which servers may send.", record)


def _dkim(domain: str, selector: str, by: Resolver) -> Finding:
    host = f"{selector or 'selector'}._domainkey.{domain}"
    wanted = "v=DKIM1; k=rsa; p=<the public key of your server or provider>"
    if not SELECTOR.fullmatch(selector):
        sentence = "Give the selector that your mail server or provider signs with."
        return Finding("DKIM", host, State.UNKNOWN, sentence, add=wanted)
    published = [each for each in texts(host, by) if "p=" in each.replace(" ", "")]
    if not published:
        sentence = "There is no key, so no signature can be checked."
        return Finding("DKIM", host, State.MISSING, sentence, add=wanted)
    record = published[0]
    tags = _tags(record)
    if not tags.get("p"):
        sentence = "The key was withdrawn: what is signed with it counts as forged."
        return Finding("DKIM", host, State.WRONG, sentence, record, add=wanted)
    if tags.get("k", "rsa") == "rsa" and len(tags["p"]) < SHORTEST_KEY:
        sentence = "The key is shorter than 1,024 bits, which nobody believes."
        return Finding("DKIM", host, State.WRONG, sentence, record, add=wanted)
    return Finding("DKIM", host, State.GOOD, "The key is there.", record)


def _dmarc(domain: str, by: Resolver) -> Finding:
    """Look at the domain itself, then at those above it: what an organisation says holds below."""
    labels = domain.split(".")
    host, published = f"_dmarc.{domain}", list[str]()
    for depth in range(max(1, len(labels) - 1)):
        host = f"_dmarc.{'.'.join(labels[depth:])}"
        published = [each for each in texts(host, by) if each.lower().startswith("v=dmarc1")]
        if published:
            break
    wanted = f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"
    if not published:
        sentence = "Nothing says what becomes of mail that fails both."
        return Finding("DMARC", f"_dmarc.{domain}", State.MISSING, sentence, add=wanted)
    record = " | ".join(published)
    policy = _tags(published[0]).get("p", "")
    if len(published) > 1 or policy not in ("none", "quarantine", "reject"):
        sentence = "It is not understood: there must be one, with p=none, quarantine or reject."
        return Finding("DMARC", host, State.WRONG, sentence, record, add=wanted)
    sentence = {
        "none": "It is there, and watches only. When the reports show that your own mail passes, go on to p=quarantine.",
    }.get(policy, "What fails both is kept away.")
    return Finding("DMARC", host, State.GOOD, sentence, record)


def _tags(record: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in record.split(";"))
    return {name.strip().lower(): value.replace(" ", "") for name, _, value in pairs}
