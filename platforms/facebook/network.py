"""Facebook as the registry lists it."""

from net.http import PlatformClient
from platforms.base import Platform
from platforms.facebook.accounts import FacebookAccounts
from platforms.facebook.console import CONSOLE
from platforms.facebook.listening import FacebookListener
from platforms.facebook.oauth import FacebookOAuth
from platforms.facebook.publish import FacebookPublisher
from platforms.facebook.rules import RULES
from platforms.meta.callbacks import MetaCallbacks
from platforms.meta.graph import GraphClient
from platforms.meta.settings import MetaEnvironment, api_version, app_name, settings_of
from platforms.network import Entry, Network, Route


def _build(client: PlatformClient, environment: MetaEnvironment, sandbox_url: str | None) -> Network:
    settings = settings_of(environment, sandbox_url)
    graph = GraphClient(client, settings, Platform.FACEBOOK)
    oauth = FacebookOAuth(settings, graph)
    return Network(
        platform=Platform.FACEBOOK,
        rules=(RULES,),
        sign_in=oauth,
        oauth=oauth,
        finder=FacebookAccounts(graph),
        console=CONSOLE,
        routes={Platform.FACEBOOK: Route(FacebookPublisher(graph), app_name(settings))},
        callbacks=MetaCallbacks({"meta"}, settings.app_secret, settings.webhook_token),
        listener=FacebookListener(graph) if settings.webhook_token else None,
    )


FACEBOOK = Entry(
    platform=Platform.FACEBOOK, rules=(RULES,), console=CONSOLE, build=_build, api_version=("meta", api_version)
)
