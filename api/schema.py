"""The schema: the nouns put together, with caches, guard and masking. `python -m api.schema` prints the SDL."""

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext

from api.accounts import AccountMutation, AccountQuery
from api.bluesky import BlueskyMutation
from api.changes import ChangeMutation
from api.channels import ChannelMutation, ChannelQuery
from api.connections import ConnectionMutation, ConnectionQuery, ConnectionSubscription
from api.decisions import DecisionMutation
from api.documents import Documents
from api.executor import PlanExecutor
from api.figures import Counted
from api.linkedin import LinkedInMutation
from api.nodes import NodeQuery
from api.pages import PageMutation
from api.platforms import PlatformQuery
from api.posts import PostQuery
from api.publications import PublicationQuery, PublicationSubscription
from api.publish import PublishMutation
from api.scalars import config
from api.server import ServerQuery
from api.user_errors import (
    ConflictError,
    GenericUserError,
    InvalidStateError,
    NotFoundError,
    PlatformNotConfiguredError,
    PlatformRejectedError,
    ReconnectRequiredError,
    ValidationFailedError,
)
from api.workspaces import WorkspaceQuery
from api.x import XMutation

DESCRIPTION = (
    "AI Growth Manager publishing API: connect social accounts, choose the Pages to post to, and publish.\n"
    "\n"
    "The shortest useful path is four mutations:\n"
    "`startConnection` -> `completeConnection` -> `selectPages` -> `publishToFacebook` (or `publishToInstagram`).\n"
    "\n"
    "Conventions, the same everywhere:\n"
    "- A mutation is named verbNoun, takes one `input` and returns a payload whose `userErrors` lists what the caller "
    "can fix. The top-level `errors` array is only for a broken request, a missing permission or a fault of the "
    "server.\n"
    "- Ids are opaque, globally unique and readable (`post_01jd...`); `node(id:)` takes any.\n"
    "- Lists are cursor connections, 20 items unless asked, 100 at most.\n"
    "- Every mutation that creates something outside this server takes an `idempotencyKey`; repeating a call with its "
    "key never publishes twice.\n"
    "- Enums, union members and interface implementations may grow: keep a default branch."
)


@strawberry.type(description="Reading.")
class Query(
    NodeQuery,
    WorkspaceQuery,
    ServerQuery,
    PlatformQuery,
    ConnectionQuery,
    AccountQuery,
    ChannelQuery,
    PostQuery,
    PublicationQuery,
):
    pass


@strawberry.type(
    description="Changing. Each field is nullable so that one failing field never hides what another has done."
)
class Mutation(
    ConnectionMutation,
    AccountMutation,
    PageMutation,
    ChannelMutation,
    PublishMutation,
    LinkedInMutation,
    XMutation,
    BlueskyMutation,
    DecisionMutation,
    ChangeMutation,
):
    pass


@strawberry.type(description="Watching, over WebSocket or server-sent events.")
class Subscription(PublicationSubscription, ConnectionSubscription):
    pass


class QuietSchema(strawberry.Schema):
    """Writes no document into the log: tokens given as literals would land there."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing; faults of the server are logged where they are masked."""


EXTENSIONS = (Counted, Documents)

schema = QuietSchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=config(),
    extensions=EXTENSIONS,
    execution_context_class=PlanExecutor,
    types=[
        ConflictError,
        GenericUserError,
        InvalidStateError,
        NotFoundError,
        PlatformNotConfiguredError,
        PlatformRejectedError,
        ReconnectRequiredError,
        ValidationFailedError,
    ],
)
schema._schema.description = DESCRIPTION  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - no parameter for it


def sdl() -> str:
    """Print the contract, with a newline at its end."""
    return schema.as_str().rstrip() + "\n"


if __name__ == "__main__":
    print(sdl(), end="")  # noqa: T201 - that is what running it is for
