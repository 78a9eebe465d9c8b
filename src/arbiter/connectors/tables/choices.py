"""Words that stand for a choice of ours: yes and no, roles, decisions, health colours."""

import re

from arbiter.connectors.tables.dates import Unreadable

OPEN = "open"

_YES_WORDS = "true yes y 1 x ja j oui o sí si wahr vrai verdadero on ✓ ✔"
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = "false no n 0 nein non falsch faux falso off"
_NO = frozenset(_NO_WORDS.split())

_ROLES = {
    "decision_maker": "decision maker|economic buyer|budget holder|entscheider|entscheiderin|décideur|executive|"
    "signatory|ceo|cfo|coo|owner|geschäftsführer|geschäftsführerin",
    "sponsor": "sponsor|executive sponsor|exec sponsor",
    "champion": "champion|main contact|primary contact|advocate|hauptansprechpartner",
    "user": "user|end user|key user|power user|admin|administrator|business user|anwender|utilisateur",
    "procurement": "procurement|purchasing|buyer|einkauf|achats|compras",
    "other": "other|influencer|legal|legal and compliance|legal & compliance|blocker|technical buyer|evaluator|"
    "economic decision maker|billing|finance|andere|autre|otro",
}
_DECISIONS = {
    "renewed": "renewed|renewal won|won back|verlängert|renouvelé|renovado|auto renewed|retained",
    "expanded": "expanded|upsold|upsell|expansion|renewed with expansion|upgraded|erweitert",
    "contracted": "downgraded|downsell|downsold|contraction|reduced|renewed with contraction|verkleinert",
    "churned": "churned|churn|lost|closed lost|cancelled|canceled|terminated|non renewed|not renewed|"
    "not renewing|non renewing|will not renew|did not renew|left|gekündigt|verloren|abgewandert|"
    "perdu|résilié|perdido|cancelado|baja",
    OPEN: "active|activated|draft|open|current|live|upcoming|pending|in progress|in negotiation|negotiation|at risk|"
    "on track|customer|renewal due|due|not started|aktiv|offen|laufend|actif|en cours|activo|abierto",
}
_COLOURS = {
    "100": "green|grün|vert|verde|healthy|good|gut|bon",
    "50": "yellow|amber|orange|gelb|jaune|amarillo|neutral|medium|mittel|moderate",
    "0": "red|rot|rouge|rojo|poor|bad|unhealthy|critical|schlecht",
}


def _by_word(choices: dict[str, str]) -> dict[str, str]:
    return {word: choice for choice, words in choices.items() for word in words.split("|")}


_ROLE_OF = _by_word(_ROLES)
_DECISION_OF = _by_word(_DECISIONS)
_COLOUR_OF = _by_word(_COLOURS)


def plain(cell: str) -> str:
    """A word as it is compared: `Closed-Lost` and `closed_lost` are one."""
    return re.sub(r"[\s_\-–]+", " ", cell).strip().casefold()


def read_boolean(cell: str) -> bool:
    """True or false.

    Raises:
        Unreadable: neither.
    """
    word = plain(cell)
    if word in _YES or word in _NO:
        return word in _YES
    raise Unreadable(f"“{cell.strip()}” is neither yes nor no", "Write true or false.")


def role_of(cell: str) -> str | None:
    """Our role for a word of theirs, or None when it names none of ours."""
    return _ROLE_OF.get(plain(cell))


def decision_of(cell: str) -> str | None:
    """Our decision for a status word, `open` for one still running, None when it is unclear.

    >>> decision_of("Closed Lost"), decision_of("Active"), decision_of("Contracted")
    ('churned', 'open', None)
    """
    return _DECISION_OF.get(plain(cell))


def colour_points(cell: str) -> str | None:
    """Points for a traffic-light health: green 100, yellow 50, red 0."""
    return _COLOUR_OF.get(plain(cell))
