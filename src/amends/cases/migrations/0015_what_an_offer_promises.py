"""What an offer promises beside its remedies, when it is reminded of, and by which paper somebody signs."""

from datetime import timedelta

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def remind_of_those_on_the_table(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Offers that were made before this was known, three days before they end."""
    offers = apps.get_model("cases", "Offer").objects.filter(answer="open")
    offers.update(remind_at=models.F("expires_at") - timedelta(days=3))


class Migration(migrations.Migration):
    dependencies = (
        ("cases", "0014_words_after_the_end_and_days_that_roll"),
        ("people", "0005_authority_deputies_and_loyalty"),
    )
    operations = (
        migrations.AddField(
            model_name="offer",
            name="withdrawal",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="offer",
            name="remind_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="office",
            name="remind_days",
            field=models.PositiveSmallIntegerField(
                default=3, verbose_name="days before an offer ends, to remind of it"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="authority_of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.representative",
            ),
        ),
        migrations.RunPython(remind_of_those_on_the_table, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                condition=models.Q(("remind_at__isnull", False), ("reminded_at__isnull", True)),
                fields=["remind_at"],
                name="offers_to_remind_of",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("authority_of__isnull", False)),
                fields=["authority_of", "at"],
                name="authorities_on_file",
            ),
        ),
    )
