"""Instagram Login's consent dialog: a page for people, `auto=` for tests, and the redirect back with code or refusal.

Source: "Business Login for Instagram" on developers.facebook.com, 2026-11-22.
"""

from html import escape
from urllib.parse import urlencode

from starlette.responses import Response

from sandbox import html
from sandbox.meta import instagram_facts as facts
from sandbox.meta.apps import INSTAGRAM
from sandbox.meta.call import Call
from sandbox.meta.dialog import check_box, redirect, refuse, scopes_of, state_of
from sandbox.meta.params import Params, is_web_address
from sandbox.meta.personas import NAMED, InstagramAccount, Person
from sandbox.meta.signins import Grant

ECHOED = ("client_id", "redirect_uri", "state", "scope", "response_type", "enable_fb_login", "force_reauth")
FRAGMENT = "_"


async def show(call: Call) -> Response:
    """GET /oauth/authorize: the consent page, or at once the redirect that `auto=approve` or `auto=deny` asks for."""
    if problem := _problem(call):
        return refuse(problem)
    try:
        person, account = _who(call)
    except ValueError as error:
        return refuse(str(error))
    match call.params.text("auto"):
        case None:
            return html.page("Log in to the sandbox's Instagram", _form(call, person, account))
        case "approve":
            return _approve(call, account, declined=set(call.params.names("decline")))
        case "deny":
            return _deny(call.params)
        case other:
            return refuse(f"auto is approve or deny, not {other!r}.")


async def decide(call: Call) -> Response:
    """POST /oauth/authorize: the consent page's form."""
    if problem := _problem(call):
        return refuse(problem)
    if call.params.text("decision") != "allow":
        return _deny(call.params)
    try:
        _, account = _who(call)
    except ValueError as error:
        return refuse(str(error))
    ticked = {name.removeprefix("grant.") for name in call.params.values if name.startswith("grant.")}
    return _approve(call, account, declined=scopes_of(call.params) - ticked)


def _problem(call: Call) -> str | None:
    params, registered = call.params, call.meta.settings.instagram_redirect_uris
    redirect_uri = params.text("redirect_uri") or ""
    if params.text("client_id") != INSTAGRAM.id:
        return f"Invalid platform app: the sandbox knows one app for Instagram Login, {INSTAGRAM.id}."
    if params.text("response_type") != "code":
        return "response_type must be code."
    if not is_web_address(redirect_uri):
        return "redirect_uri must be an absolute http or https URL."
    if registered and redirect_uri not in registered:
        return "Invalid redirect_uri: this address is not registered for the app."
    scopes = scopes_of(params)
    if unknown := scopes - facts.LOGIN_PERMISSIONS:
        return f"Invalid scope: {', '.join(sorted(unknown))}."
    return None if facts.LOGIN_ALWAYS in scopes else f"Invalid scope: {facts.LOGIN_ALWAYS} is required."


def _who(call: Call) -> tuple[Person, InstagramAccount]:
    """Return who signs in, and with which of their accounts: the first, unless `account` names one.

    Raises:
        ValueError: If there is no such persona or account.
    """
    person = call.meta.people.person(call.params.text("persona") or call.meta.settings.persona)
    accounts = _accounts(person)
    if not accounts:
        raise ValueError(f"{person.name} has no Instagram professional account.")
    wanted = (call.params.text("account") or accounts[0].id).removeprefix("@")
    for account in accounts:
        if wanted in (account.id, account.username):
            return person, account
    known = ", ".join(account.username for account in accounts)
    raise ValueError(f"{person.name} has no Instagram account {wanted[:40]!r}; there are {known}.")


def _accounts(person: Person) -> list[InstagramAccount]:
    return [page.instagram for page in person.reachable if page.instagram is not None]


def _approve(call: Call, account: InstagramAccount, *, declined: set[str]) -> Response:
    """Store the grant and send the browser back with a code."""
    declined -= {facts.LOGIN_ALWAYS}
    asked = sorted(scopes_of(call.params))
    statuses = {name: "declined" if name in declined else "granted" for name in asked}
    call.meta.signins.grants[account.id] = Grant(account.id, statuses)
    redirect_uri = call.params.text("redirect_uri") or ""
    code = call.meta.signins.issue_code(account.id, redirect_uri, now=call.now, life_seconds=facts.LOGIN_CODE_SECONDS)
    return redirect(redirect_uri, {"code": code, **state_of(call.params)}, fragment=FRAGMENT)


def _deny(params: Params) -> Response:
    refusal = {
        "error": "access_denied",
        "error_reason": "user_denied",
        "error_description": "The user denied your request",
    }
    return redirect(params.text("redirect_uri") or "", {**refusal, **state_of(params)}, fragment=FRAGMENT)


def _form(call: Call, person: Person, account: InstagramAccount) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name in ECHOED
        if (value := call.params.text(name)) is not None
    )
    accounts = "".join(_account_choice(one, chosen=account) for one in _accounts(person))
    return f"""<h1>Log in with a pretend account</h1>
<p class="soft">This is the sandbox's stand-in for Instagram Login. No real account, password or post is involved.</p>
{_personas(call, person)}
<form class="card" method="post" action="{escape(call.path)}"><div class="in">
{hidden}<input type="hidden" name="persona" value="{escape(person.persona)}">
<p><b>Sandbox app</b> asks for access to an Instagram professional account of <b>{escape(person.name)}</b>.</p>
<fieldset><legend>Account</legend>{accounts}</fieldset>
<fieldset><legend>Permissions</legend>{"".join(_permission_boxes(call.params))}</fieldset>
<button class="main" name="decision" value="allow">Allow</button>
<button name="decision" value="cancel">Cancel</button>
</div></form>"""


def _account_choice(account: InstagramAccount, *, chosen: InstagramAccount) -> str:
    mark = " checked" if account is chosen else ""
    told = escape(f"@{account.username}")
    return f'<label><input type="radio" name="account" value="{account.id}"{mark}> {told}</label>'


def _permission_boxes(params: Params) -> list[str]:
    return [check_box(f"grant.{scope}", scope) for scope in sorted(scopes_of(params) - {facts.LOGIN_ALWAYS})]


def _personas(call: Call, person: Person) -> str:
    asked = {name: value for name in ECHOED if (value := call.params.text(name)) is not None}
    links = "".join(
        _persona_link(name, f"{call.path}?{urlencode({**asked, 'persona': name})}")
        for name in (one.replace("N", "3") for one in NAMED)
        if name != person.persona
    )
    now = escape(person.persona)
    return f"""<details class="personas"><summary>Signing in as <b>{now}</b>; choose somebody else</summary>
<ul>{links}</ul></details>"""


def _persona_link(name: str, address: str) -> str:
    return f'<li><a href="{escape(address)}">{escape(name)}</a></li>'
