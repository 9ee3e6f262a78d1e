"""One platform in one environment, put together."""

from dataclasses import dataclass

from platforms.base import Platform, Publisher
from platforms.callbacks import Callbacks
from platforms.rules import Console, Rules
from platforms.sign_in import AccountFinder, OAuth


@dataclass(frozen=True, slots=True)
class Network:
    """One platform in one environment, put together: rules, sign-in, discovery, publishing.

    `oauth` and `finder` are None where the sign-in of another platform finds the accounts.
    `app` is how the app is named in what its calls tell of their limits.
    """

    platform: Platform
    display_name: str
    rules: tuple[Rules, ...]
    publisher: Publisher
    oauth: OAuth | None = None
    finder: AccountFinder | None = None
    console: Console | None = None
    callbacks: Callbacks | None = None
    app: str | None = None
