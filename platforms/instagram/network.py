"""Instagram as the registry lists it."""

from net.http import PlatformClient
from platforms.base import Platform
from platforms.instagram import settings as instagram
from platforms.instagram.accounts import InstagramAccounts
from platforms.instagram.console import CONSOLE
from platforms.instagram.login import LoginClient
from platforms.instagram.oauth import TERMS, InstagramOAuth
from platforms.instagram.publish import InstagramPublisher
from platforms.instagram.rules import RULES
from platforms.meta.callbacks import MetaCallbacks
from platforms.meta.graph import GraphClient
from platforms.meta.settings import app_name, settings_of
from platforms.network import Entry, Network, Route


def _build(client: PlatformClient, environment: instagram.InstagramEnvironment, sandbox_url: str | None) -> Network:
    """An account is reached by its own sign-in at Instagram's host, or by that of its Page at Facebook's."""
    settings, login = settings_of(environment, sandbox_url), instagram.settings_of(environment, sandbox_url)
    through_page = GraphClient(client, settings, Platform.INSTAGRAM)
    graph = GraphClient(client, login.api, Platform.INSTAGRAM)
    oauth = InstagramOAuth(login, graph, LoginClient(client, login))
    return Network(
        platform=Platform.INSTAGRAM,
        rules=(RULES,),
        sign_in=oauth,
        oauth=oauth,
        finder=InstagramAccounts(graph),
        console=CONSOLE,
        routes={
            Platform.FACEBOOK: Route(InstagramPublisher(through_page), app_name(settings)),
            Platform.INSTAGRAM: Route(InstagramPublisher(graph), app_name(login.api)),
        },
        callbacks=MetaCallbacks({"instagram", "meta"}, login.api.app_secret, login.api.webhook_token),
        renewer=oauth,
    )


INSTAGRAM = Entry(platform=Platform.INSTAGRAM, rules=(RULES,), console=CONSOLE, build=_build, refresh=TERMS)
