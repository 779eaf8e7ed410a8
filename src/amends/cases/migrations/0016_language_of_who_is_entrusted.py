from django.db import migrations, models

from amends.people.languages import LANGUAGES


class Migration(migrations.Migration):
    dependencies = (("cases", "0015_what_an_offer_promises"),)

    operations = (
        migrations.AddField(
            model_name="duty",
            name="entrusted_language",
            field=models.CharField(
                blank=True, choices=LANGUAGES, max_length=10, verbose_name="their language"
            ),
        ),
    )
