"""Which endpoint answers which path, and under which label faults and the request log know it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.linkedin import comments, consent, identity, media, oauth, posts, videos
from sandbox.linkedin.call import Call, Handler
from sandbox.linkedin.errors import not_found


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers, and under which label faults and the request log know it.

    Attributes:
        label: Method and path, with `{…}` for a key.
        param: A parameter of the query that belongs to it, with its value: `action=finalizeUpload`; None takes any.
        open: Whether it is reached without a token, or looks at the token itself.
        takes_bytes: Whether the body is a file's bytes.
    """

    label: str
    handler: Handler
    param: tuple[str, str | None] | None = None
    open: bool = False
    takes_bytes: bool = False

    @property
    def versioned(self) -> bool:
        """Whether it wants LinkedIn-Version and Rest.li's headers."""
        return "/rest/" in self.label

    @property
    def path(self) -> list[str]:
        """The parts of its path; what distinguishes an action in the label is no part of it."""
        parts = self.label.split(" ")[1].split("/")[1:]
        return parts[:-1] if self.param is not None and self.param[0] == "action" else parts


async def _unknown(call: Call) -> dict[str, str]:
    raise not_found(f"No virtual resource found for {call.path[:80]}")


UNKNOWN = Endpoint("GET /linkedin/unknown", _unknown, open=True)
ENDPOINTS = (
    Endpoint("GET /oauth/v2/authorization", consent.show, open=True),
    Endpoint("POST /oauth/v2/authorization", consent.decide, open=True),
    Endpoint("POST /oauth/v2/accessToken", oauth.access_token, open=True),
    Endpoint("POST /oauth/v2/introspectToken", oauth.introspect, open=True),
    Endpoint("POST /oauth/v2/revoke", oauth.revoke, open=True),
    Endpoint("GET /v2/userinfo", identity.userinfo),
    Endpoint("GET /v2/me", identity.me),
    Endpoint("GET /rest/organizationAcls", identity.roles),
    Endpoint("GET /rest/organizations", identity.organisations_by_id, param=("ids", None)),
    Endpoint("GET /rest/organizations/{id}", identity.organisation),
    Endpoint("POST /rest/posts", posts.create),
    Endpoint("GET /rest/posts", posts.find),
    Endpoint("GET /rest/posts/{urn}", posts.read),
    Endpoint("POST /rest/posts/{urn}", posts.update),
    Endpoint("DELETE /rest/posts/{urn}", posts.delete),
    Endpoint("POST /rest/images/initializeUpload", media.initialize, param=("action", "initializeUpload")),
    Endpoint("GET /rest/images/{urn}", media.read),
    Endpoint("POST /rest/documents/initializeUpload", media.initialize, param=("action", "initializeUpload")),
    Endpoint("GET /rest/documents/{urn}", media.read),
    Endpoint("POST /rest/videos/initializeUpload", videos.initialize, param=("action", "initializeUpload")),
    Endpoint("POST /rest/videos/finalizeUpload", videos.finalize, param=("action", "finalizeUpload")),
    Endpoint("GET /rest/videos/{urn}", media.read),
    Endpoint("PUT /dms-uploads/image/{key}", media.upload, open=True, takes_bytes=True),
    Endpoint("PUT /dms-uploads/document/{key}", media.upload, open=True, takes_bytes=True),
    Endpoint("PUT /dms-uploads/video/{key}/{part}", videos.upload, open=True, takes_bytes=True),
    Endpoint("POST /rest/socialActions/{urn}/comments", comments.create),
    Endpoint("GET /rest/socialActions/{urn}/comments", comments.find),
)


def endpoint_labels() -> list[str]:
    """Return every label that a fault rule or a query of the request log may name."""
    return sorted(endpoint.label for endpoint in ENDPOINTS)


def find_endpoint(method: str, segments: list[str], query: Mapping[str, str]) -> tuple[Endpoint, list[str]]:
    """Return what answers a path, and the keys in it; for unknown paths, what refuses as LinkedIn does."""
    for endpoint in ENDPOINTS:
        if endpoint.label.split(" ")[0] == method and _takes(endpoint, query):
            keys = _keys(endpoint.path, segments)
            if keys is not None:
                return endpoint, keys
    return UNKNOWN, []


def _takes(endpoint: Endpoint, query: Mapping[str, str]) -> bool:
    if endpoint.param is None:
        return "action" not in query
    name, value = endpoint.param
    return name in query and value in (None, query[name])


def _keys(pattern: list[str], segments: list[str]) -> list[str] | None:
    if len(pattern) != len(segments):
        return None
    pairs = list(zip(pattern, segments, strict=True))
    if any(part != segment for part, segment in pairs if not part.startswith("{")):
        return None
    return [segment for part, segment in pairs if part.startswith("{")]
