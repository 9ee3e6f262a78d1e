"""One call to Meta: who calls, what about, and what every endpoint asks first: is the token good, may it do this?"""

import hmac
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.responses import Response

from sandbox.identifiers import fingerprint
from sandbox.meta import errors, facts, instagram_facts
from sandbox.meta.apps import FACEBOOK, INSTAGRAM, App
from sandbox.meta.errors import GraphError
from sandbox.meta.graph import GraphStore, Stored
from sandbox.meta.params import Params
from sandbox.meta.people import People
from sandbox.meta.personas import Business, InstagramAccount, Page, Person
from sandbox.meta.settings import Settings
from sandbox.meta.signins import Grant, SignIns
from sandbox.meta.tokens import Tier, Token, TokenStore, proof_of
from sandbox.state import codec_of
from sandbox.world import World

INSTAGRAM_PREFIX = "instagram_"


class Meta:
    """The state of the stand-in, beside the world it lives in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = random.Random()  # noqa: S311 - how long Instagram takes, nothing secret
        self._settings = world.state.shelf("settings", codec_of(Settings))
        self._fill()

    @property
    def settings(self) -> Settings:
        """The switches as they are now; replaced as a whole."""
        return self._settings.setdefault("now", Settings())

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self._settings["now"] = settings

    def reset(self) -> None:
        """Forget everything: it is as if this sandbox had just begun, for the first time."""
        self.world.reset()
        self._fill()

    def _fill(self) -> None:
        """Take up what is kept."""
        state = self.world.state
        self.people = People(state)
        self.tokens = TokenStore(state)
        self.signins = SignIns(state)
        self.graph = GraphStore(state, self.people)


@dataclass(slots=True)
class Mishap:
    """What a fault makes the platform do wrong while it works on a call.

    Attributes:
        lost_child: Position of the carousel's picture that gets lost.
        lag_seconds: How late lists show what the call publishes, or how old an item must be for the call to list it.
        failure: What will become of the container that the call makes.
    """

    lost_child: int | None = None
    lag_seconds: float = 0
    failure: GraphError | None = None


@dataclass(frozen=True, slots=True)
class InnerCall:
    """A call that is part of a batch, by which token."""

    method: str
    path: str
    query: str
    body: bytes
    token: str


@dataclass(slots=True)
class Call:
    """One request on its way through an endpoint.

    Attributes:
        target: The object that the path names, if it names a known one.
        target_id: The id in the path.
        account_id: The Page or Instagram account it touches.
        origin: `http://host:port` as the caller sees the sandbox.
        version: The API version that serves the call, `v26.0`.
        now: The sandbox's time at the start of the call, unix seconds.
        token_text: The token as sent; it is never stored or logged.
        scheme: Of the Authorization header that brought it, in small letters; empty where a parameter did.
        upload: A file with the bytes that came to the upload host.
        app: At whose platform the call arrived.
        relay: Makes a call of a batch; None inside one.
    """

    meta: Meta
    params: Params
    method: str
    path: str
    target: "Person | Business | Page | InstagramAccount | Stored | None"
    target_id: str
    account_id: str | None
    origin: str
    version: str
    trace_id: str
    now: float
    token_text: str | None
    basic: tuple[str, str] | None = None
    scheme: str = ""
    upload: Path | None = None
    app: App = FACEBOOK
    relay: "Callable[[InnerCall], Awaitable[Response]] | None" = None
    token: Token | None = None
    mishap: Mishap = field(default_factory=Mishap)

    @property
    def caller(self) -> Token:
        """The validated token; only endpoints that need none may not ask for it."""
        if self.token is None:
            raise GraphError(104, "An access token is required to request this resource.")
        return self.token

    @property
    def grant(self) -> Grant:
        """What the token's user granted; nothing, for an app token."""
        user_id = self.caller.user_id or ""
        return self.meta.signins.grants.get(user_id) or Grant(user_id, {}, frozenset(), frozenset())

    @property
    def fingerprint(self) -> str:
        """Which token was used."""
        return fingerprint(self.token_text or "")


Handler = Callable[[Call], Awaitable["dict[str, Any] | Response"]]


def authenticate(call: Call) -> None:
    """Check the call's token and proof.

    Raises:
        GraphError: 104, 190 or 100, if there is no token, it is dead, or its proof is missing or wrong.
    """
    if not call.token_text:
        raise GraphError(104, "An access token is required to request this resource.")
    token = call.meta.tokens.find(call.token_text)
    if token is None or (token.tier is Tier.INSTAGRAM) != (call.app is INSTAGRAM):
        raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")
    _check_proof(call, token)
    if error := token_error(call, token):
        raise error
    call.token = token


def token_error(call: Call, token: Token) -> GraphError | None:
    """Return why a token is not valid, or None if it is."""
    if token.dead_subcode is not None:
        reason = _DEATHS.get(token.dead_subcode, "The session is invalid.")
        return errors.dead_token(token.dead_subcode, reason)
    if token.expires_at and token.expires_at <= call.now:
        return errors.dead_token(
            463, f"Session has expired on {_spoken(token.expires_at)}. The current time is {_spoken(call.now)}."
        )
    return checkpoint_error(call, token.user_id or "")


