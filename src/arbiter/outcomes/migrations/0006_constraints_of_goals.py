from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0005_stages"),
    ]

    operations = [
        migrations.AddField(
            model_name="goal",
            name="constraints",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
