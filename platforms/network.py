"""One platform in one environment, put together; and a platform as the registry lists it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from net.http import PlatformClient
from platforms.base import Platform, Publisher
from platforms.callbacks import Callbacks, Listener
from platforms.rules import ApiVersion, Console, Rules
from platforms.sign_in import AccountFinder, OAuth, RefreshTerms, Renewer, SignIn

Settings_contra = TypeVar("Settings_contra", contravariant=True)


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

    `oauth` is the sign-in of a platform where people sign in by their browser, None where they give a password.
    `routes` has one for each platform whose sign-in finds channels of this one. `renewer` is None where a token cannot
    be renewed without its person.
    """

    platform: Platform
    rules: tuple[Rules, ...]
    sign_in: SignIn
    oauth: OAuth | None
    finder: AccountFinder
    console: Console
    routes: Mapping[Platform, Route]
    callbacks: Callbacks | None = None
    renewer: Renewer | None = None
    listener: Listener | None = None


@dataclass(frozen=True, slots=True)
class Entry(Generic[Settings_contra]):
    """A platform as the registry lists it: what is known without a client, and how it is put together.

    `build` gets the client of an environment, the settings, and the sandbox's origin (None: the real platform); it
    gives None where the platform is not in that environment. `refresh` says when its tokens are renewed without their
    person, `api_version` which version of the vendor's API, by the vendor's name, is called.
    """

    platform: Platform
    rules: tuple[Rules, ...]
    console: Console
    build: Callable[[PlatformClient, Settings_contra, str | None], Network | None]
    refresh: RefreshTerms | None = None
    api_version: tuple[str, Callable[[Settings_contra], ApiVersion]] | None = None
