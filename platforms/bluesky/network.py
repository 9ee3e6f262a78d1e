"""Bluesky as the registry lists it: LIVE only, for its real server can be run anywhere and nothing stands in for it."""

from net.http import PlatformClient
from platforms.base import Platform
from platforms.bluesky.accounts import BlueskyAccounts
from platforms.bluesky.console import CONSOLE
from platforms.bluesky.publish import BlueskyPublisher
from platforms.bluesky.rules import RULES
from platforms.bluesky.settings import BlueskyEnvironment
from platforms.bluesky.sign_in import TERMS, BlueskySignIn
from platforms.bluesky.xrpc import XrpcClient
from platforms.network import Entry, Network, Route


def _build(client: PlatformClient, environment: BlueskyEnvironment, sandbox_url: str | None) -> Network | None:
    if sandbox_url is not None:
        return None
    xrpc = XrpcClient(client, environment.bluesky_url)
    sign_in = BlueskySignIn(xrpc)
    return Network(
        platform=Platform.BLUESKY,
        rules=(RULES,),
        sign_in=sign_in,
        oauth=None,
        finder=BlueskyAccounts(xrpc),
        console=CONSOLE,
        routes={Platform.BLUESKY: Route(BlueskyPublisher(xrpc), "bluesky")},
        renewer=sign_in,
    )


BLUESKY = Entry(platform=Platform.BLUESKY, rules=(RULES,), console=CONSOLE, build=_build, refresh=TERMS)
