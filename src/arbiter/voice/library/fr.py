"""French, in the polite form; narrow no-break spaces before marks, as it is printed."""

from typing import Any

_QUOTE = "Pouvons-nous vous citer, avec votre nom et votre entreprise\u202f?"
_THANKS = "Merci. Chez {vendor}, chaque réponse est lue."
_SATISFIED = {
    "subject": "{name}, {vendor} vous donne-t-il satisfaction\u202f?",
    "question": "{vendor} vous donne-t-il satisfaction\u202f?",
    "low": "Pas du tout",
    "high": "Tout à fait",
    "parts": {"why": "Quelle en est la raison principale\u202f?"},
    "follow_up": {
        "low": "Qu’est-ce qui n’allait pas, et que devrions-nous corriger en premier\u202f?",
        "middle": "Qu’est-ce qui aurait été mieux\u202f?",
        "high": "Qu’avons-nous bien fait\u202f?",
    },
    "consent": _QUOTE,
    "thanks": _THANKS,
}

SURVEYS: dict[str, dict[str, Any]] = {
    "intent": {
        "subject": "{name}, allez-vous continuer avec {vendor}\u202f?",
        "question": "Pensez-vous que {customer} continuera avec {vendor}\u202f?",
        "help": "«\u202fPas sûr\u202f» est une réponse utile. Elle ne déclenchera aucun appel commercial.",
        "choices": {"yes": "Oui", "not_sure": "Pas sûr", "no": "Non"},
        "parts": {
            "why": "Quelle en est la raison principale\u202f?",
            "would_make_it_yes": "Que faudrait-il pour que ce soit oui\u202f?",
        },
        "follow_up": {
            "low": "Quelle est la raison de ce non\u202f?",
            "middle": "Qu’est-ce qui vous fait hésiter\u202f?",
            "high": "Qu’est-ce que cela vous apporte\u202f?",
        },
        "thanks": _THANKS,
    },
    "verdict": {
        "subject": "{name}, avez-vous obtenu ce que vous vouliez de {vendor}\u202f?",
        "question": "Vous nous avez dit ce que vous voulez\u202f: «\u202f{goal}\u202f». L’avez-vous obtenu\u202f?",
        "help": "C’est vous qui décidez. Nos chiffres ne comptent pas plus que votre parole.",
        "choices": {
            "achieved": "Oui, nous l’avons obtenu",
            "partly": "En partie",
            "not": "Non",
            "too_early": "Trop tôt pour le dire",
            "yes": "Oui",
            "no": "Non",
        },
        "parts": {
            "helped": "{vendor} y a-t-il contribué\u202f?",
            "why": "À quoi le voyez-vous\u202f?",
        },
        "follow_up": {
            "low": "Que manque-t-il\u202f?",
            "middle": "Que manque-t-il encore\u202f?",
            "high": "Qu’est-ce qui le montre\u202f?",
        },
        "thanks": _THANKS,
    },
    "check_in": {
        "subject": "{name}, comment cela se passe-t-il avec {vendor}\u202f?",
        "question": "Comment cela se passe-t-il avec {vendor}\u202f?",
        "help": "Deux questions, trente secondes.",
        "choices": {"well": "Bien", "mixed": "Moyennement", "badly": "Mal"},
        "parts": {"need": "De quoi avez-vous besoin de notre part\u202f?"},
        "follow_up": {
            "low": "Qu’est-ce qui bloque, et de quoi avez-vous besoin en premier\u202f?",
            "middle": "Que faudrait-il pour que cela se passe bien\u202f? De quoi avez-vous besoin\u202f?",
            "high": "Tant mieux. De quoi avez-vous besoin maintenant\u202f?",
        },
        "thanks": _THANKS,
    },
    "discovery": {
        "subject": "{name}, que voulez-vous atteindre avec {vendor}\u202f?",
        "question": "Quel résultat voulez-vous atteindre avec {vendor}\u202f?",
        "help": "Le résultat pour votre entreprise, avec vos propres mots. Pas une fonctionnalité.",
        "parts": {
            "measure": "Comment saurez-vous que c’est atteint\u202f? Que mesurez-vous, et où en êtes-vous aujourd’hui\u202f?",
            "by_when": "Pour quand\u202f?",
            "if_not": "Que se passera-t-il si vous ne l’atteignez pas\u202f?",
        },
        "thanks": _THANKS,
    },
    "still_right": {
        "subject": "{name}, est-ce toujours ce que vous voulez\u202f?",
        "question": "Vous nous avez dit ce que vous voulez\u202f: «\u202f{goal}\u202f». Est-ce toujours vrai\u202f?",
        "help": "Ce que vous voulez peut changer. Dans ce cas, nous voulons le savoir.",
        "choices": {
            "yes": "Oui, toujours",
            "changed": "En partie, cela a changé",
            "no": "Non, plus maintenant",
        },
        "parts": {"instead": "Que voulez-vous maintenant\u202f?"},
        "follow_up": {
            "low": "Que voulez-vous à la place\u202f?",
            "middle": "Qu’est-ce qui a changé\u202f?",
            "high": "Y a-t-il autre chose que nous devrions savoir\u202f?",
        },
        "thanks": _THANKS,
    },
    "nps": {
        "subject": "{name}, recommanderiez-vous {vendor}\u202f?",
        "question": "Quelle est la probabilité que vous recommandiez {vendor} à un collègue ou à un ami\u202f?",
        "help": "0 signifie pas du tout probable, 10 extrêmement probable.",
        "low": "Pas du tout probable",
        "high": "Extrêmement probable",
        "parts": {"why": "Quelle est la raison principale de votre note\u202f?"},
        "follow_up": {
            "low": "Qu’est-ce qui n’a pas marché, et que devrions-nous changer en premier\u202f?",
            "middle": "Que manque-t-il pour un 9 ou un 10\u202f?",
            "high": "Qu’appréciez-vous le plus\u202f?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "csat": {
        **_SATISFIED,
        "help": "1 signifie pas du tout, 5 tout à fait.",
    },
    "csat_10": {
        **_SATISFIED,
        "help": "1 signifie pas du tout, 10 tout à fait.",
    },
    "ces": {
        "subject": "{name}, {vendor} vous a-t-il facilité la tâche\u202f?",
        "question": "«\u202f{vendor} m’a permis de faire facilement ce que je voulais.\u202f» Êtes-vous d’accord\u202f?",
        "help": "1 signifie pas du tout d’accord, 7 tout à fait d’accord.",
        "low": "Pas du tout d’accord",
        "high": "Tout à fait d’accord",
        "parts": {"why": "À quoi cela tient-il\u202f?"},
        "follow_up": {
            "low": "Qu’est-ce qui a été difficile\u202f?",
            "middle": "Qu’est-ce qui aurait été plus facile\u202f?",
            "high": "Qu’est-ce qui vous a facilité la tâche\u202f?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "ces_inverse": {
        "subject": "{name}, combien d’efforts cela vous a-t-il demandé\u202f?",
        "question": "Combien d’efforts vous a-t-il fallu pour faire ce que vous vouliez avec {vendor}\u202f?",
        "help": "1 signifie très peu d’efforts, 7 beaucoup.",
        "low": "Très peu",
        "high": "Beaucoup",
        "parts": {"why": "À quoi cela tient-il\u202f?"},
        "follow_up": {
            "low": "Qu’est-ce qui a demandé tant d’efforts\u202f?",
            "middle": "Qu’est-ce qui vous aurait épargné des efforts\u202f?",
            "high": "Qu’est-ce qui vous a facilité la tâche\u202f?",
        },
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
    "price_of_value": {
        "subject": "{name}, que vaut {vendor} pour vous\u202f?",
        "question": "Que vaut par an, en {currency}, ce que {vendor} apporte à {customer}\u202f?",
        "help": "Votre propre estimation. Un ordre de grandeur vaut mieux que rien.",
        "parts": {"how": "Comment l’avez-vous estimé\u202f?"},
        "consent": _QUOTE,
        "thanks": _THANKS,
    },
}

LETTER = {
    "hello": "Bonjour {name},",
    "press": "Chaque bouton ouvre une page où cette réponse est déjà choisie. Rien n’est enregistré tant que vous n’avez pas appuyé sur le bouton de cette page.",
    "open": "Répondre",
    "write": "Rien n’est enregistré tant que vous n’avez pas appuyé sur le bouton de la page.",
    "reached": "Ce message a été envoyé à {contact}, {customer}.",
    "not_you": "Ce n’est pas vous\u202f?",
    "help": "Besoin d’aide ? Répondez simplement à ce message.",
    "stop": "Ne plus recevoir de tels messages",
    # The letter; what the page behind it says as well, it says in these words.
    "subject_intent": "{name}, {vendor} répond-il à vos attentes\u202f?",
    "subject_verdict": "{name}, avez-vous obtenu ce que vous vouliez de {vendor}\u202f?",
    "subject_goal": "{name}, que voulez-vous atteindre avec {vendor}\u202f?",
    "told_us": "vous nous avez dit ce que vous attendez de {vendor}\u202f:",
    "you_decide": "L’avez-vous obtenu\u202f? C’est vous qui décidez.",
    "see_where": "Voir où nous pensons que vous en êtes, et donner votre avis",
    "asks_same": "La page pose la même question pour\u202f:",
    "quote": "« {words} »",
    "continue": "Pensez-vous que {customer} continuera avec {vendor} ?",
    "continue_after": "Pensez-vous que {customer} continuera avec {vendor} après le {date} ?",
    "asks_continue": "La page demande aussi si vous pensez que {customer} continuera avec {vendor}.",
    "asks_continue_after": "La page demande aussi si vous pensez que {customer} continuera avec {vendor} après le {date}.",
    "intent_yes": "Oui",
    "intent_not_sure": "Pas sûr",
    "intent_no": "Non",
    "not_sure_is_useful": "« Pas sûr » est une réponse utile. Elle ne déclenche aucun appel commercial.",
    "verdict_achieved": "Oui, nous l’avons obtenu",
    "verdict_partly": "En partie",
    "verdict_not": "Non",
    "verdict_too_early": "Trop tôt pour le dire",
    "reach": "Que voulez-vous atteindre avec {vendor}\u202f?",
    "own_words": "Le dire avec vos propres mots",
    "still_want": "Est-ce toujours ce que vous voulez ?",
    "say_or_put_right": "Dites-le, ou corrigez",
    # What became of feedback
    "reply_subject": "Vous avez dit quelque chose à {vendor}. Voici la suite.",
    "you_said": "Vous avez dit\u202f:",
    "we_did": "Ce que nous avons fait\u202f:",
    # The code
    "code_subject": "{code} confirme votre réponse à {vendor}",
    "code_lead": "Voici le code qui confirme votre réponse à {vendor}\u202f:",
    "code_works": "Il est valable {minutes} minutes. Saisissez-le sur la page qui l’a demandé.",
    "code_nothing": "Vous n’avez répondu à rien\u202f? Alors rien n’a été enregistré, et vous n’avez rien à faire.",
}
