"""X's consent page: Allow or Cancel for people, `auto=` for tests, and the redirect back with a code or a refusal.

Source: "OAuth 2.0 Authorization Code Flow with PKCE" on docs.x.com, read 2026-11-22. What a refusal looks like is
OAuth's; X does not show it.
"""

from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.responses import RedirectResponse, Response

from sandbox import html
from sandbox.x import facts
from sandbox.x.apps import APPS
from sandbox.x.call import Call
from sandbox.x.personas import BY_PERSONA, NAMED, Account, persona_name
from sandbox.x.tokens import Code

ECHOED = ("response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")
METHODS = {"s256": "s256", "plain": "plain"}


async def show(call: Call) -> Response:
    """GET /i/oauth2/authorize: the consent page, or the redirect that `auto=approve` or `auto=deny` asks for."""
    if problem := _problem(call):
        return _refuse(problem)
    try:
        account = _who(call)
    except ValueError as error:
        return _refuse(str(error))
    match call.query.get("auto"):
        case None:
            return html.page("Log in to the sandbox's X", _form(call, account))
        case "approve":
            return _approve(call, account)
        case "deny":
            return _deny(call)
        case other:
            return _refuse(f"auto is approve or deny, not {other!r}.")


async def decide(call: Call) -> Response:
    """POST /i/oauth2/authorize: the consent page's form."""
    if problem := _problem(call):
        return _refuse(problem)
    if call.form("decision") != "allow":
        return _deny(call)
    try:
        return _approve(call, _who(call))
    except ValueError as error:
        return _refuse(str(error))


def _problem(call: Call) -> str | None:
    """Return the first thing that is wrong with the address; None where all is well."""
    redirect_uri, registered = call.form("redirect_uri"), call.x.settings.redirect_uris
    scopes, place = call.form("scope").split(), urlsplit(redirect_uri)
    is_address = place.scheme in ("http", "https") and place.netloc and not place.fragment
    challenged = call.form("code_challenge") and call.form("code_challenge_method").lower() in METHODS
    demands = (
        (call.form("client_id") in APPS, f"The client_id is unknown; the sandbox knows {', '.join(APPS)}."),
        (is_address, "redirect_uri must be an absolute http or https address without a fragment."),
        (not registered or redirect_uri in registered, "redirect_uri is not registered for the app, to the letter."),
        (call.form("response_type") == "code", "response_type must be code."),
        (0 < len(call.form("state")) <= facts.STATE_MAX, f"state must have 1 to {facts.STATE_MAX} characters."),
        (challenged, "code_challenge and code_challenge_method (S256 or plain) are needed."),
        (scopes, "scope must name scopes of X, separated by spaces."),
        (set(scopes) <= facts.SCOPES, f"scope is unknown: {' '.join(sorted(set(scopes) - facts.SCOPES))}."),
    )
    return next((problem for met, problem in demands if not met), None)


def _who(call: Call) -> Account:
    """Return who signs in.

    Raises:
        ValueError: If there is no such persona.
    """
    return BY_PERSONA[persona_name(call.form("persona") or call.x.settings.persona)]


def _approve(call: Call, account: Account) -> Response:
    scopes = tuple(one for one in dict.fromkeys(call.form("scope").split()) if one not in account.withheld)
    method = METHODS[call.form("code_challenge_method").lower()]
    code = Code(
        client_id=call.form("client_id"),
        persona=account.persona,
        redirect_uri=call.form("redirect_uri"),
        scopes=scopes,
        challenge=call.form("code_challenge"),
        method="s256" if method == "s256" else "plain",
        expires_at=call.now + facts.CODE_SECONDS,
    )
    return _redirect(call, {"state": call.form("state"), "code": call.x.tokens.issue_code(code)})


def _deny(call: Call) -> Response:
    return _redirect(call, {"error": "access_denied", "state": call.form("state")})


def _redirect(call: Call, carried: dict[str, str]) -> Response:
    place = urlsplit(call.form("redirect_uri"))
    query = urlencode([*parse_qsl(place.query, keep_blank_values=True), *carried.items()])
    return RedirectResponse(urlunsplit(place._replace(query=query)), status_code=302, headers=html.headers())


def _refuse(problem: str) -> Response:
    """Answer the page that leads nowhere: X sends nobody back to an address it does not trust."""
    told = f'<h1>Something went wrong</h1><p class="card in" role="alert">{escape(problem)}</p>'
    return html.page("Something went wrong", told, status=400)


def _form(call: Call, account: Account) -> str:
    asked = {name: call.form(name) for name in ECHOED}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(text)}">' for name, text in asked.items())
    scopes = "".join(f"<li><code>{escape(one)}</code></li>" for one in call.form("scope").split())
    app = escape(APPS[call.form("client_id")].name)
    return f"""<h1>Log in with a pretend account</h1>
<p class="soft">This is the sandbox's stand-in for X. No real account, password or post is involved.</p>
{_personas(asked, account)}
<form class="card" method="post" action="{facts.PREFIX}/i/oauth2/authorize"><div class="in">
{hidden}<input type="hidden" name="persona" value="{escape(account.persona)}">
<p><b>{app}</b> wants to access the account <b>@{escape(account.username)}</b>.</p>
<ul>{scopes}</ul>
<button class="main" name="decision" value="allow">Allow</button>
<button name="decision" value="cancel">Cancel</button>
</div></form>"""


def _personas(asked: dict[str, str], account: Account) -> str:
    links = "".join(
        f'<li><a href="{facts.PREFIX}/i/oauth2/authorize?{escape(urlencode({**asked, "persona": name}))}">{name}</a> '
        f'<span class="soft">{escape(about)}</span></li>'
        for name, about in NAMED.items()
        if name != account.persona
    )
    return f"""<details class="personas">
<summary>Signing in as <b>{escape(account.persona)}</b>; choose somebody else</summary>
<ul>{links}</ul></details>"""
