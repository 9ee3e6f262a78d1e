"""The members who can sign in and the organisations they have a role on. Ids are the same in every sandbox."""

import hashlib
import string
from dataclasses import dataclass
from functools import cache

from sandbox.identifiers import steady_number
from sandbox.linkedin import facts
from sandbox.linkedin.apps import APPS, App

BRANCHES = 102
NAMED = {
    "member": "A member without any organisation",
    "organisations": f"{BRANCHES + 4} organisations, more than a page of them: administrator of most, content "
    "administrator of one, analyst of another, and one request that nobody approved yet",
    "refresh": "A member whose tokens come with a refresh token, and who administers one organisation",
    "fresh-401": "The first three calls with a fresh token are refused as revoked; one organisation",
    "limited": "One post a day, then 429 until midnight UTC; one organisation",
}
"""What may be chosen, with a line about each."""
ALPHABET = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's Page; `id` is its number."""

    id: str
    name: str
    vanity_name: str

    @property
    def urn(self) -> str:
        """What posts call it."""
        return f"urn:li:organization:{self.id}"


@dataclass(frozen=True, slots=True)
class Role:
    """What a member is to an organisation."""

    organisation: Organisation
    role: str = "ADMINISTRATOR"
    state: str = "APPROVED"

    @property
    def may_publish(self) -> bool:
        """Say whether the member posts in its name."""
        return self.state == "APPROVED" and self.role in facts.PUBLISHING_ROLES


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a LinkedIn account.

    Attributes:
        has_refresh: Whether tokens come with a refresh token, whatever the app.
        fresh_401s: How many calls with a fresh token are refused.
        posts_per_day: Fewer than the setting says, or None.
    """

    persona: str
    name: tuple[str, str]
    roles: tuple[Role, ...] = ()
    has_refresh: bool = False
    fresh_401s: int = 0
    posts_per_day: int | None = None

    @property
    def full_name(self) -> str:
        """Both names."""
        return " ".join(self.name)

    def id_for(self, app: App) -> str:
        """Return the id that an app knows the member by; no other app knows it."""
        number = int.from_bytes(hashlib.sha256(f"linkedin/{app.id}/{self.persona}".encode()).digest()[:12], "big")
        return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(10))

    def urn_for(self, app: App) -> str:
        """Return what an app's posts call the member."""
        return f"urn:li:person:{self.id_for(app)}"

    def role_on(self, urn: str) -> Role | None:
        """Return the member's role on an organisation."""
        return next((role for role in self.roles if role.organisation.urn == urn), None)


def persona_name(text: str) -> str:
    """Return a persona's canonical name; spaces and capitals do not matter.

    Raises:
        ValueError: If there is no such persona; the message lists them.
    """
    name = text.strip().lower().replace(" ", "-").replace("_", "-")
    if name in NAMED:
        return name
    raise ValueError(f"There is no persona {text[:40]!r}; choose one of {', '.join(NAMED)}.")


@cache
def members() -> dict[str, Member]:
    """Return everybody by persona."""
    found = (
        Member("member", ("Mina", "Member")),
        Member("organisations", ("Olga", "Organiser"), _many()),
        Member("refresh", ("Rita", "Refresh"), _roles("Refreshing Drinks"), has_refresh=True),
        Member("fresh-401", ("Fred", "Fresh"), _roles("Fresh Fish"), fresh_401s=3),
        Member("limited", ("Lima", "Limited"), _roles("Limited Editions"), posts_per_day=1),
    )
    return {member.persona: member for member in found}


@cache
def organisations() -> dict[str, Organisation]:
    """Return every organisation by its number."""
    return {role.organisation.id: role.organisation for member in members().values() for role in member.roles}


def names() -> dict[str, str]:
    """Return every name that a mention may bear, by URN."""
    people = {member.urn_for(app): member.full_name for member in members().values() for app in APPS.values()}
    return people | {one.urn: one.name for one in organisations().values()}


def _many() -> tuple[Role, ...]:
    return (
        *_roles("North Works"),
        *_roles("Press Office", role="CONTENT_ADMINISTRATOR"),
        *_roles("Figures Only", role="ANALYST"),
        *_roles("Not Yet Approved", state="REQUESTED"),
        *_roles(*(f"Branch {number:03d}" for number in range(1, BRANCHES + 1))),
    )


def _roles(*called: str, role: str = "ADMINISTRATOR", state: str = "APPROVED") -> tuple[Role, ...]:
    return tuple(
        Role(
            Organisation(steady_number("10", 8, f"linkedin/{name}"), name, name.lower().replace(" ", "-")), role, state
        )
        for name in called
    )
