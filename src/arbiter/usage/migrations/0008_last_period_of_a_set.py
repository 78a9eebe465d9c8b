"""Completions remember their last period; what is there was counted without, so the next counting begins anew."""

from django.db import migrations, models


def begin_anew(apps, schema_editor):
    """Let no run count as one from which could be counted on."""
    apps.get_model("usage", "SnapshotRun").objects.filter(whole=True).update(whole=False)


class Migration(migrations.Migration):
    dependencies = [
        ("usage", "0007_keys_of_features_and_sets"),
    ]

    operations = [
        migrations.AddField(
            model_name="completion",
            name="last",
            field=models.IntegerField(blank=True, null=True),
        ),
        migrations.RunPython(begin_anew, migrations.RunPython.noop, elidable=True),
    ]
