"""Sealed tokens: versions are appended, the highest counts. Opened only right before a platform call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from publishing import models
from publishing.ids import new_id
from publishing.keyring import Keyring
from publishing.mapping import Mapper
from publishing.sealing import SealedIn, SealError, seal, unseal


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to store: of the sign-in itself when `page_id` is None, else of that page."""

    account_id: UUID
    page_id: UUID | None
    token: str = field(repr=False)
    expires_at: datetime | None

    @property
    def owner_id(self) -> UUID:
        """Whose token it is: the page's, else the account's."""
        return self.page_id or self.account_id


@dataclass(frozen=True, slots=True)
class StoredToken:
    """The newest token of an owner, opened; `token` is never to be logged."""

    id: UUID
    workspace_id: UUID
    token: str = field(repr=False)
    expires_at: datetime | None
    created_at: datetime


async def append(keys: Keyring, *, workspace_id: UUID, tokens: Sequence[NewToken], now: datetime) -> None:
    """Append a version of each token, sealed into its own row. An empty token never replaces a good one."""
    given = [token for token in tokens if token.token]
    versions = await _newest_versions(workspace_id, [token.owner_id for token in given])
    rows: list[models.Credential] = []
    for token in given:
        row_id = new_id()
        rows.append(
            models.Credential(
                id=row_id,
                workspace_id=workspace_id,
                account_id=token.account_id,
                page_id=token.page_id,
                owner_id=token.owner_id,
                version=versions.get(token.owner_id, 0) + 1,
                sealed_token=seal(keys, token.token, _place(workspace_id, row_id)),
                expires_at=token.expires_at,
                created_at=now,
            )
        )
    await models.Credential.bulk_create(rows)


async def append_for_all(
    keys: Keyring, *, account: models.ConnectedAccount, token: str, expires_at: datetime | None, now: datetime
) -> None:
    """Append a renewed token for a sign-in and for each of its pages that has one."""
    rows = models.Credential.filter(workspace_id=account.workspace_id, account_id=account.id, page_id__isnull=False)
    pages = {UUID(str(one)) for one in await rows.distinct().values_list("page_id", flat=True)}
    tokens = [NewToken(account.id, page_id, token, expires_at) for page_id in (None, *sorted(pages))]
    await append(keys, workspace_id=account.workspace_id, tokens=tokens, now=now)


async def newest_token(keys: Keyring, *, workspace_id: UUID, owner_id: UUID) -> StoredToken | None:
    """Open the newest token of an owner; None when there is none.

    Raises:
        SealError: it does not open; see its message for the operator.
    """
    row = await models.Credential.filter(workspace_id=workspace_id, owner_id=owner_id).order_by("-version").first()
    if row is None:
        return None
    token = unseal(keys, row.sealed_token, _place(workspace_id, row.id))
    return StoredToken(row.id, workspace_id, token, row.expires_at, row.created_at)


async def open_tokens(keys: Keyring, *, workspace_id: UUID, owner_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Open the newest token of each owner; owners without one are left out.

    Raises:
        SealError: a token does not open; see its message for the operator.
    """
    newest = await _newest(workspace_id, owner_ids)
    return {row.owner_id: unseal(keys, row.sealed_token, _place(workspace_id, row.id)) for row in newest}


async def open_each(
    keys: Keyring, *, workspace_id: UUID, owner_ids: Iterable[UUID]
) -> tuple[dict[UUID, str], dict[UUID, SealError]]:
    """Open the newest token of each owner, and name those that do not open: one of many must not stop the others."""
    tokens: dict[UUID, str] = {}
    closed: dict[UUID, SealError] = {}
    for row in await _newest(workspace_id, owner_ids):
        try:
            tokens[row.owner_id] = unseal(keys, row.sealed_token, _place(workspace_id, row.id))
        except SealError as error:
            closed[row.owner_id] = error
    return tokens, closed


async def forget(*, workspace_id: UUID, account_id: UUID) -> None:
    """Delete every token of a sign-in and of its pages."""
    await models.Credential.filter(workspace_id=workspace_id, account_id=account_id).delete()


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A sealed token and whose it is."""

    id: UUID
    owner_id: UUID
    sealed_token: str


_SEALED = Mapper(models.Credential, _Sealed)


async def _newest(workspace_id: UUID, owner_ids: Iterable[UUID]) -> list[_Sealed]:
    query = models.Credential.filter(workspace_id=workspace_id, owner_id__in=list(owner_ids)).order_by("version")
    return list({row.owner_id: row for row in await _SEALED.read(query)}.values())


async def _newest_versions(workspace_id: UUID, owner_ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = await models.Credential.filter(workspace_id=workspace_id, owner_id__in=list(owner_ids)).values_list(
        "owner_id", "version"
    )
    versions: dict[UUID, int] = {}
    for owner_id, version in rows:
        versions[owner_id] = max(version, versions.get(owner_id, 0))
    return versions


def _place(workspace_id: UUID, row_id: UUID) -> SealedIn:
    return SealedIn(table="credential", column="sealed_token", workspace_id=workspace_id, row_id=row_id)
