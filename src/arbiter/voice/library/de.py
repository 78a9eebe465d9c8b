"""German, in the polite form."""

from typing import Any

_QUOTE = "Dürfen wir Sie mit Namen und Unternehmen zitieren?"
_THANKS = "Vielen Dank. Bei {vendor} wird jede Antwort gelesen."
_SATISFIED = {
    "subject": "{name}, sind Sie mit {vendor} zufrieden?",
    "question": "Wie zufrieden sind Sie mit {vendor}?",
    "low": "Sehr unzufrieden",
    "high": "Sehr zufrieden",
    "parts": {"why": "Was ist der wichtigste Grund dafür?"},
    "follow_up": {
        "low": "Was hat Sie enttäuscht, und was sollten wir zuerst in Ordnung bringen?",
        "middle": "Was hätte es besser gemacht?",
        "high": "Was haben wir gut gemacht?",
    },
    "consent": _QUOTE,
    "thanks": _THANKS,
}

SURVEYS: dict[str, dict[str, Any]] = {
    "intent": {
        "subject": "{name}, arbeiten Sie weiter mit {vendor}?",
        "question": "Gehen Sie davon aus, dass {customer} weiter mit {vendor} arbeitet?",
        "help": "„Unsicher“ ist eine nützliche Antwort. Sie löst keinen Verkaufsanruf aus.",
        "choices": {"yes": "Ja", "not_sure": "Unsicher", "no": "Nein"},
        "parts": {
            "why": "Was ist der wichtigste Grund?",
            "would_make_it_yes": "Was würde daraus ein Ja machen?",
        },
        "follow_up": {
            "low": "Was ist der Grund für Ihr Nein?",
            "middle": "Was macht Sie unsicher?",
            "high": "Was bringt Ihnen die Zusammenarbeit?",
        },
        "thanks": _THANKS,
    },
    "verdict": {
        "subject": "{name}, haben Sie von {vendor} bekommen, was Sie wollten?",
        "question": "Sie haben uns gesagt, was Sie wollen: „{goal}“. Haben Sie es erreicht?",
        "help": "Sie entscheiden. Unsere Zahlen zählen nicht mehr als Ihr Wort.",
        "choices": {
            "achieved": "Ja, das haben wir erreicht",
            "partly": "Teilweise",
            "not": "Nein",
            "too_early": "Noch zu früh",
            "yes": "Ja",
            "no": "Nein",
        },
        "parts": {"helped": "Hat {vendor} dazu beigetragen?", "why": "Woran sehen Sie das?"},
        "follow_up": {
            "low": "Was fehlt?",
            "middle": "Was fehlt noch?",
            "high": "Woran zeigt es sich?",
        },
        "thanks": _THANKS,
    },
    "check_in": {
        "subject": "{name}, wie läuft es mit {vendor}?",
        "question": "Wie läuft es mit {vendor}?",
        "help": "Zwei Fragen, eine halbe Minute.",
        "choices": {"well": "Gut", "mixed": "Mittelmäßig", "badly": "Nicht gut"},
        "parts": {"need": "Was brauchen Sie von uns?"},
        "follow_up": {
            "low": "Was steht im Weg, und was brauchen Sie zuerst von uns?",
            "middle": "Was fehlt, damit es gut läuft? Was brauchen Sie von uns?",
            "high": "Das freut uns. Was brauchen Sie als Nächstes von uns?",
        },
        "thanks": _THANKS,
    },
    "discovery": {
        "subject": "{name}, was möchten Sie mit {vendor} erreichen?",
        "question": "Welches Ergebnis möchten Sie mit {vendor} erreichen?",
        "help": "Das Ergebnis für Ihr Unternehmen, in Ihren eigenen Worten. Keine Funktion.",
        "parts": {
            "measure": "Woran erkennen Sie, dass es erreicht ist? Was messen Sie, und wo stehen Sie heute?",
            "by_when": "Bis wann?",
            "if_not": "Was geschieht, wenn Sie es nicht erreichen?",
        },
        "thanks": _THANKS,
    },
    "still_right": {
        "subject": "{name}, wollen Sie das noch?",
        "question": "Sie haben uns gesagt, was Sie wollen: „{goal}“. Stimmt das noch?",
        "help": "Was Sie wollen, kann sich ändern. Dann möchten wir es wissen.",
        "choices": {
            "yes": "Ja, stimmt noch",
            "changed": "Zum Teil, es hat sich geändert",
            "no": "Nein, nicht mehr",
        },
        "parts": {"instead": "Was wollen Sie jetzt?"},
        "follow_up": {
            "low": "Was wollen Sie stattdessen?",
            "middle": "Was hat sich geändert?",
            "high": "Sollten wir sonst noch etwas wissen?",
        },
        "thanks": _THANKS,
    },
    "nps": {
        "subject": "{name}, würden Sie {vendor} weiterempfehlen?",
        "question": "Wie wahrscheinlich ist es, dass Sie {vendor} Kollegen oder Freunden empfehlen?",
        "help": "0 heißt überhaupt nicht wahrscheinlich, 10 äußerst wahrscheinlich.",
        "low": "Überhaupt nicht wahrscheinlich",
        "high": "Äußerst wahrscheinlich",
        "parts": {"why": "Was ist der wichtigste Grund für Ihre Bewertung?"},
        "follow_up": {
            "low": "Was lief schief, und was sollten wir zuerst ändern?",
            "middle": "Was fehlt zu einer 9 oder 10?",
            "high": "Was schätzen Sie am meisten?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "csat": {**_SATISFIED, "help": "1 heißt sehr unzufrieden, 5 sehr zufrieden."},
    "csat_10": {**_SATISFIED, "help": "1 heißt sehr unzufrieden, 10 sehr zufrieden."},
    "ces": {
        "subject": "{name}, hat {vendor} es Ihnen leicht gemacht?",
        "question": "„{vendor} hat es mir leicht gemacht, mein Anliegen zu erledigen.“ Stimmen Sie zu?",
        "help": "1 heißt stimme überhaupt nicht zu, 7 stimme voll und ganz zu.",
        "low": "Stimme überhaupt nicht zu",
        "high": "Stimme voll und ganz zu",
        "parts": {"why": "Woran lag das?"},
        "follow_up": {
            "low": "Was hat es schwer gemacht?",
            "middle": "Was hätte es leichter gemacht?",
            "high": "Was hat es leicht gemacht?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "ces_inverse": {
        "subject": "{name}, wie viel Aufwand hat es Sie gekostet?",
        "question": "Wie viel Aufwand hat es Sie gekostet, Ihr Anliegen mit {vendor} zu erledigen?",
        "help": "1 heißt sehr wenig Aufwand, 7 sehr viel.",
        "low": "Sehr wenig",
        "high": "Sehr viel",
        "parts": {"why": "Woran lag das?"},
        "follow_up": {
            "low": "Was hat den Aufwand gemacht?",
            "middle": "Was hätte Ihnen Aufwand erspart?",
            "high": "Was hat es leicht gemacht?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "price_of_value": {
        "subject": "{name}, was ist Ihnen {vendor} wert?",
        "question": "Was ist das, was {customer} durch {vendor} erreicht, im Jahr wert, in {currency}?",
        "help": "Ihre eigene Schätzung. Eine grobe Zahl ist besser als keine.",
        "parts": {"how": "Wie sind Sie darauf gekommen?"},
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
}

LETTER = {
    "hello": "Guten Tag, {name},",
    "press": "Jeder Knopf öffnet eine Seite, auf der diese Antwort schon gewählt ist. Erfasst wird nichts, bis Sie dort auf den Knopf drücken.",
    "open": "Antworten",
    "write": "Erfasst wird nichts, bis Sie auf der Seite auf den Knopf drücken.",
    "reached": "Diese Mail ging an {contact}, {customer}.",
    "not_you": "Sind Sie das nicht?",
    "stop": "Keine solchen Mails mehr",
}
