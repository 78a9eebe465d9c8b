"""Keys that stay the same from one import to the next, made of what a row says.

A file without ids still has names and domains. The key of `Harbour Logistics, Inc.` is
`harbour-logistics-inc` today and next year, so that importing twice changes nothing.
"""

import hashlib
import re
import unicodedata

LONGEST = 120
_PARTING = re.compile(r"[\s.,;:'’`\"“”()\[\]/\\&_\-–—|]+")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+")
_FREE_MAIL = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.de ymail.com "
    "icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de "
    "mail.com proton.me protonmail.com pm.me orange.fr wanadoo.fr free.fr laposte.net hotmail.fr "
    "qq.com 163.com 126.com yandex.ru mail.ru zoho.com fastmail.com"
)
FREE_MAIL = frozenset(_FREE_MAIL.split())


def key_of(name: str) -> str:
    """The key of a name.

    >>> key_of("Harbour  Logistics, Inc.")
    'harbour-logistics-inc'
    >>> key_of("C") == key_of("C++")
    False
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    key = _PARTING.sub("-", text).strip("-")
    if 0 < len(key) <= LONGEST or not text.strip():
        return key
    digest = hashlib.sha256(text.strip().encode()).hexdigest()[:12]
    return f"{key[:100]}-{digest}".lstrip("-")


def domain_of(cell: str) -> str:
    """The bare domain of an address: no scheme, `www.`, path or mailbox. Empty when there is none.

    >>> domain_of("https://www.Harbour.example/de?x=1"), domain_of("ana@harbour.example")
    ('harbour.example', 'harbour.example')
    """
    text = cell.strip().casefold().split("//")[-1].split("@")[-1]
    text = re.split(r"[/?#:\s,;]", text, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    if text.isascii():
        return text if _DOMAIN.fullmatch(text) else ""
    try:
        return text if _DOMAIN.fullmatch(text.encode("idna").decode()) else ""
    except UnicodeError:
        return ""


def is_shared_domain(domain: str) -> bool:
    """Whether a domain belongs to a mail provider, so that it names no company."""
    return domain in FREE_MAIL
