"""Currency codes and signs. A sign that several currencies share is no answer."""

import re

_CODES = (
    "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CRC CZK DKK EGP EUR GBP GEL GHS HKD HRK HUF IDR "
    "ILS INR ISK JOD JPY KES KRW KWD KZT LBP LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON "
    "RSD RUB SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD UYU VND XAF XOF ZAR"
)
CODES = frozenset(_CODES.split())
_CLEAR_SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₽": "RUB", "₴": "UAH",
    "zł": "PLN", "kč": "CZK", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
    "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "mx$": "MXN",
}  # fmt: skip
SHARED_SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK"),
}
_CODE_IN_HEADER = re.compile(r"\b([A-Z]{3})\b")


def currency_of(mark: str) -> str | None:
    """The code a sign or code stands for; None when it stands for several or for none.

    >>> currency_of("€"), currency_of("usd"), currency_of("$")
    ('EUR', 'USD', None)
    """
    text = mark.strip().rstrip(".")
    if text.upper() in CODES:
        return text.upper()
    return _CLEAR_SIGNS.get(text.casefold())


def is_shared(mark: str) -> bool:
    return mark.strip().rstrip(".").casefold() in SHARED_SIGNS


def currency_in_header(header: str) -> str | None:
    """The one currency a header names: `ARR (EUR)`, `Montant €`."""
    named = {code for code in _CODE_IN_HEADER.findall(header.upper()) if code in CODES}
    named |= {code for sign, code in _CLEAR_SIGNS.items() if not sign.isalpha() and sign in header}
    return named.pop() if len(named) == 1 else None
