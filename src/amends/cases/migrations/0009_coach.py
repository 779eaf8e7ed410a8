import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LANGUAGES = [
    ("en", "English"),
    ("sv", "Svenska"),
    ("pl", "Polski"),
    ("ms", "Bahasa Melayu"),
    ("zh-hans", "简体中文"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_rules_kept_and_lists_from_above"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoachCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("language", models.CharField(choices=LANGUAGES, max_length=10)),
                ("code", models.CharField(blank=True, max_length=30)),
                ("purpose", models.CharField(max_length=16)),
                ("count", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["day", "code"], name="coach_counts_by_day")],
            },
        ),
        migrations.CreateModel(
            name="CoachRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True)),
                ("levels", models.JSONField(blank=True, default=dict)),
                ("avoid", models.JSONField(blank=True, default=dict)),
                ("off", models.JSONField(blank=True, default=list)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ("-version",)},
        ),
    ]
