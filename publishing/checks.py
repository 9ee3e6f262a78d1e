"""What can be said of an installation from its settings alone; what needs its parts is in `system.checks`."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

import structlog

from platforms.base import Environment, Platform
from platforms.registry import Networks, api_versions
from platforms.rules import ApiVersion
from publishing.settings import Settings

log = structlog.get_logger(__name__)
_SOON = timedelta(days=60)


class CheckStatus(StrEnum):
    """The outcome of a check."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a stable name, what was found in one sentence, and what to do about it."""

    name: str
    status: CheckStatus
    message: str
    remedy: str | None = None


def passed(name: str, message: str) -> Check:
    """It is as it should be."""
    return Check(name, CheckStatus.PASS, message)


def warned(name: str, message: str, remedy: str) -> Check:
    """It works, with a caveat."""
    return Check(name, CheckStatus.WARN, message, remedy)


def failed(name: str, message: str, remedy: str) -> Check:
    """Something will not work until it is fixed."""
    return Check(name, CheckStatus.FAIL, message, remedy)


def skipped(name: str, message: str, remedy: str | None = None) -> Check:
    """Not checked, for the reason in the message."""
    return Check(name, CheckStatus.SKIPPED, message, remedy)


def sorted_checks(checks: list[Check]) -> tuple[Check, ...]:
    """Put the failing ones first, then those with a caveat."""
    order = (CheckStatus.FAIL, CheckStatus.WARN, CheckStatus.PASS, CheckStatus.SKIPPED)
    return tuple(sorted(checks, key=lambda check: order.index(check.status)))


def settings_checks(settings: Settings, networks: Networks, *, today: date) -> list[Check]:
    """Check what can be known without asking anybody: platforms' settings, the public address, API versions."""
    return [*_platforms(settings, networks), *version_checks(settings, today=today), _return_urls(settings)]


def version_checks(settings: Settings, *, today: date) -> list[Check]:
    """Check how long the called versions of the vendors' APIs are served."""
    return [_version(vendor, called, today) for vendor, called in api_versions(settings).items()]


def warn_of_versions(settings: Settings, *, today: date) -> None:
    """Say at the start, in the log, which version ends soon or has ended."""
    for check in version_checks(settings, today=today):
        if check.status in {CheckStatus.WARN, CheckStatus.FAIL}:
            log.warning("api_version", check=check.name, message=check.message, remedy=check.remedy)


def redirect_address(settings: Settings, callback_name: str) -> str:
    """Say which redirect address to register in a platform's developer console."""
    return f"{settings.public_url}/oauth/{callback_name}/callback"


def is_inner(host: str) -> bool:
    """Whether a host is, by its name or number alone, one that only this machine or network reaches."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".internal", ".localhost"))


def _platforms(settings: Settings, networks: Networks) -> Iterator[Check]:
    for platform in Platform:
        network = networks.get(platform, Environment.LIVE)
        name, missing = f"{platform.value}.settings", network.sign_in.missing_settings()
        if network.oauth is None:
            yield passed(name, f"{platform.label} needs no app: people connect with a password made for this server.")
            continue
        address = redirect_address(settings, network.oauth.callback_name)
        register = f"register {address} as a valid OAuth redirect address of the app"
        if not missing:
            message = f"The app of {platform.label} is set; its redirect address is {address}."
            yield passed(name, message)
        elif missing == network.oauth.required_settings:
            message = f"{platform.label} is not set up, so only the sandbox can be connected."
            yield skipped(name, message, f"To go live set {' and '.join(missing)}, and {register}.")
        else:
            message = f"{platform.label} is set up in part: {' and '.join(missing)} is missing."
            yield failed(name, message, f"Set {' and '.join(missing)}, and {register}.")


def _version(vendor: str, called: ApiVersion, today: date) -> Check:
    name, what = f"{vendor}.api_version", f"{called.api} {called.version}"
    if called.version not in called.ends.value:
        message = f"When {what} ends is not known to this release."
        return warned(name, message, f"Look it up at {called.ends.source}")
    end = called.ends.value[called.version]
    remedy = f"Set {called.setting} to {called.newest}, in a test first."
    if end is None:
        return passed(name, f"{what} has no announced end.")
    if end <= today:
        return failed(name, f"{what} ended on {end}.", remedy)
    served = f"{what} is served until {end}."
    return warned(name, served, remedy) if end - today <= _SOON else passed(name, served)


def _return_urls(settings: Settings) -> Check:
    if settings.return_urls:
        message = f"Browsers may be sent to {len(settings.return_urls)} address(es) after a sign-in."
        return passed("browser.return_urls", message)
    message = "After a sign-in a browser stays on this server's own page: no other address is allowed."
    return skipped("browser.return_urls", message, "Set AGM_RETURN_URLS to your frontend's address.")


def public_host(settings: Settings) -> str:
    """The host of AGM_PUBLIC_URL."""
    return urlsplit(settings.public_url).hostname or ""
