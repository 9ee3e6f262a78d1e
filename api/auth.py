"""Who calls: `Authorization: Bearer agm_...`, in a header or in the first message of a WebSocket."""

from collections.abc import Mapping
from typing import Any

from api.faults import unauthenticated
from publishing import system
from publishing.deps import Deps
from publishing.records import Caller


async def authenticate(deps: Deps, header: str | None) -> Caller | None:
    """Find the caller; None when no header was sent.

    Raises:
        GraphQLError: UNAUTHENTICATED; the header is malformed, or its key is unknown, expired or revoked.
        StoreUnavailableError: the database is away.
    """
    if header is None:
        return None
    scheme, _, presented = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not presented.strip():
        raise unauthenticated("The Authorization header is not of the form `Bearer agm_...`.")
    caller = await system.look_up_key(deps, presented=presented.strip())
    if caller is None:
        raise unauthenticated("This API key is not valid: it is mistyped, expired or revoked.")
    return caller


def header_of(params: Mapping[str, Any] | None) -> str | None:
    """Read the `Authorization` that a WebSocket client put into `connection_init`; None when there is none."""
    given = {name.lower(): value for name, value in (params or {}).items()}
    value = given.get("authorization")
    return value if isinstance(value, str) else None
