"""The list of platforms: what each accepts without a client, and networks put together for one process.

A new platform joins `_LIST`, and its settings to `platforms.environment`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from net.addresses import FetchPolicy
from net.http import PlatformClient, Watch
from platforms.base import ChannelKind, Environment, Platform
from platforms.bluesky.network import BLUESKY
from platforms.callbacks import Callbacks
from platforms.environment import PlatformsEnvironment
from platforms.facebook.network import FACEBOOK
from platforms.instagram.network import INSTAGRAM
from platforms.linkedin.network import LINKEDIN, LINKEDIN_PAGES
from platforms.network import Entry, Network, Route
from platforms.rules import ApiVersion, Console, Rules
from platforms.sign_in import RefreshTerms
from platforms.x.network import X

_CONNECTIONS = 2200
"""To one environment's platforms: a worker's publications under way, at most two thousand, and what it asks besides."""
_LIST: tuple[Entry[PlatformsEnvironment], ...] = (FACEBOOK, INSTAGRAM, LINKEDIN, LINKEDIN_PAGES, X, BLUESKY)
_ENTRIES = {entry.platform: entry for entry in _LIST}
_RULES = {(rules.kind, rules.tier): rules for entry in _ENTRIES.values() for rules in entry.rules}
_PLATFORMS = {rules.kind: entry.platform for entry in _ENTRIES.values() for rules in entry.rules}


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
            KeyError: that environment is not switched on, or the platform is not in it.
        """
        return self.networks[(platform, environment)]

    def find(self, platform: Platform, environment: Environment) -> Network | None:
        """Give one platform in one environment; None where it is not to be had."""
        return self.networks.get((platform, environment))

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


def rules_for(kind: ChannelKind, tier: str | None = None) -> Rules:
    """Give the rules of a kind of channel, for those of a tier that has its own."""
    return _RULES.get((kind, tier)) or _RULES[kind, None]


def rules_of(platform: Platform) -> tuple[Rules, ...]:
    """Give the rules of all kinds of channel of a platform."""
    return _ENTRIES[platform].rules


def platform_of(kind: ChannelKind) -> Platform:
    """Say on which platform a kind of channel is."""
    return _PLATFORMS[kind]


def console_of(platform: Platform) -> Console:
    """Say what an operator fills in at a platform's vendor."""
    return _ENTRIES[platform].console


def without(platform: Platform) -> Mapping[str, str]:
    """Say what does not work without each permission that a platform's sign-in asks for."""
    return console_of(platform).without


def refresh_terms(platform: Platform) -> RefreshTerms | None:
    """Say when a platform's tokens are renewed without their person; None where that cannot be."""
    return _ENTRIES[platform].refresh


def api_versions(environment: PlatformsEnvironment) -> Mapping[str, ApiVersion]:
    """Say which versions of the vendors' APIs are called, by vendor."""
    named = [entry.api_version for entry in _ENTRIES.values() if entry.api_version is not None]
    return {vendor: version_of(environment) for vendor, version_of in named}


def open_networks(
    environment: PlatformsEnvironment,
    *,
    sandbox_url: str | None,
    timeout_seconds: float,
    watch: Watch | None = None,
    policy: FetchPolicy | None = None,
) -> Networks:
    """Put the platforms together; connections are opened by the first call, so this costs little.

    `watch` sees each call to a platform. `policy` says where calls to servers that users name may lead.

    Must run inside an event loop.
    """
    origins = {Environment.LIVE: None} | ({Environment.SANDBOX: sandbox_url} if sandbox_url else {})
    networks: dict[tuple[Platform, Environment], Network] = {}
    clients: list[PlatformClient] = []
    for where, origin in origins.items():
        client = PlatformClient(
            timeout_seconds=timeout_seconds, max_connections=_CONNECTIONS, watch=watch, policy=policy
        )
        clients.append(client)
        for platform, entry in _ENTRIES.items():
            if (network := entry.build(client, environment, origin)) is not None:
                networks[(platform, where)] = network
    return Networks(networks=networks, clients=tuple(clients))
