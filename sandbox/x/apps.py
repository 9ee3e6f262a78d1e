"""The two apps that the sandbox knows at X. Their ids and the secret are published."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class App:
    """An app as it is registered at X; one without a secret is a public client."""

    id: str
    secret: str | None
    name: str


CONFIDENTIAL = App("sandbox-x-client", "sandbox-x-secret", "Sandbox app")
PUBLIC = App("sandbox-x-public", None, "Sandbox app on a phone")
APPS = {app.id: app for app in (CONFIDENTIAL, PUBLIC)}
