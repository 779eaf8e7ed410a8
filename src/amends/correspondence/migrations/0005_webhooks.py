"""Programs of the house are told what happens."""

import amends.kit.keys
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ("cases", "0016_language_of_who_is_entrusted"),
        ("correspondence", "0004_draft_reading"),
        ("people", "0005_authority_deputies_and_loyalty"),
    )

    operations = (
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=amends.kit.keys.new_key, editable=False, max_length=16, unique=True
                    ),
                ),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                ("events", models.JSONField(default=list, verbose_name="what it is told")),
                ("secret_generation", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("made_by_name", models.CharField(max_length=150)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="people.department",
                        verbose_name="only of",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=16)),
                ("type", models.CharField(max_length=40)),
                ("webhook_id", models.CharField(max_length=32, unique=True)),
                ("body", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be tried again"),
                            ("delivered", "Delivered"),
                            ("failed", "Given up"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("answer", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.event",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="correspondence.webhookendpoint",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["endpoint", "-id"], name="webhook_newest"),
                    models.Index(fields=["made_at"], name="webhook_oldest"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("endpoint", "event", "subject", "type"), name="told_once")
                ],
            },
        ),
    )
