"""Which Pages and Instagram accounts an app wants webhooks of.

Sources: Page subscribed_apps reference and "Webhooks for Instagram" on developers.facebook.com, 2026-11-22. The lists
of fields are those that publishing needs and a few beside them, not Meta's whole.
"""

from typing import Any

from sandbox.meta.apps import INSTAGRAM, App
from sandbox.meta.call import Call, require_instagram, require_page_token
from sandbox.meta.errors import invalid_parameter, unsupported
from sandbox.meta.personas import InstagramAccount, Page

PAGE_FIELDS = frozenset({"feed", "mention", "messages", "ratings", "videos"})
INSTAGRAM_FIELDS = frozenset({"comments", "live_comments", "mentions", "messages"})


async def subscribe(call: Call) -> dict[str, Any]:
    """POST /{page}/subscribed_apps, and /{ig}/subscribed_apps with Instagram Login: `subscribed_fields`."""
    target = _target(call)
    known = PAGE_FIELDS if isinstance(target, Page) else INSTAGRAM_FIELDS
    fields = call.params.names("subscribed_fields")
    if not fields:
        raise invalid_parameter("The parameter subscribed_fields is required.")
    if unknown := set(fields) - known:
        raise invalid_parameter(f"Param subscribed_fields must be of {', '.join(sorted(known))}, not {min(unknown)}")
    call.meta.graph.subscriptions[subscription_key(call.app, target.id)] = sorted(fields)
    return {"success": True}


async def subscriptions(call: Call) -> dict[str, Any]:
    """GET …/subscribed_apps: the app with its fields, if it is subscribed."""
    target = _target(call)
    fields = call.meta.graph.subscriptions.get(subscription_key(call.app, target.id))
    return {"data": [{"id": call.app.id, "name": "Sandbox app", "subscribed_fields": fields}] if fields else []}


async def unsubscribe(call: Call) -> dict[str, Any]:
    """DELETE …/subscribed_apps."""
    target = _target(call)
    call.meta.graph.subscriptions.pop(subscription_key(call.app, target.id), None)
    return {"success": True}


def subscription_key(app: App, target_id: str) -> str:
    """Return under which key a subscription is kept."""
    return f"{app.name} {target_id}"


def _target(call: Call) -> Page | InstagramAccount:
    """Return whose events are wanted, after checking that this token may want them.

    Raises:
        GraphError: 190/2069032, 200, 100/33 or 10.
    """
    if isinstance(call.target, Page):
        require_page_token(call, call.target, "pages_manage_metadata")
        return call.target
    if not isinstance(call.target, InstagramAccount) or call.app is not INSTAGRAM:
        raise unsupported(call.method, call.target_id)
    require_instagram(call, call.target, "instagram_basic")
    return call.target
