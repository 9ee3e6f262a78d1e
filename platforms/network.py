"""One platform in one environment, put together."""

from collections.abc import Mapping
from dataclasses import dataclass

from platforms.base import Platform, Publisher
from platforms.callbacks import Callbacks, Listener
from platforms.rules import Console, Rules
from platforms.sign_in import AccountFinder, OAuth, Renewer


@dataclass(frozen=True, slots=True)
class Route:
    """How a channel is published to: which way is decided by the platform that its sign-in was at.

    `app` is how the app is named in what its calls tell of their limits.
    """

    publisher: Publisher
    app: str


@dataclass(frozen=True, slots=True)
class Network:
    """One platform in one environment, put together: rules, sign-in, discovery, publishing.

    `routes` has one for each platform whose sign-in finds channels of this one. `renewer` is None where a token cannot
    be renewed without its person.
    """

    platform: Platform
    display_name: str
    rules: tuple[Rules, ...]
    oauth: OAuth
    finder: AccountFinder
    console: Console
    routes: Mapping[Platform, Route]
    callbacks: Callbacks | None = None
    renewer: Renewer | None = None
    listener: Listener | None = None
