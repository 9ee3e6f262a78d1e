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
from platforms.facebook.console import CONSOLE
from platforms.facebook.oauth import FacebookOAuth
from platforms.facebook.publish import FacebookPublisher
from platforms.facebook.rules import RULES as FACEBOOK_RULES
from platforms.instagram.publish import InstagramPublisher
from platforms.instagram.rules import RULES as INSTAGRAM_RULES
from platforms.meta.callbacks import MetaCallbacks
from platforms.meta.graph import GraphClient
from platforms.meta.settings import MetaSettings, api_version, live, sandbox
from platforms.network import Network
from platforms.rules import ApiVersion, Rules

_CONNECTIONS = 600
"""To one environment's platforms: a worker's five hundred publications in hand, and what it asks besides."""
_RULES = {rules.kind: rules for rules in (FACEBOOK_RULES, INSTAGRAM_RULES)}
_CONSOLES = {Platform.FACEBOOK: CONSOLE}
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

    def has(self, environment: Environment) -> bool:
        """Whether an environment is switched on."""
        return any(key[1] is environment for key in self.networks)

    def callbacks(self, name: str) -> tuple[CallbackPlace, ...]:
        """List who may read callbacks that come to addresses of this name: each environment has a secret of its own."""
        return tuple(
            CallbackPlace(platform, environment, network.callbacks)
            for (platform, environment), network in self.networks.items()
            if network.callbacks is not None and network.callbacks.name == name
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
    console = _CONSOLES.get(platform)
    return console.without if console else {}


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
    networks: dict[tuple[Platform, Environment], Network] = {}
    clients: list[PlatformClient] = []
    settings = {Environment.LIVE: live(environment)}
    if sandbox_url:
        settings[Environment.SANDBOX] = sandbox(environment, sandbox_url)
    for where, meta in settings.items():
        client = PlatformClient(timeout_seconds=timeout_seconds, max_connections=_CONNECTIONS, watch=watch)
        clients.append(client)
        networks |= {(network.platform, where): network for network in _meta(client, meta)}
    return Networks(networks=networks, clients=tuple(clients))


def _meta(client: PlatformClient, settings: MetaSettings) -> tuple[Network, ...]:
    facebook = GraphClient(client, settings, Platform.FACEBOOK)
    instagram = GraphClient(client, settings, Platform.INSTAGRAM)
    app = f"meta:{settings.app_id}"
    return (
        Network(
            platform=Platform.FACEBOOK,
            display_name="Facebook",
            rules=rules_of(Platform.FACEBOOK),
            publisher=FacebookPublisher(facebook),
            oauth=FacebookOAuth(settings, facebook),
            finder=FacebookAccounts(facebook),
            console=CONSOLE,
            callbacks=MetaCallbacks("meta", settings.app_secret, settings.webhook_token),
            app=app,
        ),
        Network(
            platform=Platform.INSTAGRAM,
            display_name="Instagram",
            rules=rules_of(Platform.INSTAGRAM),
            publisher=InstagramPublisher(instagram),
            app=app,
        ),
    )
