"""Whether a version says something else than the one before, so that the other languages must follow."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0002_print_runs")]

    operations = [
        migrations.AddField(
            model_name="housetext", name="new_meaning", field=models.BooleanField(default=False)
        )
    ]
