"""A draft knows the page that saved it last; who reads it gets the text as it stood, and a word with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0003_housetext_new_meaning")]

    operations = [
        migrations.AddField(
            model_name="composerdraft", name="page", field=models.CharField(blank=True, max_length=120)
        ),
        migrations.AddField(
            model_name="composerdraft", name="reading_word", field=models.TextField(blank=True)
        ),
        migrations.AddField(
            model_name="composerdraft",
            name="reading_fields",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
