from django.db import migrations
from django.db.models import Q


def take(apps, schema_editor):
    """What was said with answers before there was an inbox comes into it; what looks like a machine's stays out."""
    Answer, Feedback = apps.get_model("voice", "Answer"), apps.get_model("voice", "Feedback")
    worded = ~Q(comment="") | ~Q(would_make_it_yes="")
    found = Answer.objects.filter(worded, flagged=False, feedback=None).select_related("contact", "ask")
    some = []
    for answer in found.order_by("pk").iterator(chunk_size=1_000):
        words = (answer.comment.strip(), answer.would_make_it_yes.strip())
        some.append(
            Feedback(
                key=f"answer:{answer.key}"[:200],
                customer_id=answer.contact.customer_id,
                contact_id=answer.contact_id,
                answer_id=answer.pk,
                at=answer.at,
                recorded_at=answer.recorded_at,
                text="\n\n".join(filter(None, words)),
                source="answer",
                goal_key=answer.ask.goal_key if answer.ask else "",
                import_id=answer.import_id,
            )
        )
        if len(some) == 1_000:
            Feedback.objects.bulk_create(some, ignore_conflicts=True)
            some = []
    Feedback.objects.bulk_create(some, ignore_conflicts=True)


class Migration(migrations.Migration):
    """Words given before the inbox was there are feedback, too."""

    dependencies = [("voice", "0005_feedback_newest_first")]

    operations = [migrations.RunPython(take, migrations.RunPython.noop)]
