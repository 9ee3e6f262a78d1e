"""What `me` answers: the person, the permissions, and the Pages the app was shown."""

from typing import Any

from sandbox.meta import nodes
from sandbox.meta.call import Call, permitted, require_business, sees_page
from sandbox.meta.errors import business_permission_missing, invalid_parameter, unsupported
from sandbox.meta.fields import Node, parse_fields, project
from sandbox.meta.paging import answer_edge
from sandbox.meta.personas import Business, Page, Person
from sandbox.meta.tokens import Tier

APP_REMOVED = 458


async def me(call: Call) -> dict[str, Any]:
    """GET /me: the person, or the Page if the token is a Page's."""
    wishes = parse_fields(",".join(call.params.names("fields")))
    if call.caller.tier is Tier.PAGE:
        return project(Node(nodes.PAGE, call.meta.people.pages[call.caller.page_id or ""]), wishes, call)
    return project(Node(nodes.PERSON, _person(call)), wishes, call)


async def permissions(call: Call) -> dict[str, Any]:
    """GET /me/permissions: granted, declined, or expired where Instagram access lapsed."""
    _person(call)
    return {"data": [{"permission": name, "status": _status(call, name)} for name in call.grant.permissions]}


async def revoke(call: Call) -> dict[str, Any]:
    """DELETE /me/permissions[/{permission}]: give one back, or remove the app, which kills all its tokens."""
    person = _person(call)
    name = call.path.rstrip("/").rpartition("/")[2]
    if name == "permissions":
        name = call.params.text("permission") or ""
    if not name:
        call.meta.signins.grants.pop(person.id, None)
        call.meta.tokens.kill(person.id, APP_REMOVED)
    elif not call.meta.signins.decline(person.id, name):
        raise invalid_parameter(f"Unknown permission {name[:60]!r}")
    return {"success": True}


async def accounts(call: Call) -> dict[str, Any]:
    """GET /me/accounts, or by the person's id: the ticked Pages, steadily ordered, none of a business."""
    return _answer_pages(call, _person(call).pages)


async def businesses(call: Call) -> dict[str, Any]:
    """GET /me/businesses: the person's business portfolios."""
    found = _person(call).businesses
    if not permitted(call, "business_management"):
        raise business_permission_missing()
    return answer_edge(call, found, lambda business: Node(nodes.BUSINESS, business), total=len(found))


async def owned_pages(call: Call) -> dict[str, Any]:
    """GET /{business}/owned_pages: the Pages that a portfolio owns."""
    return _answer_pages(call, _business(call).owned)


async def client_pages(call: Call) -> dict[str, Any]:
    """GET /{business}/client_pages: the Pages that a portfolio manages for others."""
    return _answer_pages(call, _business(call).clients)


def _answer_pages(call: Call, pages: tuple[Page, ...]) -> dict[str, Any]:
    shown = [page for page in pages if sees_page(call, page)]
    if not permitted(call, "pages_show_list"):
        shown = []
    return answer_edge(call, shown, lambda page: Node(nodes.PAGE_IN_ACCOUNTS, page), total=len(shown))


def _business(call: Call) -> Business:
    if not isinstance(call.target, Business):
        raise unsupported(call.method, call.target_id)
    require_business(call, call.target)
    return call.target


def _person(call: Call) -> Person:
    """Return the token's person, whom the path calls `me` or by id.

    Raises:
        GraphError: 100/33 for tokens of Pages and apps, and for other people.
    """
    person = call.meta.people.persons.get(call.caller.user_id or "")
    is_another = isinstance(call.target, Person) and call.target is not person
    if person is None or call.caller.tier is not Tier.USER or is_another:
        raise unsupported(call.method, call.target_id)
    return person


def _status(call: Call, name: str) -> str:
    status = call.grant.permissions[name]
    return "expired" if status == "granted" and not permitted(call, name) else status
