"""Who writes after the end is somebody’s to answer, and a time may end on the next working day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("cases", "0013_who_switched_a_policy_on"),)
    operations = (
        migrations.AddField(
            model_name="complaint",
            name="wrote_after_end_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("wrote_after_end_at__isnull", False)),
                fields=["wrote_after_end_at", "id"],
                name="wrote_after_the_end",
            ),
        ),
        migrations.AddField(
            model_name="houserule",
            name="rolls",
            field=models.BooleanField(default=False),
        ),
    )
