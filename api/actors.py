"""Who did something: a key, or the server itself."""

from typing import Annotated

import strawberry

from api.context import Context
from api.keys import ApiKey
from publishing.ids import Kind, parse_id

_SYSTEM = "system:"


@strawberry.type(description="The server itself: its scheduler or one of its workers.")
class SystemActor:
    component: str = strawberry.field(description="Which part, such as `worker`.")


Actor = Annotated[ApiKey | SystemActor, strawberry.union("Actor", description="Who is calling, or who did something.")]


async def find_actor(context: Context, name: str) -> ApiKey | SystemActor:
    """Find who a history names; a key that is no longer there is told by its name."""
    value = parse_id(Kind.API_KEY, name)
    key = await context.loaders.api_keys.load(value) if value else None
    return key or SystemActor(component=name.removeprefix(_SYSTEM))
