import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A reply knows the question it was written to, and what is done knows since when."""

    dependencies = [("voice", "0008_widget")]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="ask",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replies",
                to="voice.ask",
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["status", "closed_at"], name="voice_feedback_closed"),
        ),
    ]
