"""Which of X's endpoints answers which path, what it demands, and under which label faults and the log know it."""

from dataclasses import dataclass
from urllib.parse import unquote

from starlette.responses import Response

from sandbox.x import dialog, media, oauth, posts, timeline, users
from sandbox.x.call import Call, Handler, Sent
from sandbox.x.errors import problem
from sandbox.x.limits import Limit

READ = ("tweet.read", "users.read")
WRITE = ("tweet.read", "tweet.write", "users.read")
MEDIA = ("media.write",)
UPLOAD = "/2/media/upload"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers.

    Attributes:
        label: Method and path, with `:id` for what stands in between.
        scopes: What the token must be given for; None where no token is needed.
    """

    label: str
    handler: Handler
    scopes: tuple[str, ...] | None = None
    limit: Limit | None = None


async def _unknown(_call: Call) -> Response:
    raise problem(404, "Not Found", "Not Found")


ENDPOINTS = {
    one.label: one
    for one in (
        Endpoint("GET /i/oauth2/authorize", dialog.show),
        Endpoint("POST /i/oauth2/authorize", dialog.decide),
        Endpoint("POST /2/oauth2/token", oauth.token),
        Endpoint("POST /2/oauth2/revoke", oauth.revoke),
        Endpoint("GET /2/users/me", users.me, READ, Limit(75)),
        Endpoint("GET /2/users/:id/tweets", timeline.of_user, READ, Limit(900)),
        Endpoint("POST /2/tweets", posts.create, WRITE, Limit(100, 10_000)),
        Endpoint("DELETE /2/tweets/:id", posts.delete, WRITE, Limit(50)),
        Endpoint("GET /2/tweets/:id", timeline.by_id, READ, Limit(900)),
        Endpoint("GET /2/tweets", timeline.by_ids, READ, Limit(5_000)),
        Endpoint("POST /2/media/upload", media.upload, MEDIA, Limit(500, 50_000)),
        Endpoint("GET /2/media/upload", media.status, MEDIA, Limit(1_000, 100_000)),
        Endpoint("POST /2/media/upload/initialize", media.initialize, MEDIA, Limit(1_875, 180_000)),
        Endpoint("POST /2/media/upload/:id/append", media.append, MEDIA, Limit(1_875, 180_000)),
        Endpoint("POST /2/media/upload/:id/finalize", media.finalize, MEDIA, Limit(1_875, 180_000)),
        Endpoint("POST /2/media/metadata", media.metadata, MEDIA, Limit(500, 50_000)),
    )
}
APPEND = ENDPOINTS["POST /2/media/upload/:id/append"]
COMMANDS = {
    "INIT": ENDPOINTS["POST /2/media/upload/initialize"],
    "APPEND": Endpoint(APPEND.label, media.append_by_command, APPEND.scopes, APPEND.limit),
    "FINALIZE": ENDPOINTS["POST /2/media/upload/:id/finalize"],
}
"""What `command` makes of a call to /2/media/upload: the form from before 2025-04-30."""


def endpoint_labels() -> list[str]:
    """Return every label that a fault rule or a query of the request log may name."""
    return sorted(ENDPOINTS)


def find_endpoint(method: str, path: str) -> tuple[Endpoint, tuple[str, ...]]:
    """Return what answers a path, and what its places hold."""
    if found := ENDPOINTS.get(f"{method} {path}"):
        return found, ()
    segments = path.split("/")
    for place in range(3, len(segments)):
        label = f"{method} {'/'.join([*segments[:place], ':id', *segments[place + 1 :]])}"
        if found := ENDPOINTS.get(label):
            return found, (unquote(segments[place]),)
    return Endpoint(f"{method} /2/unknown", _unknown), ()


def by_command(endpoint: Endpoint, sent: Sent, query: dict[str, str]) -> Endpoint:
    """Return what a call to /2/media/upload is, once its command is known."""
    if endpoint.label != f"POST {UPLOAD}" or sent.kind == "json":
        return endpoint
    return COMMANDS.get(sent.fields.get("command") or query.get("command", ""), endpoint)
