from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_bodies_outside"),
    ]

    operations = [
        migrations.AddField(
            model_name="office",
            name="opens",
            field=models.TimeField(blank=True, null=True, verbose_name="opens"),
        ),
        migrations.AddField(
            model_name="office",
            name="closes",
            field=models.TimeField(blank=True, null=True, verbose_name="closes"),
        ),
        migrations.AlterField(
            model_name="houserule",
            name="unit",
            field=models.CharField(
                choices=[
                    ("hours", "hours"),
                    ("office hours", "office hours"),
                    ("calendar days", "calendar days"),
                    ("working days", "working days"),
                    ("months", "months"),
                ],
                max_length=14,
                verbose_name="unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(opens__isnull=True, closes__isnull=True)
                | models.Q(opens__isnull=False, closes__isnull=False, opens__lt=models.F("closes")),
                name="opens_before_it_closes",
            ),
        ),
    ]
