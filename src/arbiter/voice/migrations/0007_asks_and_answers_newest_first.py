from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever reads what was asked and answered begins with the newest, of everybody."""

    dependencies = [("voice", "0006_files_of_feedback")]

    operations = [
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(fields=["-at", "-id"], name="voice_ask_newest"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["-at", "-id"], name="voice_answer_newest"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(
                condition=~models.Q(flag_reason=""),
                fields=["-at", "-id"],
                name="voice_answer_flagged",
            ),
        ),
    ]
