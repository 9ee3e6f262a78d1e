"""The two apps that the sandbox knows: one for Facebook Login, one for Instagram Login. Their secrets are published."""

from dataclasses import dataclass
from typing import Literal

from sandbox.meta import facts

AppName = Literal["facebook", "instagram"]


@dataclass(frozen=True, slots=True)
class App:
    """An app as it is registered at Meta.

    Attributes:
        name: Which login it is for.
        id: Its `client_id`.
        secret: Its `client_secret`, under which callbacks are signed.
        prefix: Where its platform is, below the sandbox's origin.
    """

    name: AppName
    id: str
    secret: str
    prefix: str


FACEBOOK = App("facebook", facts.APP_ID, facts.APP_SECRET, "/meta")
INSTAGRAM = App("instagram", "200000000000002", "sandbox-instagram-app-secret", "/instagram")
APPS: dict[AppName, App] = {app.name: app for app in (FACEBOOK, INSTAGRAM)}
