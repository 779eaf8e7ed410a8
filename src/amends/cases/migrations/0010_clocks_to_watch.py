from django.db import migrations, models


class Migration(migrations.Migration):
    """The clocks that ran out are found by their own index, also where the database knows no figures."""

    dependencies = [("cases", "0009_coach")]

    operations = [
        migrations.RemoveIndex(model_name="clock", name="clocks_to_watch"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("breached_at__isnull", True), ("stopped_at__isnull", True)),
                fields=["breached_at", "due_at", "id"],
                name="clocks_to_watch",
            ),
        ),
    ]
