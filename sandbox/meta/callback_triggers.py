"""Triggers that tell the server under test something, for the app of Facebook Login and for that of Instagram Login.

Both apps are registered with the same addresses: a server tells by the signature which of them is meant.
"""

import secrets

from pydantic import ConfigDict, Field

from sandbox.meta import callbacks
from sandbox.meta.apps import APPS, INSTAGRAM, App
from sandbox.meta.instagram_nodes import app_scoped_id
from sandbox.meta.instagram_objects import InstagramComment, Media
from sandbox.meta.personas import InstagramAccount
from sandbox.meta.scene import NoOptions, Outcome, Scene, Trigger, TriggerError, tokens
from sandbox.meta.subscriptions import subscription_key
from sandbox.meta.targets import find_instagram, find_page, find_person

APP_REMOVED = 458


class VerifyToken(NoOptions):
    """What Meta was told when the webhook was registered."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    token: str = Field(default="", description="the verify token, as the server under test has it")


async def _deauthorize(scene: Scene, target: str, _: NoOptions) -> Outcome:
    person, url = find_person(scene.meta.people, target), scene.address(callbacks.DEAUTHORIZE)
    scene.meta.signins.grants.pop(person.id, None)
    ended = scene.meta.tokens.kill(person.id, APP_REMOVED)
    delivery = await callbacks.post_signed_request(scene.meta.world.fetcher, url, person.id, now=scene.host_now)
    return Outcome(f"{person.name} removed the app; {tokens(ended)} ended (190/{APP_REMOVED}).", delivery)


async def _data_deletion(scene: Scene, target: str, _: NoOptions) -> Outcome:
    person, url = find_person(scene.meta.people, target), scene.address(callbacks.DATA_DELETION)
    delivery = await callbacks.post_signed_request(scene.meta.world.fetcher, url, person.id, now=scene.host_now)
    return Outcome(f"{person.name} asked for the deletion of their data.", delivery)


async def _instagram_deauthorize(scene: Scene, target: str, _: NoOptions) -> Outcome:
    account, url = find_instagram(scene.meta.people, target), scene.address(callbacks.DEAUTHORIZE)
    scene.meta.signins.grants.pop(account.id, None)
    ended = scene.meta.tokens.kill(account.id, APP_REMOVED)
    delivery = await callbacks.post_signed_request(
        scene.meta.world.fetcher, url, app_scoped_id(account), now=scene.host_now, secret=INSTAGRAM.secret
    )
    return Outcome(f"@{account.username} removed the app; {tokens(ended)} ended (190/{APP_REMOVED}).", delivery)


async def _instagram_deletion(scene: Scene, target: str, _: NoOptions) -> Outcome:
    account, url = find_instagram(scene.meta.people, target), scene.address(callbacks.DATA_DELETION)
    delivery = await callbacks.post_signed_request(
        scene.meta.world.fetcher, url, app_scoped_id(account), now=scene.host_now, secret=INSTAGRAM.secret
    )
    return Outcome(f"@{account.username} asked for the deletion of their data.", delivery)


async def _webhook_feed(scene: Scene, target: str, _: NoOptions) -> Outcome:
    page, url = find_page(scene.meta.people, target), scene.address(callbacks.WEBHOOK)
    post = next((one for one in reversed(scene.meta.graph.timelines[page.id]) if not one.deleted), None)
    if post is None:
        raise TriggerError(f"Nothing is public on {page.name} yet: publish something there first.")
    body = callbacks.feed_event(post, permalink=f"{scene.origin}/facebook/{post.id}", now=scene.host_now)
    delivery = await callbacks.post_webhook(scene.meta.world.fetcher, url, body)
    told = f"Meta told of the newest post on {page.name}, {post.id}."
    return Outcome(f"{told}{_doubt(scene, APPS['facebook'], page.id, 'feed')}", delivery)


async def _webhook_comments(scene: Scene, target: str, _: NoOptions) -> Outcome:
    account, url = find_instagram(scene.meta.people, target), scene.address(callbacks.WEBHOOK)
    comment, media = _newest_comment(scene, account)
    body = callbacks.comment_event(comment, media, now=scene.host_now)
    app = INSTAGRAM if account.id in scene.meta.signins.grants else APPS["facebook"]
    delivery = await callbacks.post_webhook(scene.meta.world.fetcher, url, body, secret=app.secret)
    told = f"The app of {app.name} was told of the newest comment at @{account.username}."
    return Outcome(f"{told}{_doubt(scene, app, account.id, 'comments') if app is INSTAGRAM else ''}", delivery)


def _doubt(scene: Scene, app: App, target_id: str, field: str) -> str:
    """Say so where the real platform would tell nobody."""
    if field in scene.meta.graph.subscriptions.get(subscription_key(app, target_id), ()):
        return ""
    return f" The app is not subscribed to its {field} (POST …/subscribed_apps): Meta would have told nobody."


def _newest_comment(scene: Scene, account: InstagramAccount) -> tuple[InstagramComment, Media]:
    graph = scene.meta.graph
    found = [
        (one, media)
        for one in graph.objects.values()
        if isinstance(one, InstagramComment) and one.account is account and not one.deleted
        if isinstance(media := graph.objects[one.media_id], Media) and not media.deleted
    ]
    if not found:
        raise TriggerError(f"Nobody commented at @{account.username} yet: publish a comment there first.")
    return found[-1]


async def _webhook_verify(scene: Scene, target: str, options: VerifyToken) -> Outcome:
    if target not in APPS:
        raise TriggerError(f"There is no app {target[:60]!r}; there are {', '.join(APPS)}.")
    url = scene.address(callbacks.WEBHOOK)
    challenge = str(secrets.randbelow(10**10))
    delivery = await callbacks.verify_webhook(scene.meta.world.fetcher, url, options.token, challenge)
    return Outcome(f"Meta asked whether the webhook of the app of {target} is the server's.", delivery)


CALLBACKS = (
    Trigger("deauthorize", "A person removes the app; the server is told", "person", _deauthorize, tells_server=True),
    Trigger(
        "data-deletion",
        "A person wants their data deleted; the server is told",
        "person",
        _data_deletion,
        tells_server=True,
    ),
    Trigger(
        "instagram-deauthorize",
        "An account of Instagram Login removes the app; the server is told",
        "instagram",
        _instagram_deauthorize,
        tells_server=True,
    ),
    Trigger(
        "instagram-data-deletion",
        "An account of Instagram Login wants its data deleted; the server is told",
        "instagram",
        _instagram_deletion,
        tells_server=True,
    ),
    Trigger(
        "webhook-verify",
        "The server is asked whether the webhook is its own",
        "app",
        _webhook_verify,
        VerifyToken,
        tells_server=True,
    ),
    Trigger(
        "webhook-feed", "The server is told of the newest post on a Page", "page", _webhook_feed, tells_server=True
    ),
    Trigger(
        "webhook-comments",
        "The server is told of the newest comment on Instagram",
        "instagram",
        _webhook_comments,
        tells_server=True,
    ),
)
"""What tells the server."""
