"""The consent page: Allow and Cancel for people, `auto=` for tests, and the redirect back with a code or a refusal."""

from collections.abc import Mapping
from html import escape
from urllib.parse import unquote_plus, urlencode, urlsplit

from starlette.responses import RedirectResponse, Response

from sandbox import html
from sandbox.linkedin import facts
from sandbox.linkedin.apps import APPS, MEMBER, App
from sandbox.linkedin.call import Call
from sandbox.linkedin.personas import NAMED, Member, members, persona_name
from sandbox.linkedin.settings import Settings
from sandbox.linkedin.tokens import Code

ECHOED = ("response_type", "client_id", "redirect_uri", "state", "scope", "enable_extended_login")
CANCELLED = {"deny": "user_cancelled_authorize", "cancel_login": "user_cancelled_login"}


async def show(call: Call) -> Response:
    """GET authorization: the consent page, or at once the redirect where `auto` asks for it."""
    asked = {name: unquote_plus(value) for name, value in call.query.items()}
    try:
        app, member = _app(asked, call.linkedin.settings), _member(asked, call.linkedin.settings)
    except ValueError as error:
        return _bummer(str(error))
    if refused := _refused(app, asked):
        return refused
    if "auto" not in asked:
        return html.page("Sign in to the sandbox", _form(app, member, asked))
    if asked["auto"] == "approve":
        return _approve(call, app, member, asked)
    return _cancel(asked, CANCELLED.get(asked["auto"], CANCELLED["deny"]))


async def decide(call: Call) -> Response:
    """POST authorization: the consent page's form."""
    try:
        app, member = _app(call.form, call.linkedin.settings), _member(call.form, call.linkedin.settings)
    except ValueError as error:
        return _bummer(str(error))
    if refused := _refused(app, call.form):
        return refused
    if call.form.get("decision") != "allow":
        return _cancel(call.form, CANCELLED["deny"])
    return _approve(call, app, member, call.form)


def scopes_of(asked: Mapping[str, str]) -> tuple[str, ...]:
    """Return the scopes that are asked for, sorted."""
    return tuple(sorted(set(asked.get("scope", "").split())))


def _app(asked: Mapping[str, str], settings: Settings) -> App:
    """Return the app that asks.

    Raises:
        ValueError: If there is none, or the redirect address is not one of its own: nobody is sent there.
    """
    app = APPS.get(asked.get("client_id", ""))
    if app is None:
        raise ValueError("The passed in client_id is invalid.")
    redirect_uri = asked.get("redirect_uri", "")
    registered = settings.redirect_uris if app is MEMBER else settings.page_redirect_uris
    parts = urlsplit(redirect_uri)
    is_address = parts.scheme in {"http", "https"} and parts.netloc and not parts.fragment
    if not is_address or (registered and redirect_uri not in registered):
        raise ValueError("The redirect_uri does not match the registered value.")
    return app


def _member(asked: Mapping[str, str], settings: Settings) -> Member:
    """Return who signs in: the address says, else the administrator's choice.

    Raises:
        ValueError: If there is no such persona.
    """
    return members()[persona_name(asked.get("persona") or settings.persona)]


def _refused(app: App, asked: Mapping[str, str]) -> Response | None:
    """Return the redirect that refuses: one scope that the app may not ask for fails the whole consent."""
    if asked.get("response_type") != "code":
        return _back(asked, {"error": "invalid_request", "error_description": "response_type must be code"})
    scopes = scopes_of(asked)
    if not scopes:
        return _back(asked, {"error": "invalid_request", "error_description": "The scope is missing"})
    unapproved = next((scope for scope in scopes if scope not in app.scopes), None)
    if unapproved is None:
        return None
    description = f'Scope "{unapproved}" is not authorized for your application'
    return _back(asked, {"error": "unauthorized_scope_error", "error_description": description})


def _approve(call: Call, app: App, member: Member, asked: Mapping[str, str]) -> Response:
    code = Code(app.id, member.persona, asked["redirect_uri"], scopes_of(asked), call.now + facts.CODE_SECONDS)
    return _back(asked, {"code": call.linkedin.tokens.issue_code(code)})


def _cancel(asked: Mapping[str, str], error: str) -> Response:
    what = "log in" if error.endswith("login") else "authorize the application"
    return _back(asked, {"error": error, "error_description": f"The user cancelled to {what}"})


def _back(asked: Mapping[str, str], answer: dict[str, str]) -> Response:
    """Send the browser back with an answer and the state, if there is one."""
    state = {"state": asked["state"]} if "state" in asked else {}
    redirect_uri = asked["redirect_uri"]
    joint = "&" if urlsplit(redirect_uri).query else "?"
    target = f"{redirect_uri}{joint}{urlencode({**answer, **state})}"
    return RedirectResponse(target, status_code=302, headers={"cache-control": "no-store"})


def _bummer(problem: str) -> Response:
    """Show an error page; without a trusted redirect address there is nowhere to send the browser."""
    told = f"<h1>Bummer, something went wrong.</h1><p>{escape(problem)}</p>"
    return html.page("Bummer, something went wrong", told, status=400)


def _form(app: App, member: Member, asked: Mapping[str, str]) -> str:
    echoed = {name: asked[name] for name in ECHOED if name in asked}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in {**echoed, "persona": member.persona}.items()
    )
    links = "".join(
        f'<li><a href="?{escape(urlencode({**echoed, "persona": name}))}">{name}</a> '
        f'<span class="soft">{escape(about)}</span></li>'
        for name, about in NAMED.items()
        if name != member.persona
    )
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in scopes_of(asked))
    return f"""<h1>Sign in with a pretend account</h1>
<p class="soft">This is the sandbox's stand-in for LinkedIn. No real account, password or post is involved.</p>
<details class="personas"><summary>Signing in as <b>{member.persona}</b>; choose somebody else</summary>
<ul>{links}</ul></details>
<form class="card" method="post" action="/linkedin/oauth/v2/authorization"><div class="in">{hidden}
<p>The sandbox's <b>{app.name}</b> app asks <b>{escape(member.full_name)}</b> for</p><ul>{scopes}</ul>
<button class="main" name="decision" value="allow">Allow</button>
<button name="decision" value="cancel">Cancel</button>
</div></form>"""
