from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forecast", "0004_audit")]

    operations = [
        migrations.CreateModel(
            name="Backtest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateTimeField()),
                ("method", models.CharField(max_length=60)),
                ("renewals", models.PositiveIntegerField()),
                ("lost", models.PositiveIntegerField()),
                ("result", models.JSONField()),
                ("fingerprint", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["-as_of", "-id"], name="forecast_backtest_newest")],
            },
        ),
    ]
