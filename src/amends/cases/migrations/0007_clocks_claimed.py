from django.db import migrations, models


class Migration(migrations.Migration):
    """A worker claims due clocks for a while; and the database holds that one clock of each kind runs."""

    dependencies = [("cases", "0006_rules_and_clocks")]

    operations = [
        migrations.AddField(
            model_name="clock",
            name="claimed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at__isnull", True)),
                fields=("complaint", "kind"),
                name="one_clock_of_a_kind_runs",
            ),
        ),
    ]
