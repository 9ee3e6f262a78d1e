"""X as the registry lists it."""

from net.http import PlatformClient
from platforms.base import Platform
from platforms.network import Entry, Network, Route
from platforms.x.accounts import XAccounts
from platforms.x.api import XApi
from platforms.x.console import CONSOLE
from platforms.x.oauth import TERMS, XOAuth
from platforms.x.publish import XPublisher
from platforms.x.rules import PREMIUM_RULES, RULES
from platforms.x.settings import XEnvironment, app_name, x_settings


def _build(client: PlatformClient, environment: XEnvironment, sandbox_url: str | None) -> Network:
    api = XApi(client, x_settings(environment, sandbox_url))
    oauth = XOAuth(api)
    return Network(
        platform=Platform.X,
        rules=(RULES, PREMIUM_RULES),
        sign_in=oauth,
        oauth=oauth,
        finder=XAccounts(api),
        console=CONSOLE,
        routes={Platform.X: Route(XPublisher(api), app_name(api.settings))},
        renewer=oauth,
    )


X = Entry(platform=Platform.X, rules=(RULES, PREMIUM_RULES), console=CONSOLE, build=_build, refresh=TERMS)
