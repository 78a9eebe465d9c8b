import json

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce


def link(apps, schema_editor):
    """A reply to a mail finds the question of that mail by the link that the mail held."""
    Ask, Feedback = apps.get_model("voice", "Ask"), apps.get_model("voice", "Feedback")
    InboundMail = apps.get_model("voice", "InboundMail")
    kept = InboundMail.objects.filter(feedback__ask=None, feedback__source="reply")
    links = {}
    for feedback, about in kept.values_list("feedback_id", "about").iterator():
        number = about.partition(":")[2]
        if about.startswith("voice.") and number.isdigit():
            links[feedback] = int(number)
    for feedback, number in links.items():
        asked = Ask.objects.filter(link_id=number).order_by("pk")
        here = asked.exclude(kind="verdict").exclude(kind="goal", version=None)
        if (found := here.first() or asked.first()) is not None:
            theirs = Feedback.objects.filter(pk=feedback, contact=found.contact_id)
            theirs.update(ask=found)


def close(apps, schema_editor):
    """What is done was done when the journal says so; where it came done, when it was replied to, or else at once."""
    Feedback, Fact = apps.get_model("voice", "Feedback"), apps.get_model("foundation", "Fact")
    closed = Feedback.objects.filter(status__in=("done", "declined"), closed_at=None)
    closed.update(closed_at=Coalesce("replied_at", F("at")))
    moved = Fact.objects.filter(name="voice.feedback_moved", subject_kind="voice.feedback")
    told = {}
    for subject, at, data in moved.order_by("pk").values_list("subject_id", "at", "data").iterator():
        if json.loads(data).get("status") in ("done", "declined"):
            told[subject] = at
    for subject, at in told.items():
        Feedback.objects.filter(pk=subject, status__in=("done", "declined")).update(closed_at=at)


class Migration(migrations.Migration):
    """What was there before finds its question and its end: in a transaction of its own, for PostgreSQL indexes no table
    whose rows have just been changed."""

    dependencies = [
        ("voice", "0009_feedback_knows_its_ask_and_its_end"),
        ("foundation", "0001_first"),
    ]

    operations = [
        migrations.RunPython(link, migrations.RunPython.noop),
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
