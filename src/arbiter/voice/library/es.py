"""Spanish, in the polite form."""

from typing import Any

_QUOTE = "¿Podemos citarle, con su nombre y el de su empresa?"
_THANKS = "Gracias. En {vendor} leemos todas las respuestas."
_SATISFIED = {
    "subject": "{name}, ¿qué le parece {vendor}?",
    "question": "¿Cuál es su grado de satisfacción con {vendor}?",
    "low": "Muy bajo",
    "high": "Muy alto",
    "parts": {"why": "¿Cuál es el motivo principal?"},
    "follow_up": {
        "low": "¿Qué le ha decepcionado y qué deberíamos arreglar primero?",
        "middle": "¿Qué lo habría mejorado?",
        "high": "¿Qué hemos hecho bien?",
    },
    "consent": _QUOTE,
    "thanks": _THANKS,
}

SURVEYS: dict[str, dict[str, Any]] = {
    "intent": {
        "subject": "{name}, ¿seguirá con {vendor}?",
        "question": "¿Cree que {customer} seguirá con {vendor}?",
        "help": "«No lo sé» es una respuesta útil. No provocará ninguna llamada comercial.",
        "choices": {"yes": "Sí", "not_sure": "No lo sé", "no": "No"},
        "parts": {
            "why": "¿Cuál es el motivo principal?",
            "would_make_it_yes": "¿Qué haría falta para que fuera un sí?",
        },
        "follow_up": {
            "low": "¿Cuál es el motivo de su no?",
            "middle": "¿Qué le hace dudar?",
            "high": "¿Qué le aporta?",
        },
        "thanks": _THANKS,
    },
    "verdict": {
        "subject": "{name}, ¿ha conseguido lo que quería de {vendor}?",
        "question": "Nos dijo lo que quiere: «{goal}». ¿Lo ha conseguido?",
        "help": "Usted decide. Nuestras cifras no valen más que su palabra.",
        "choices": {
            "achieved": "Sí, lo hemos conseguido",
            "partly": "En parte",
            "not": "No",
            "too_early": "Es pronto para decirlo",
            "yes": "Sí",
            "no": "No",
        },
        "parts": {"helped": "¿Ha contribuido {vendor} a ello?", "why": "¿En qué lo nota?"},
        "follow_up": {
            "low": "¿Qué falta?",
            "middle": "¿Qué falta todavía?",
            "high": "¿Qué lo demuestra?",
        },
        "thanks": _THANKS,
    },
    "check_in": {
        "subject": "{name}, ¿cómo va todo con {vendor}?",
        "question": "¿Cómo va todo con {vendor}?",
        "help": "Dos preguntas, medio minuto.",
        "choices": {"well": "Bien", "mixed": "Regular", "badly": "Mal"},
        "parts": {"need": "¿Qué necesita de nosotros?"},
        "follow_up": {
            "low": "¿Qué lo impide y qué necesita primero de nosotros?",
            "middle": "¿Qué falta para que vaya bien? ¿Qué necesita de nosotros?",
            "high": "Nos alegra. ¿Qué necesita ahora de nosotros?",
        },
        "thanks": _THANKS,
    },
    "discovery": {
        "subject": "{name}, ¿qué quiere lograr con {vendor}?",
        "question": "¿Qué resultado quiere lograr con {vendor}?",
        "help": "El resultado para su empresa, con sus propias palabras. No una función.",
        "parts": {
            "measure": "¿Cómo sabrá que lo ha logrado? ¿Qué mide y en qué punto está hoy?",
            "by_when": "¿Para cuándo?",
            "if_not": "¿Qué pasa si no lo logra?",
        },
        "thanks": _THANKS,
    },
    "still_right": {
        "subject": "{name}, ¿sigue queriendo esto?",
        "question": "Nos dijo lo que quiere: «{goal}». ¿Sigue siendo así?",
        "help": "Lo que quiere puede cambiar. En ese caso, queremos saberlo.",
        "choices": {
            "yes": "Sí, sigue siendo así",
            "changed": "En parte, ha cambiado",
            "no": "No, ya no",
        },
        "parts": {"instead": "¿Qué quiere ahora?"},
        "follow_up": {
            "low": "¿Qué quiere en su lugar?",
            "middle": "¿Qué ha cambiado?",
            "high": "¿Hay algo más que debamos saber?",
        },
        "thanks": _THANKS,
    },
    "nps": {
        "subject": "{name}, ¿recomendaría {vendor}?",
        "question": "¿Qué probabilidad hay de que recomiende {vendor} a un colega o amigo?",
        "help": "0 significa nada probable; 10, sumamente probable.",
        "low": "Nada probable",
        "high": "Sumamente probable",
        "parts": {"why": "¿Cuál es el motivo principal de su puntuación?"},
        "follow_up": {
            "low": "¿Qué ha ido mal y qué deberíamos cambiar primero?",
            "middle": "¿Qué falta para un 9 o un 10?",
            "high": "¿Qué es lo que más valora?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "csat": {**_SATISFIED, "help": "1 significa muy bajo; 5, muy alto."},
    "csat_10": {**_SATISFIED, "help": "1 significa muy bajo; 10, muy alto."},
    "ces": {
        "subject": "{name}, ¿se lo puso fácil {vendor}?",
        "question": "«{vendor} me facilitó hacer lo que quería». ¿Está de acuerdo?",
        "help": "1 significa totalmente en desacuerdo; 7, totalmente de acuerdo.",
        "low": "Totalmente en desacuerdo",
        "high": "Totalmente de acuerdo",
        "parts": {"why": "¿A qué se debe?"},
        "follow_up": {
            "low": "¿Qué lo hizo difícil?",
            "middle": "¿Qué lo habría hecho más fácil?",
            "high": "¿Qué lo hizo fácil?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "ces_inverse": {
        "subject": "{name}, ¿cuánto esfuerzo le costó?",
        "question": "¿Cuánto esfuerzo le costó hacer lo que quería con {vendor}?",
        "help": "1 significa muy poco esfuerzo; 7, muchísimo.",
        "low": "Muy poco",
        "high": "Muchísimo",
        "parts": {"why": "¿A qué se debe?"},
        "follow_up": {
            "low": "¿Qué le costó tanto esfuerzo?",
            "middle": "¿Qué le habría ahorrado esfuerzo?",
            "high": "¿Qué lo hizo fácil?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "price_of_value": {
        "subject": "{name}, ¿cuánto vale {vendor} para usted?",
        "question": "¿Cuánto vale al año, en {currency}, lo que {vendor} aporta a {customer}?",
        "help": "Su propia estimación. Una cifra aproximada es mejor que ninguna.",
        "parts": {"how": "¿Cómo ha llegado a ella?"},
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
}

LETTER = {
    "hello": "Hola, {name}:",
    "press": "Cada botón abre una página con esa respuesta ya elegida. No se guarda nada hasta que pulse el botón de esa página.",
    "open": "Responder",
    "write": "No se guarda nada hasta que pulse el botón de la página.",
    "reached": "Este mensaje se envió a {contact}, {customer}.",
    "not_you": "¿No es usted?",
    "stop": "No recibir más mensajes como este",
}
