"""API keys: who calls."""

from datetime import datetime

import strawberry

from api.nodes import Node
from publishing import records
from publishing.ids import Kind, public_id
from publishing.records import Scope


@strawberry.type(description="A key for programs. Sent as `Authorization: Bearer agm_...`.")
class ApiKey(Node):
    name: str = strawberry.field(description="Name for people.")
    prefix: str = strawberry.field(description="The first characters of the secret, to tell keys apart.")
    scopes: list[Scope] = strawberry.field(description="What the key may do.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime | None = strawberry.field(description="When it stops working; null when it does not.")
    last_used_at: datetime | None = strawberry.field(description="When it was last used, to the minute.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")


def key_of(record: records.ApiKey) -> ApiKey:
    """Map a record."""
    return ApiKey(
        id=strawberry.ID(public_id(Kind.API_KEY, record.id)),
        name=record.name,
        prefix=record.prefix,
        scopes=list(record.scopes),
        created_at=record.created_at,
        expires_at=record.expires_at,
        last_used_at=record.last_used_at,
        revoked_at=record.revoked_at,
    )
