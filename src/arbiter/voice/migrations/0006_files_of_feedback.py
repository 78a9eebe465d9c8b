from django.db import migrations, models

import arbiter.foundation.models.stored


def give_keys(apps, schema_editor):
    """Each address on the list gets a key of its own."""
    for kept in apps.get_model("voice", "Suppression").objects.filter(key=None):
        kept.key = arbiter.foundation.models.stored.new_key()
        kept.save(update_fields=["key"])


class Migration(migrations.Migration):
    """What comes and leaves as workspace files has a key, and knows by which import it came."""

    dependencies = [("voice", "0005b_comments_into_the_inbox")]

    operations = [
        migrations.AddField(
            model_name="suppression",
            name="key",
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="suppression",
            name="key",
            field=models.CharField(
                default=arbiter.foundation.models.stored.new_key, max_length=200, unique=True
            ),
        ),
        migrations.AddField(
            model_name="suppression",
            name="custom",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="sorting",
            name="import_id",
            field=models.BigIntegerField(blank=True, db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name="feedback",
            name="source",
            field=models.CharField(default="other", max_length=20),
        ),
    ]
