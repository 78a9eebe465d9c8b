"""One of every mail that goes to customers: letters, each survey of the library, news of feedback, a code."""

import re

from arbiter.accounts.models import Contact
from arbiter.foundation.models import OutboxMail
from arbiter.voice import library
from arbiter.voice.actions import (
    codes,
    feedback,
    letters,
    limits,
    links,
    replies_to_givers,
    survey_mails,
)
from arbiter.voice.queries import surveys
from arbiter.voice.queries.letters import AskedGoal
from arbiter.voice.rules.budget import Limits
from tests.world import JUNE

SURVEYS = [each.key for each in library.BUILT_IN if not each.by_letter]
FIRST = ("intent", "verdict", "goal")


TOO_SLOW = "Too slow. " * 1_000


def send_all(world, goal="", language="", text="We made it faster."):
    """Send one of each to somebody of their own who reads a language, and return them by what they are."""
    limits.set_limits(limits=Limits(people_a_week=10_000), by=world.olga, at=JUNE)
    goals = [AskedGoal(world.faster_onboarding.key, goal or world.faster_onboarding.statement)]
    sent = {}
    for first in FIRST:
        letters.send(
            contact=_one(world, first, language), goals=goals, first=first, by=world.ada, at=JUNE
        )
        sent[f"letter:{first}"] = _last()
    for key in SURVEYS:
        version = surveys.newest(surveys.by_key(key))
        survey_mails.send(
            contact=_one(world, key, language),
            version=version,
            by=world.ada,
            at=JUNE,
            language=language,
            goal=goals[0],
        )
        sent[f"survey:{key}"] = _last()
    sent["reply"] = _reply(world, text, language)
    return sent


def _reply(world, text, language):
    giver = _one(world, "giver", language)
    said = feedback.receive(
        customer=world.harbour,
        contact=giver,
        text=TOO_SLOW,
        source="interview",
        by=world.ada,
        at=JUNE,
    )
    replies_to_givers.reply(feedback=said, text=text, by=world.ada, at=JUNE)
    return _last()


def code(world, language=""):
    """The mail with a code, which signs nobody in and is no such mail."""
    link, _ = links.make(contact=_one(world, "code", language), by=world.ada, at=JUNE)
    codes.send(link=link, at=JUNE)
    return _last()


def paths(mail):
    """Every address of a mail, in its text, its HTML and its headers, without the host."""
    everywhere = " ".join([mail.text, mail.html, *mail.headers.values()])
    found = set(re.findall(r"http://localhost:8000(/[^\s\"'<>]*)", everywhere))
    return sorted(address.replace("&amp;", "&") for address in found)


def _one(world, name, language=""):
    return Contact.objects.create(
        key=f"one-{name}",
        customer=world.harbour,
        name=f"{name.title()} Frost",
        email=f"{name}@harbour.test",
        language=language,
    )


def _last():
    return OutboxMail.objects.latest("pk")
