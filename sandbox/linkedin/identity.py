"""Who somebody is: userinfo, me, the roles on organisations and the organisations themselves."""

from typing import Any
from urllib.parse import unquote_plus

from sandbox.linkedin import restli
from sandbox.linkedin.call import Call, count_call, require_scope
from sandbox.linkedin.errors import illegal, not_found
from sandbox.linkedin.personas import Organisation, Role, organisations
from sandbox.linkedin.tokens import Token

ADMIN_SCOPES = ("rw_organization_admin", "r_organization_admin")
ORGANISATION_SCOPES = (*ADMIN_SCOPES, "r_organization_social", "w_organization_social")


async def userinfo(call: Call) -> dict[str, Any]:
    """GET /v2/userinfo: the claims that the granted scopes give."""
    require_scope(call, "userinfo.GET", "openid")
    limit = call.linkedin.settings.userinfo_per_app
    count_call(call, "userinfo", {"APPLICATION": (call.caller.client_id, limit)})
    picture = f"{call.origin}/samples/{call.caller.persona}.jpg?width=200&height=200"
    return claims(call.caller) | ({"picture": picture} if "profile" in call.caller.scopes else {})


def claims(token: Token) -> dict[str, Any]:
    """Return what a token's scopes tell of its member."""
    given, family = token.member.name
    found: dict[str, Any] = {"sub": token.member.id_for(token.app)}
    if "profile" in token.scopes:
        locale = {"country": "US", "language": "en"}
        found |= {"name": token.member.full_name, "given_name": given, "family_name": family, "locale": locale}
    if "email" in token.scopes:
        found |= {"email": f"{given}.{family}@example.com".lower(), "email_verified": True}
    return found


async def me(call: Call) -> dict[str, Any]:
    """GET /v2/me: the member, for apps that have no OpenID Connect."""
    require_scope(call, "me.GET", "r_basicprofile")
    given, family = call.caller.member.name
    return {
        "id": call.caller.member.id_for(call.caller.app),
        "localizedFirstName": given,
        "localizedLastName": family,
        "vanityName": f"{given}-{family}".lower(),
        "localizedHeadline": "A pretend member",
    }


async def roles(call: Call) -> dict[str, Any]:
    """GET /rest/organizationAcls: the member's roles, a page of them."""
    require_scope(call, "organizationAcls.FINDER-roleAssignee", *ADMIN_SCOPES)
    if call.query.get("q") != "roleAssignee":
        raise illegal("Parameter 'q' is invalid: the finder is roleAssignee")
    wanted = {name: unquote_plus(call.query[name]) for name in ("role", "state") if name in call.query}
    found = [
        role
        for role in call.caller.member.roles
        if wanted.get("role", role.role) == role.role and wanted.get("state", role.state) == role.state
    ]
    return restli.paged([_role(one, call.caller.author) for one in found], call.path, call.query)


async def organisation(call: Call) -> dict[str, Any]:
    """GET /rest/organizations/{id}: one organisation."""
    require_scope(call, "organizations.GET", *ORGANISATION_SCOPES)
    found = organisations().get(restli.key_of(call.keys[0]))
    if found is None:
        raise not_found(f"Could not find organization {call.keys[0][:40]}")
    return _organisation(found)


async def organisations_by_id(call: Call) -> dict[str, Any]:
    """GET /rest/organizations?ids=List(…): several; those that are not there are among the errors."""
    require_scope(call, "organizations.BATCH_GET", *ORGANISATION_SCOPES)
    if call.headers.get("x-restli-method", "").upper() != "BATCH_GET":
        raise illegal("X-RestLi-Method must be BATCH_GET")
    ids = restli.list_of(call.query, "ids")
    found = {one: organisations()[one] for one in ids if one in organisations()}
    gone = {
        one: {"status": 404, "message": f"Could not find organization {one[:40]}"} for one in ids if one not in found
    }
    return {
        "results": {one: _organisation(each) for one, each in found.items()},
        "statuses": dict.fromkeys(found, 200) | dict.fromkeys(gone, 404),
        "errors": gone,
    }


def _role(role: Role, assignee: str) -> dict[str, Any]:
    urn = role.organisation.urn
    names = {"organization": urn, "organizationTarget": urn}
    return {"role": role.role, "state": role.state, "roleAssignee": assignee, **names}


def _organisation(one: Organisation) -> dict[str, Any]:
    locale = {"country": "US", "language": "en"}
    return {
        "id": int(one.id),
        "$URN": one.urn,
        "localizedName": one.name,
        "vanityName": one.vanity_name,
        "name": {"localized": {"en_US": one.name}, "preferredLocale": locale},
    }
