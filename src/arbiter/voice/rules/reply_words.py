"""The few words of ours around a reply to feedback, in the languages we know."""

from __future__ import annotations

from typing import NamedTuple


class ReplyWords(NamedTuple):
    """What stands around their words and the colleague's. Those are never translated."""

    subject: str
    greeting: str
    you_said: str
    we_did: str
    not_you: str
    no_more: str


WORDS = {
    "en": ReplyWords(
        "You told {vendor} something. Here is what became of it.",
        "Hello {name},",
        "You said:",
        "What we did:",
        "Not you?",
        "No such mail any more",
    ),
    "de": ReplyWords(
        "Sie haben {vendor} etwas gesagt. Das ist daraus geworden.",
        "Guten Tag {name},",
        "Sie sagten:",
        "Was wir getan haben:",
        "Nicht für Sie?",
        "Keine solchen Mails mehr",
    ),
    "fr": ReplyWords(
        "Vous avez dit quelque chose à {vendor}. Voici la suite.",
        "Bonjour {name},",
        "Vous avez dit :",
        "Ce que nous avons fait :",
        "Ce n'est pas vous ?",
        "Ne plus recevoir de tels messages",
    ),
    "es": ReplyWords(
        "Usted le dijo algo a {vendor}. Esto es lo que hicimos.",
        "Hola, {name}:",
        "Usted dijo:",
        "Lo que hicimos:",
        "¿No es usted?",
        "No recibir más mensajes así",
    ),
    "ja": ReplyWords(
        "{vendor} へのご意見のその後をお知らせします",
        "{name} 様",
        "いただいたご意見：",
        "対応したこと：",
        "お心当たりがない場合",
        "今後このようなメールを受け取らない",
    ),
    "ar": ReplyWords(
        "أخبرتم {vendor} بشيء، وهذا ما حدث بعد ذلك",
        "مرحبًا {name}،",
        "قلتم:",
        "ما قمنا به:",
        "لست أنت المقصود؟",
        "عدم تلقي مثل هذه الرسائل",
    ),
}
DIRECTIONS = {"ar": "rtl"}


def words_in(*languages: str) -> tuple[str, ReplyWords]:
    """Return the first of some languages that we have words in, and the words; English where there is none."""
    for tag in languages:
        language = tag.lower().replace("_", "-").split("-")[0]
        if language in WORDS:
            return language, WORDS[language]
    return "en", WORDS["en"]
