import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which rows an import made, where the rows themselves do not say so."""

    dependencies = [("connectors", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="Brought",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=20)),
                ("row", models.BigIntegerField()),
                (
                    "import_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brought",
                        to="connectors.import",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "brought",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "row"), name="connectors_brought_once"
                    )
                ],
            },
        ),
    ]
