"""No mail of ours tells us that it was opened: no picture, nothing fetched, no link that only counts."""

import re
from pathlib import Path

import pytest

from arbiter.foundation.models import OutboxMail
from arbiter.voice.actions import feedback, letters, replies_to_givers, survey_mails
from arbiter.voice.actions import surveys as library
from arbiter.voice.models import SurveyVersion
from tests.world import JUNE, MAY

SOURCE = Path(__file__).resolve().parents[2] / "src/arbiter"
TEMPLATES = sorted(
    path
    for path in SOURCE.rglob("*")
    if path.suffix in {".html", ".txt"} and {"mail", "email"} & {*path.parts}
)
# What a mail client fetches by itself: pictures, styles, fonts, frames, sounds, and addresses in styles.
FETCHED = re.compile(
    r"<(?:img|link|iframe|object|embed|audio|video|source|script|input|bgsound|svg|picture)\b"
    r"|\bsrc(?:set)?\s*=|\bbackground\s*=|url\s*\(|@import|@font-face",
    re.I,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_of_a_mail_fetches_anything(path):
    assert FETCHED.findall(path.read_text()) == []


def test_every_template_of_a_mail_was_looked_at():
    assert {path.stem for path in TEMPLATES} >= {"letter", "survey", "reply", "code", "invitation"}


@pytest.mark.parametrize(
    "trick",
    [
        '<img src="https://x.test/1.gif">',
        "<td background='https://x.test'>",
        "<p style=\"background-image:url('//x.test')\">",
        '<link rel="stylesheet" href="//x.test">',
        "<style>@import '//x.test';</style>",
    ],
)
def test_what_would_be_fetched_is_recognised(trick):
    assert FETCHED.search(trick)


def test_no_mail_as_it_leaves_fetches_anything(world):
    letters.send(contact=world.cleo, goals=[], by=world.ada, at=MAY)
    library.adopt_library(by=world.olga, at=MAY)
    for version in SurveyVersion.objects.filter(survey__key__in=["nps", "csat"]):
        survey_mails.send(contact=world.dora, version=version, by=world.ada, at=JUNE)
    said = feedback.receive(
        customer=world.harbour,
        contact=world.sam,
        text="Slow",
        source="interview",
        by=world.ada,
        at=MAY,
    )
    replies_to_givers.reply(feedback=said, text="It is faster now", by=world.ada, at=MAY)

    mails = list(OutboxMail.objects.exclude(html=""))

    assert len(mails) >= 3
    assert [mail.subject for mail in mails if FETCHED.search(mail.html)] == []
    assert not any(FETCHED.search(mail.text) for mail in OutboxMail.objects.all())