def checkpoint_error(call: Call, user_id: str) -> GraphError | None:
    """Return the refusal that a person gets whom Facebook wants to see first, or None."""
    return errors.dead_token(459, _DEATHS[459]) if call.meta.people.is_checkpointed(user_id) else None


def require_page_token(call: Call, page: Page, *permissions: str) -> None:
    """Demand this Page's token, the permissions and a task that may publish.

    Raises:
        GraphError: 190/2069032 for a user token, 200 where permission or task is missing.
    """
    if call.caller.tier is not Tier.PAGE:
        raise GraphError(
            190,
            "This method must be called with a Page Access Token",
            subcode=2069032,
            title="A Page access token is required",
            user_message="A Page access token is required for this call for the new Pages experience.",
        )
    may = call.caller.page_id == page.id and all(permitted(call, name) for name in permissions)
    if not may or not can_publish(page):
        raise errors.may_not_publish()


def require_page(call: Call, page: Page, *permissions: str) -> None:
    """Demand that the token sees this Page and has the permissions, to read.

    Raises:
        GraphError: 100/33 or 10.
    """
    if not sees_page(call, page):
        raise errors.unsupported(call.method, call.target_id)
    if not all(permitted(call, name) for name in permissions):
        raise errors.no_permission()


def require_instagram(call: Call, account: InstagramAccount, *permissions: str) -> None:
    """Demand that the token, a Page's, a user's or this account's own, sees the account and has the permissions.

    Raises:
        GraphError: 100/33 or 10.
    """
    if call.caller.tier is Tier.INSTAGRAM:
        sees, permissions = call.caller.user_id == account.id, _login_names(permissions)
    else:
        page = call.meta.people.owners[account.id]
        sees = sees_page(call, page) and call.grant.allows_instagram(account.id)
    if not sees:
        raise errors.unsupported(call.method, call.target_id)
    if not all(permitted(call, name) for name in permissions):
        raise errors.no_permission()


def require_business(call: Call, business: Business) -> None:
    """Demand that the token is of somebody in this business portfolio, with the permission to see it.

    Raises:
        GraphError: 100/33, or 200 where the permission is missing.
    """
    person = call.meta.people.persons.get(call.caller.user_id or "")
    if call.caller.tier is not Tier.USER or person is None or business not in person.businesses:
        raise errors.unsupported(call.method, call.target_id)
    if not permitted(call, "business_management"):
        raise errors.business_permission_missing()


def require_ads_permission(call: Call, account: InstagramAccount) -> None:
    """Demand what Instagram asks of those whose role on the Page comes from Business Manager.

    Raises:
        GraphError: 200, where neither `ads_management` nor `ads_read` is granted.
    """
    person = call.meta.people.holders[call.meta.people.owners[account.id].id]
    via_business = person.role_via_business and call.caller.tier is not Tier.INSTAGRAM
    if via_business and not any(permitted(call, name) for name in ("ads_management", "ads_read")):
        raise errors.ads_permission_missing()


def permitted(call: Call, permission: str) -> bool:
    """Say whether a permission is granted and has not lapsed; Instagram's lapse after 90 days without the person."""
    lapses = permission.startswith(INSTAGRAM_PREFIX) and call.caller.tier is not Tier.INSTAGRAM
    lapsed = lapses and call.caller.data_access_expires_at <= call.now
    return call.grant.has(permission) and not lapsed


def sees_page(call: Call, page: Page) -> bool:
    """Say whether the token may see a Page at all."""
    people = call.meta.people
    if people.holders[page.id].id != call.caller.user_id or page.id in people.lost_pages:
        return False
    if not call.grant.allows_page(page.id):
        return False
    return call.caller.tier is Tier.USER or call.caller.page_id == page.id


def can_publish(page: Page) -> bool:
    """Say whether the person's tasks on the Page include one that may publish."""
    return bool(facts.PUBLISHING_TASKS.intersection(page.tasks))


def graph_time(moment: float) -> str:
    """Write a time as the Graph API does: `2026-11-22T10:00:00+0000`."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S%z")


def _login_names(permissions: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the permissions are called at Instagram Login; what it does not have stays, and is never granted."""
    return tuple(instagram_facts.LOGIN_NAMES.get(name, name) for name in permissions)


def _check_proof(call: Call, token: Token) -> None:
    proof = call.params.text("appsecret_proof")
    if proof is None:
        if call.meta.settings.require_proof and token.tier in (Tier.USER, Tier.PAGE):
            raise GraphError(100, "API calls from the server require an appsecret_proof argument", kind=errors.METHOD)
        return
    if not hmac.compare_digest(proof.encode(), proof_of(call.token_text or "", call.app.secret).encode()):
        raise GraphError(100, "Invalid appsecret_proof provided in the API argument", kind=errors.METHOD)


def _spoken(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%A, %d-%b-%y %H:%M:%S UTC")


_DEATHS = {
    458: "The user has not authorized application 100000000000001.",
    459: "The user is in a checkpointed state and must log in at www.facebook.com.",
    460: "The session has been invalidated because the user changed their password or Facebook has changed the session "
    "for security reasons.",
    463: "Session has expired.",
    464: "The session is invalid because the user is not a confirmed user.",
    467: "The session is invalid because the user logged out.",
    492: "Error validating session. Session was invalidated because the user lost the role on the Page.",
}
