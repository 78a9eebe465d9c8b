from django.db import migrations, models


class Migration(migrations.Migration):
    """Sums tell what is sealed apart, so the index from which they are read holds it."""

    dependencies = [("forecast", "0007_audit_runs")]

    operations = [
        migrations.RemoveIndex(model_name="outlook", name="forecast_outlook_money"),
        migrations.AddIndex(
            model_name="outlook",
            index=models.Index(
                fields=[
                    *("ends_on", "owner", "currency", "intent", "sealed", "arr", "belief"),
                    *("probability", "customer"),
                ],
                name="forecast_outlook_money",
            ),
        ),
    ]
