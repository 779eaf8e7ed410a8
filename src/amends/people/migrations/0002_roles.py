"""A new house starts with the roles of ``rules.capabilities.ROLES``."""

from django.db import migrations

from amends.rules.capabilities import ROLES


def forwards(apps, schema_editor):
    role = apps.get_model("people", "Role")
    for spec in ROLES:
        capabilities = sorted(c.value for c in spec.capabilities)
        role.objects.get_or_create(name=spec.name, defaults={"level": spec.level, "capabilities": capabilities})


class Migration(migrations.Migration):
    dependencies = (("people", "0001_initial"),)
    operations = (migrations.RunPython(forwards, migrations.RunPython.noop),)
