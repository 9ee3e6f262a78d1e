"""The list of platforms: rules without a client, and networks put together for one process.

A new platform adds one line to each table here, and its settings to `platforms.environment`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from net.http import PlatformClient, Watch
from platforms.base import ChannelKind, Environment, Platform
from platforms.callbacks import Callbacks
from platforms.environment import PlatformsEnvironment
from platforms.facebook.accounts import FacebookAccounts
from platforms.facebook.console import CONSOLE as FACEBOOK_CONSOLE
from platforms.facebook.listening import FacebookListener
from platforms.facebook.oauth import FacebookOAuth
from platforms.facebook.publish import FacebookPublisher
from platforms.facebook.rules import RULES as FACEBOOK_RULES
from platforms.instagram.accounts import InstagramAccounts
from platforms.instagram.console import CONSOLE as INSTAGRAM_CONSOLE
from platforms.instagram.login import LoginClient
from platforms.instagram.oauth import TERMS, InstagramOAuth
from platforms.instagram.publish import InstagramPublisher
from platforms.instagram.rules import RULES as INSTAGRAM_RULES
from platforms.instagram.settings import InstagramSettings
from platforms.instagram.settings import live as instagram_live
from platforms.instagram.settings import sandbox as instagram_sandbox
from platforms.meta.callbacks import MetaCallbacks
from platforms.meta.graph import GraphClient
from platforms.meta.settings import MetaSettings, api_version, live, sandbox
from platforms.network import Network, Route
from platforms.rules import ApiVersion, Rules
from platforms.sign_in import RefreshTerms

_CONNECTIONS = 600
"""To one environment's platforms: a worker's five hundred publications in hand, and what it asks besides."""
_RULES = {rules.kind: rules for rules in (FACEBOOK_RULES, INSTAGRAM_RULES)}
_CONSOLES = {Platform.FACEBOOK: FACEBOOK_CONSOLE, Platform.INSTAGRAM: INSTAGRAM_CONSOLE}
_REFRESHES = {Platform.INSTAGRAM: TERMS}
_PLATFORMS = {
    ChannelKind.FACEBOOK_PAGE: Platform.FACEBOOK,
    ChannelKind.INSTAGRAM_ACCOUNT: Platform.INSTAGRAM,
}


@dataclass(frozen=True, slots=True)
class CallbackPlace:
    """Who reads callbacks, and whom they are about."""

    platform: Platform
    environment: Environment
    callbacks: Callbacks


@dataclass(frozen=True, slots=True)
class Networks:
    """The platforms of this process, in the environments that are switched on, over shared clients."""

    networks: Mapping[tuple[Platform, Environment], Network]
    clients: tuple[PlatformClient, ...]

    def get(self, platform: Platform, environment: Environment) -> Network:
        """Give one platform in one environment.

        Raises:
            KeyError: that environment is not switched on.
        """
        return self.networks[(platform, environment)]

    def route(self, platform: Platform, environment: Environment, *, sign_in: Platform) -> Route:
        """Say how channels of a platform are published to that a sign-in at a platform, often the same, found.

        Raises:
            KeyError: that environment is not switched on, or no such sign-in finds channels of it.
        """
        return self.get(platform, environment).routes[sign_in]

    def has(self, environment: Environment) -> bool:
        """Whether an environment is switched on."""
        return any(key[1] is environment for key in self.networks)

    def callbacks(self, name: str) -> tuple[CallbackPlace, ...]:
        """List who may read callbacks that come to addresses of this name: each environment has a secret of its own."""
        return tuple(
            CallbackPlace(platform, environment, network.callbacks)
            for (platform, environment), network in self.networks.items()
            if network.callbacks is not None and name in network.callbacks.names
        )

    async def aclose(self) -> None:
        """Close the connections to all platforms."""
        for client in self.clients:
            await client.aclose()


def rules_for(kind: ChannelKind) -> Rules:
    """Give the rules of a kind of channel."""
    return _RULES[kind]


def rules_of(platform: Platform) -> tuple[Rules, ...]:
    """Give the rules of all kinds of channel of a platform."""
    return tuple(rules for kind, rules in _RULES.items() if _PLATFORMS[kind] is platform)


def platform_of(kind: ChannelKind) -> Platform:
    """Say on which platform a kind of channel is."""
    return _PLATFORMS[kind]


def without(platform: Platform) -> Mapping[str, str]:
    """Say what does not work without each permission that a platform's sign-in asks for."""
    return _CONSOLES[platform].without


def refresh_terms(platform: Platform) -> RefreshTerms | None:
    """Say when a platform's tokens are renewed without their person; None where that cannot be."""
    return _REFRESHES.get(platform)


def api_versions(environment: PlatformsEnvironment) -> Mapping[str, ApiVersion]:
    """Say which versions of the vendors' APIs are called, by vendor."""
    return {"meta": api_version(environment)}


def open_networks(
    environment: PlatformsEnvironment, *, sandbox_url: str | None, timeout_seconds: float, watch: Watch | None = None
) -> Networks:
    """Put the platforms together; connections are opened by the first call, so this costs little.

    `watch` sees each call to a platform.

    Must run inside an event loop.
    """
    settings = {Environment.LIVE: (live(environment), instagram_live(environment))}
    if sandbox_url:
        both = sandbox(environment, sandbox_url), instagram_sandbox(environment, sandbox_url)
        settings[Environment.SANDBOX] = both
    networks: dict[tuple[Platform, Environment], Network] = {}
    clients: list[PlatformClient] = []
    for where, (meta, login) in settings.items():
        client = PlatformClient(timeout_seconds=timeout_seconds, max_connections=_CONNECTIONS, watch=watch)
        clients.append(client)
        networks |= {
            (network.platform, where): network for network in (_facebook(client, meta), _instagram(client, meta, login))
        }
    return Networks(networks=networks, clients=tuple(clients))


def _facebook(client: PlatformClient, settings: MetaSettings) -> Network:
    graph = GraphClient(client, settings, Platform.FACEBOOK)
    return Network(
        platform=Platform.FACEBOOK,
        display_name="Facebook",
        rules=rules_of(Platform.FACEBOOK),
        oauth=FacebookOAuth(settings, graph),
        finder=FacebookAccounts(graph),
        console=FACEBOOK_CONSOLE,
        routes={Platform.FACEBOOK: Route(FacebookPublisher(graph), _app(settings))},
        callbacks=MetaCallbacks({"meta"}, settings.app_secret, settings.webhook_token),
        listener=FacebookListener(graph) if settings.webhook_token else None,
    )


def _instagram(client: PlatformClient, settings: MetaSettings, login: InstagramSettings) -> Network:
    """An account is reached by its own sign-in at Instagram's host, or by that of its Page at Facebook's."""
    through_page = GraphClient(client, settings, Platform.INSTAGRAM)
    graph = GraphClient(client, login.api, Platform.INSTAGRAM)
    oauth = InstagramOAuth(login, graph, LoginClient(client, login))
    return Network(
        platform=Platform.INSTAGRAM,
        display_name="Instagram",
        rules=rules_of(Platform.INSTAGRAM),
        oauth=oauth,
        finder=InstagramAccounts(graph),
        console=INSTAGRAM_CONSOLE,
        routes={
            Platform.FACEBOOK: Route(InstagramPublisher(through_page), _app(settings)),
            Platform.INSTAGRAM: Route(InstagramPublisher(graph), _app(login.api)),
        },
        callbacks=MetaCallbacks({"instagram", "meta"}, login.api.app_secret, login.api.webhook_token),
        renewer=oauth,
    )


def _app(settings: MetaSettings) -> str:
    return f"meta:{settings.app_id}"
