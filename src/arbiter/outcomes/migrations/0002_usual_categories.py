from django.db import migrations

USUAL = [
    ("revenue", "Revenue up"),
    ("cost", "Costs down"),
    ("time", "Time saved"),
    ("productivity", "Productivity"),
    ("risk", "Risk down"),
    ("talent", "Talent attracted"),
    ("roi", "Return on investment"),
    ("other", "Something else"),
]


def add(apps, schema_editor):
    category = apps.get_model("outcomes", "Category")
    for position, (slug, label) in enumerate(USUAL):
        category.objects.get_or_create(slug=slug, defaults={"label": label, "position": position})


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_first")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
