"""Pieces of SQL that are put together: names come from the schema and ids are whole numbers, so nothing can be slipped in."""

from collections.abc import Collection, Iterator, Sequence

from soloflow.store import schema

BLOCK = 500
"""Rows named in one statement."""


def blocks(ids: Collection[int]) -> Iterator[Sequence[int]]:
    """Ids in portions for one statement each."""
    every = ids if isinstance(ids, Sequence) else tuple(ids)
    return (every[start : start + BLOCK] for start in range(0, len(every), BLOCK))


def listed(ids: Collection[int]) -> str:
    """Ids as they stand between the brackets of `IN`."""
    return ",".join(map(str, map(int, ids)))


def insert_into(table: str, names: Sequence[str]) -> str:
    """The statement that adds a row with these columns."""
    return f"INSERT INTO {known(table)} ({', '.join(_columns(table, names))}) VALUES ({','.join('?' * len(names))})"


def update_of(table: str, names: Sequence[str]) -> str:
    """The statement that sets these columns of the row whose id comes last."""
    return f"UPDATE {known(table)} SET {', '.join(f'{name} = ?' for name in _columns(table, names))} WHERE id = ?"


def image_of(table: str) -> str:
    """The expression that makes a row into JSON, as the journal keeps it."""
    pairs = (f"'{name}', \"{name}\"" for name in schema.metadata.tables[table].columns.keys())  # noqa: SIM118 - a mapping of its own kind
    return f"json_object({', '.join(pairs)})"


def known(table: str) -> str:
    """The name of a table of the schema.

    :raises KeyError: when there is none of that name.
    """
    return schema.metadata.tables[table].name


def _columns(table: str, names: Sequence[str]) -> list[str]:
    there = schema.metadata.tables[table].columns
    return [f'"{there[name].name}"' for name in names]
