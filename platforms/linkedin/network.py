"""LinkedIn as the registry lists it: members' profiles, and Pages by a sign-in and an app of their own."""

from net.http import PlatformClient
from platforms.base import ChannelKind, Platform
from platforms.linkedin.accounts import MemberAccounts, PageAccounts
from platforms.linkedin.api import LinkedInApi
from platforms.linkedin.console import MEMBER_CONSOLE, PAGES_CONSOLE
from platforms.linkedin.oauth import TERMS, Connector, LinkedInOAuth
from platforms.linkedin.publish import LinkedInPublisher
from platforms.linkedin.rules import MEMBER_RULES, PAGE_RULES
from platforms.linkedin.settings import (
    MEMBER_SETTINGS,
    PAGES_SETTINGS,
    LinkedInEnvironment,
    api_version,
    app_name,
    member_settings,
    pages_settings,
)
from platforms.network import Entry, Network, Route

_MEMBERS = Connector(tuple(MEMBER_CONSOLE.permissions), MEMBER_SETTINGS, "/v2/userinfo")
_PAGES = Connector(tuple(PAGES_CONSOLE.permissions), PAGES_SETTINGS, "/v2/me")


def _build(client: PlatformClient, environment: LinkedInEnvironment, sandbox_url: str | None) -> Network:
    """A profile is reached by its member's sign-in, a Page by that of somebody with a role on it, at the other app."""
    members = LinkedInApi(client, member_settings(environment, sandbox_url))
    pages = LinkedInApi(client, pages_settings(environment, sandbox_url))
    oauth = LinkedInOAuth(members, _MEMBERS)
    return Network(
        platform=Platform.LINKEDIN,
        rules=(MEMBER_RULES, PAGE_RULES),
        sign_in=oauth,
        oauth=oauth,
        finder=MemberAccounts(),
        console=MEMBER_CONSOLE,
        routes={
            Platform.LINKEDIN: Route(
                LinkedInPublisher(members, ChannelKind.LINKEDIN_MEMBER), app_name(members.settings)
            ),
            Platform.LINKEDIN_PAGES: Route(
                LinkedInPublisher(pages, ChannelKind.LINKEDIN_ORGANIZATION), app_name(pages.settings)
            ),
        },
        renewer=oauth,
    )


def _build_pages(client: PlatformClient, environment: LinkedInEnvironment, sandbox_url: str | None) -> Network:
    """The sign-in for Pages, which has no channels of its own: what it finds are LinkedIn's."""
    api = LinkedInApi(client, pages_settings(environment, sandbox_url))
    oauth = LinkedInOAuth(api, _PAGES)
    return Network(
        platform=Platform.LINKEDIN_PAGES,
        rules=(),
        sign_in=oauth,
        oauth=oauth,
        finder=PageAccounts(api),
        console=PAGES_CONSOLE,
        routes={},
        renewer=oauth,
    )


LINKEDIN = Entry(
    platform=Platform.LINKEDIN,
    rules=(MEMBER_RULES, PAGE_RULES),
    console=MEMBER_CONSOLE,
    build=_build,
    refresh=TERMS,
    api_version=("linkedin", api_version),
)
LINKEDIN_PAGES = Entry(
    platform=Platform.LINKEDIN_PAGES, rules=(), console=PAGES_CONSOLE, build=_build_pages, refresh=TERMS
)
