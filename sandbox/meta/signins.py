"""Sign-ins: what each person granted to the app, and the codes that stand for a consent until they are exchanged."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.identifiers import digest
from sandbox.meta import facts
from sandbox.state import Shelf, State, codec_of


@dataclass(slots=True)
class Grant:
    """What a person, or with Instagram Login an account, allowed the app, as of the last sign-in.

    Attributes:
        user_id: The person's or the account's.
        permissions: Status by permission: `granted` or `declined`.
        page_ids: The Pages ticked; None is all of them, later ones too.
        instagram_ids: The Instagram accounts ticked; None is all.
    """

    user_id: str
    permissions: dict[str, str]
    page_ids: frozenset[str] | None = None
    instagram_ids: frozenset[str] | None = None

    def has(self, permission: str) -> bool:
        """Say whether a permission is granted."""
        return self.permissions.get(permission) == "granted"

    def allows_page(self, page_id: str) -> bool:
        """Say whether the app may see a Page."""
        return self.page_ids is None or page_id in self.page_ids

    def allows_instagram(self, instagram_id: str) -> bool:
        """Say whether the app may see an Instagram account."""
        return self.instagram_ids is None or instagram_id in self.instagram_ids


@dataclass(slots=True)
class AuthCode:
    """A code from a dialog: for one exchange, with the same redirect URI, for a short time."""

    user_id: str
    redirect_uri: str
    expires_at: float
    used: bool = False


class SignIns:
    """Grants by user, codes by hash."""

    def __init__(self, state: State) -> None:
        self.grants: Shelf[Grant] = state.shelf("grants", codec_of(Grant))
        self._codes = state.shelf("codes", codec_of(AuthCode))
        self._app = state.shelf("app", codec_of(str))

    def decline(self, user_id: str, permission: str) -> bool:
        """Take a permission back, and say whether it was granted or declined before."""
        grant = self.grants.get(user_id)
        if grant is None or permission not in grant.permissions:
            return False
        grant.permissions[permission] = "declined"
        self.grants.touch(user_id)
        return True

    @property
    def app_origin(self) -> str | None:
        """Where people were sent back after the newest sign-in: the app's own origin."""
        return self._app.get("origin")

    def issue_code(
        self, user_id: str, redirect_uri: str, *, now: float, life_seconds: float = facts.CODE_SECONDS
    ) -> str:
        """Make a code and return its string."""
        text = "AQ" + secrets.token_urlsafe(120)
        parts = urlsplit(redirect_uri)
        self._app["origin"] = f"{parts.scheme}://{parts.netloc}"
        self._codes[digest(text)] = AuthCode(user_id, redirect_uri, now + life_seconds)
        return text

    def code(self, text: str) -> AuthCode | None:
        """Return what a code stands for."""
        return self._codes.get(digest(text))

    def use_code(self, text: str) -> None:
        """Note that a code was exchanged: it is good for nothing any more."""
        self._codes[digest(text)].used = True
        self._codes.touch(digest(text))
