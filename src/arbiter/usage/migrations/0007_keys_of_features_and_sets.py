from django.db import migrations, models

import arbiter.foundation.models.stored

NAMES = ("feature", "behaviourset")


def give_keys(apps, schema_editor):
    """Each feature and each version of a set gets a key of its own."""
    for name in NAMES:
        for kept in apps.get_model("usage", name).objects.filter(key=None):
            kept.key = arbiter.foundation.models.stored.new_key()
            kept.save(update_fields=["key"])


def _with(field, make):
    return [
        migrations.AddField(model_name=name, name=field, field=make()) for name in NAMES
    ]


class Migration(migrations.Migration):
    """Features and sets come and leave as workspace files: they have keys, and know by which import they came."""

    dependencies = [("usage", "0006_pulses")]

    operations = [
        *_with("key", lambda: models.CharField(max_length=200, null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=name,
                name="key",
                field=models.CharField(
                    default=arbiter.foundation.models.stored.new_key, max_length=200, unique=True
                ),
            )
            for name in NAMES
        ),
        *_with("custom", lambda: models.JSONField(blank=True, default=dict)),
        *_with("import_id", lambda: models.BigIntegerField(blank=True, db_index=True, null=True)),
    ]
