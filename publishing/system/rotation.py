"""Rotating the token keys: every sealed text is sealed again with the newest one, while everything goes on.

A text is exchanged only where it is still the one that was read, so a token that is written meanwhile is not undone;
readers find the old text or the new one, and have the keys of both.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from publishing import models, setwise
from publishing.db import connection
from publishing.keyring import Keyring
from publishing.sealing import SealedIn, SealError, key_of, seal, unseal

_BATCH = 200
_SEALED = {"id": "uuid", "old": "text", "new": "text"}


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far a rotation is. `shut` says, by row, why a text did not open; such a text stays as it is."""

    total: int
    seen: int
    resealed: int
    shut: tuple[str, ...]


async def rotate_tokens(keys: Keyring) -> AsyncGenerator[Rotated]:
    """Seal every stored secret again that another key than the newest has sealed; tells how far it is after each batch.

    Interrupted, it is started again and goes on with what is left.
    """
    total = await models.Credential.all().count() + await models.ConnectionAttempt.filter(**_WITH_CODE).count()
    done = Rotated(total, 0, 0, ())
    async for table, column, rows in _batches():
        fresh, shut = _sealed_again(keys, table, column, rows)
        resealed = await _exchange(table, column, fresh)
        seen, all_shut = done.seen + len(rows), (*done.shut, *shut)
        done = Rotated(max(total, seen), seen, done.resealed + resealed, all_shut)
        yield done
    yield done


async def find_shut_tokens(keys: Keyring) -> tuple[str, ...]:
    """Open every stored secret, and say of each that does not open, by row, why."""
    shut: list[str] = []
    async for table, column, rows in _batches():
        for row_id, workspace_id, sealed in rows:
            try:
                unseal(keys, sealed, SealedIn(table=table, column=column, workspace_id=workspace_id, row_id=row_id))
            except SealError as error:
                shut.append(f"{table} {row_id}: {error}")
    return tuple(shut)


_Row = tuple[UUID, UUID, str]
_WITH_CODE = {"sealed_code__isnull": False}


async def _batches() -> AsyncGenerator[tuple[str, str, list[_Row]]]:
    """Read by id, in which a row written meanwhile comes last: whoever wrote it has the newest key by then."""
    for model, column, only in (
        (models.Credential, "sealed_token", {}),
        (models.ConnectionAttempt, "sealed_code", _WITH_CODE),
    ):
        last = UUID(int=0)
        while (
            rows := await model.filter(id__gt=last, **only)
            .order_by("id")
            .limit(_BATCH)
            .values_list("id", "workspace_id", column)
        ):
            yield model.Meta.table, column, rows
            last = rows[-1][0]


def _sealed_again(
    keys: Keyring, table: str, column: str, rows: Sequence[_Row]
) -> tuple[list[dict[str, object]], list[str]]:
    fresh: list[dict[str, object]] = []
    shut: list[str] = []
    for row_id, workspace_id, old in rows:
        place = SealedIn(table=table, column=column, workspace_id=workspace_id, row_id=row_id)
        try:
            if key_of(old) != keys.newest:
                fresh.append({"id": row_id, "old": old, "new": seal(keys, unseal(keys, old, place), place)})
        except SealError as error:
            shut.append(f"{table} {row_id}: {error}")
    return fresh, shut


async def _exchange(table: str, column: str, rows: Sequence[Mapping[str, object]]) -> int:
    if not rows:
        return 0
    changed = await connection().execute_query_dict(
        f'UPDATE "{table}" SET {column} = v.new FROM {setwise.recordset(_SEALED)} '  # noqa: S608 - names are ours
        f"WHERE {table}.id = v.id AND {table}.{column} = v.old RETURNING {table}.id",
        [setwise.parameter(rows)],
    )
    return len(changed)
