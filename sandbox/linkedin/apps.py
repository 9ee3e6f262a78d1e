"""The two apps that the sandbox knows: one for members, one for Pages. Their secrets are published."""

from dataclasses import dataclass
from typing import Literal

from sandbox.linkedin import facts

AppName = Literal["member", "page"]


@dataclass(frozen=True, slots=True)
class App:
    """An app as it is registered at LinkedIn.

    Attributes:
        name: What it is for.
        id: Its `client_id`.
        secret: Its `client_secret`.
        scopes: What its products may ask a person for.
    """

    name: AppName
    id: str
    secret: str
    scopes: frozenset[str]


MEMBER = App("member", "86sandboxmembers", "sandbox-linkedin-secret", facts.MEMBER_SCOPES)
PAGE = App("page", "86sandboxpagesx", "sandbox-linkedin-pages-secret", facts.PAGE_SCOPES)
APPS: dict[str, App] = {app.id: app for app in (MEMBER, PAGE)}
