from django.db import migrations, models


class Migration(migrations.Migration):
    """The inbox shows what is open, whatever its status, the newest first."""

    dependencies = [("voice", "0002_surveys_budget_and_feedback")]

    operations = [
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["-at", "-id"], name="voice_feedback_newest"),
        ),
    ]
