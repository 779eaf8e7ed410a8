"""The database itself refuses to change or delete an event (mission N7), on both engines."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER event_no_update BEFORE UPDATE ON cases_event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON cases_event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
"""
POSTGRESQL = """
CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON cases_event
FOR EACH ROW EXECUTE FUNCTION event_append_only();
"""
DROP = {
    "sqlite": "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete;",
    "postgresql": "DROP TRIGGER event_append_only ON cases_event; DROP FUNCTION event_append_only();",
}


def _run(schema_editor, statements):
    cursor = schema_editor.connection.cursor()
    if schema_editor.connection.vendor == "sqlite":
        for statement in statements.strip().split("\nCREATE TRIGGER"):
            text = statement if statement.startswith(("CREATE", "DROP")) else "CREATE TRIGGER" + statement
            cursor.execute(text)
    else:
        cursor.execute(statements)


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def backwards(apps, schema_editor):
    cursor = schema_editor.connection.cursor()
    for statement in filter(str.strip, DROP[schema_editor.connection.vendor].split(";")):
        cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("cases", "0001_initial"),)
    operations = (migrations.RunPython(forwards, backwards, elidable=False),)
