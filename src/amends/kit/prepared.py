"""SQL that is built once, for the few queries that every step of a complaint makes.

Django builds the SQL of a query anew whenever it runs: for a wide table that takes several times as long as
the database does. Here it is built once by Django itself, or is plain enough to be said here, and run again
with other values. For hot paths alone: signals are not sent, and nothing is checked that the database does
not check.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.db.transaction import TransactionManagementError

_KEY = 2**62 - 57  # stands in the place of the number while the SQL is built

type _Converter = tuple[int, tuple[Callable[..., Any], ...], Any]


@dataclass(frozen=True)
class _Sql:
    text: str
    given: tuple[Any, ...]
    columns: tuple[str, ...]
    beside: tuple[str, ...]  # annotations, behind the columns
    converters: tuple[_Converter, ...]
    locks: bool  # the rows are locked


class Prepared[M: Model]:
    """Rows found by one whole number. ``rows`` says the query, for some number; calling this asks it.

    For rows of one table, with ``only`` and ``annotate`` if wanted; nothing of other tables along with them.
    """

    def __init__(self, rows: Callable[[int], QuerySet[M]]) -> None:
        self._rows = rows
        self._known: dict[str, tuple[type[M], _Sql]] = {}  # by the kind of database

    def __call__(self, key: int = 0) -> list[M]:
        """The rows for this number (none where the query takes none), in the order of the query.

        Raises TransactionManagementError where rows are to be locked and no transaction would hold them.
        """
        model, sql = self._known.get(connection.vendor) or self._prepare()
        if sql.locks and connection.get_autocommit():  # Django asks this while it builds the SQL: but once
            raise TransactionManagementError("rows cannot be locked outside of a transaction")
        with connection.cursor() as cursor:
            cursor.execute(sql.text, [key if value == _KEY else value for value in sql.given])
            found = cursor.fetchall()
        return [_row(model, sql, _converted(row, sql)) for row in found]

    def one(self, key: int) -> M:
        """The first row for this number. Raises the model's DoesNotExist where there is none."""
        rows = self(key)
        return rows[0] if rows else self._rows(key).get()

    def _prepare(self) -> tuple[type[M], _Sql]:
        rows = self._rows(_KEY).using(connection.alias)
        query = rows.query
        compiler = query.get_compiler(connection=connection)
        text, given = compiler.as_sql()
        info, beside = compiler.klass_info, compiler.annotation_col_map or {}
        more = vars(rows)["_prefetch_related_lookups"] or query.values_select
        if info is None or info.get("related_klass_infos") or more:
            raise ValueError("only rows of one table can be prepared")
        columns = [column for column, *_ in compiler.select]
        # Converters hold on to their connection. This one is never opened; that of the thread which came
        # first would stay open for good after it.
        idle = query.get_compiler(connection=connection.copy())
        known = (
            info["model"],
            _Sql(
                text=text,
                given=tuple(given),
                columns=tuple(column.target.attname for column in columns[: len(columns) - len(beside)]),
                beside=tuple(sorted(beside, key=beside.__getitem__)),
                converters=tuple(
                    (at, tuple(how), column) for at, (how, column) in idle.get_converters(columns).items()
                ),
                locks=query.select_for_update,
            ),
        )
        self._known[connection.vendor] = known
        return known


def insert(*rows: Model) -> None:
    """Give rows of one table that have no key yet their places in the database, and their keys."""
    if not rows:
        return
    text, fields = _insertion(type(rows[0]), len(rows))
    values = [value for row in rows for value in _values(row, fields)]
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def update(row: Model, names: Iterable[str]) -> None:
    """Write these columns (``attname``) of a row. Raises DatabaseError where it is not there."""
    text, fields = _change(type(row), tuple(sorted(names)))
    if fields:
        values = _values(row, fields)
        with connection.cursor() as cursor:
            cursor.execute(text, [*values, row.pk])
            if not cursor.rowcount:
                raise DatabaseError(f"{type(row).__name__} {row.pk} is not there")


def _values(row: Model, fields: list[Field[Any, Any]]) -> list[Any]:
    """What the database takes. Raises ValueError where a row was assigned that had no key yet: it would be
    left out in silence.
    """
    values = [field.value_from_object(row) for field in fields]
    for field, value in zip(fields, values, strict=True):
        if value is None and isinstance(field, ForeignKey) and field.get_cached_value(row, None) is not None:
            raise ValueError(f"{field.name} had no key when it was assigned")
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]


@cache
def _insertion(model: type[Model], count: int) -> tuple[str, list[Field[Any, Any]]]:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    if model._meta.parents or any(field.generated or field.has_db_default() for field in fields):
        raise ValueError(f"{model.__name__} has columns that the database fills in")
    table, key = _quoted(model._meta.db_table), _column(model._meta.pk)
    names, places = ", ".join(map(_column, fields)), ", ".join("%s" for _ in fields)
    values = ", ".join(f"({places})" for _ in range(count))
    return f"INSERT INTO {table} ({names}) VALUES {values} RETURNING {key}", fields  # noqa: S608  # our names


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    by_name = {field.attname: field for field in model._meta.local_concrete_fields}
    fields = [by_name[name] for name in names]
    table, key = _quoted(model._meta.db_table), _column(model._meta.pk)
    values = ", ".join(f"{_column(field)} = %s" for field in fields)
    return f"UPDATE {table} SET {values} WHERE {key} = %s", fields  # noqa: S608  # our own names


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _column(field: Field[Any, Any]) -> str:
    return _quoted(field.column or field.attname)


def _row[M: Model](model: type[M], sql: _Sql, values: list[Any]) -> M:
    width = len(sql.columns)
    row = model.from_db(connection.alias, sql.columns, values[:width])
    for name, value in zip(sql.beside, values[width:], strict=True):
        setattr(row, name, value)
    return row


def _converted(row: tuple[Any, ...], sql: _Sql) -> list[Any]:
    values = list(row)
    for at, how, column in sql.converters:
        value = values[at]
        for convert in how:
            value = convert(value, column, connection)
        values[at] = value
    return values
