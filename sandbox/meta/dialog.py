"""The consent dialog: a page for people, `auto=` for tests, and the redirect back with a code or a refusal."""

from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

from starlette.responses import RedirectResponse, Response

from sandbox import html
from sandbox.meta import facts
from sandbox.meta.call import Call
from sandbox.meta.params import Params, is_web_address
from sandbox.meta.personas import NAMED, Person
from sandbox.meta.signins import Grant

ECHOED = ("client_id", "redirect_uri", "state", "scope", "response_type", "auth_type", "config_id", "display")
FRAGMENT = "_=_"


async def show(call: Call) -> Response:
    """GET dialog/oauth: the consent page, or at once the redirect where `auto=approve` or `auto=deny` asks for it."""
    if problem := _problem(call):
        return refuse(problem)
    try:
        person = _person(call)
    except ValueError as error:
        return refuse(str(error))
    match call.params.text("auto"):
        case None:
            return html.page("Log in to the sandbox", _form(call, person))
        case "approve":
            return _approve(call, person, declined=_declined(call.params, person))
        case "deny":
            return _deny(call.params)
        case other:
            return refuse(f"auto is approve or deny, not {other!r}.")


async def decide(call: Call) -> Response:
    """POST dialog/oauth: the consent page's form."""
    if problem := _problem(call):
        return refuse(problem)
    if call.params.text("decision") != "continue":
        return _deny(call.params)
    try:
        person = _person(call)
    except ValueError as error:
        return refuse(str(error))
    ticked = {name.removeprefix("grant.") for name in call.params.values if name.startswith("grant.")}
    return _approve(call, person, declined=scopes_of(call.params) - ticked, ticked_by_hand=True)


def _problem(call: Call) -> str | None:
    params = call.params
    if params.text("client_id") != facts.APP_ID:
        return f"Invalid App ID: the sandbox knows one app, {facts.APP_ID}."
    if params.text("response_type") not in (None, "code"):
        return "response_type must be code."
    redirect_uri, registered = params.text("redirect_uri") or "", call.meta.settings.redirect_uris
    if not is_web_address(redirect_uri):
        return "redirect_uri must be an absolute http or https URL."
    if registered and redirect_uri not in registered:
        return "URL Blocked: this redirect address is not registered for the app."
    if unknown := scopes_of(params) - facts.PERMISSIONS:
        return f"Invalid Scopes: {', '.join(sorted(unknown))}."
    return None


def _person(call: Call) -> Person:
    """Return who signs in: the address says, else the administrator's choice.

    Raises:
        ValueError: If there is no such persona.
    """
    return call.meta.people.person(call.params.text("persona") or call.meta.settings.persona)


def scopes_of(params: Params) -> set[str]:
    """Return the permissions that are asked for, however they are separated."""
    text = params.text("scope") or ""
    return set(text.replace(",", " ").replace("+", " ").split())


def _approve(call: Call, person: Person, *, declined: set[str], ticked_by_hand: bool = False) -> Response:
    """Store the grant and send the browser back with a code."""
    asked = scopes_of(call.params) | {facts.ALWAYS_GRANTED}
    statuses = {name: "declined" if name in declined - {facts.ALWAYS_GRANTED} else "granted" for name in sorted(asked)}
    before = call.meta.signins.grants.get(person.id)
    call.meta.signins.grants[person.id] = Grant(
        user_id=person.id,
        permissions={**(before.permissions if before else {}), **statuses},
        page_ids=_selection(
            call.params, "pages", {page.id for page in person.reachable}, person.unticked, by_hand=ticked_by_hand
        ),
        instagram_ids=_selection(
            call.params,
            "instagram",
            {page.instagram.id for page in person.reachable if page.instagram},
            person.unticked,
            by_hand=ticked_by_hand,
        ),
    )
    redirect_uri = call.params.text("redirect_uri") or ""
    code = call.meta.signins.issue_code(person.id, redirect_uri, now=call.now)
    return redirect(redirect_uri, {"code": code, **state_of(call.params)})


def _declined(params: Params, person: Person) -> set[str]:
    """Return what is declined without anybody clicking: what the address says, else what the person always declines."""
    return set(params.names("decline")) if "decline" in params.values else set(person.declines)


def _selection(
    params: Params, name: str, available: set[str], unticked: frozenset[str], *, by_hand: bool
) -> frozenset[str] | None:
    """Return the ticked ids, or None for all: then later ones count too, and debug_token lists no targets."""
    if by_hand:
        chosen = {key.partition(".")[2] for key in params.values if key.startswith(f"{name}.")}
    elif name in params.values:
        chosen = set(params.names(name))
    else:
        chosen = available - unticked
    chosen &= available
    return None if chosen == available else frozenset(chosen)


def _deny(params: Params) -> Response:
    refusal = {
        "error": "access_denied",
        "error_code": "200",
        "error_description": "Permissions error",
        "error_reason": "user_denied",
    }
    return redirect(params.text("redirect_uri") or "", {**refusal, **state_of(params)})


def state_of(params: Params) -> dict[str, str]:
    """Return the state to give back, if there is one."""
    state = params.text("state")
    return {} if state is None else {"state": state}


def redirect(redirect_uri: str, answer: dict[str, str], *, fragment: str = FRAGMENT) -> Response:
    """Send the browser back with an answer; the fragment is the platform's habit."""
    parts = urlsplit(redirect_uri)
    query = "&".join(filter(None, (parts.query, urlencode(answer))))
    target = urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))
    return RedirectResponse(target, status_code=302, headers={"cache-control": "no-store"})


def refuse(problem: str) -> Response:
    """Show an error page; without a trusted redirect_uri there is nowhere to send the browser."""
    return html.page(
        "Sorry, something went wrong", f"<h1>Sorry, something went wrong</h1><p>{escape(problem)}</p>", status=400
    )


def _form(call: Call, person: Person) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name in ECHOED
        if (value := call.params.text(name)) is not None
    )
    return f"""<h1>Log in with a pretend account</h1>
<p class="soft">This is the sandbox's stand-in for Facebook Login. No real account, password or post is involved.</p>
{_personas(call, person)}
<form class="card" method="post" action="{escape(call.path)}"><div class="in">
{hidden}<input type="hidden" name="persona" value="{escape(person.persona)}">
<p><b>{escape(facts.APP_NAME)}</b> asks <b>{escape(person.name)}</b> for access.</p>
<fieldset><legend>Pages and Instagram accounts</legend>{"".join(_page_boxes(person))}</fieldset>
<fieldset><legend>Permissions</legend>{"".join(_permission_boxes(call.params, person))}</fieldset>
<button class="main" name="decision" value="continue">Continue</button>
<button name="decision" value="cancel">Cancel</button>
</div></form>"""


def _personas(call: Call, person: Person) -> str:
    asked = {name: value for name in ECHOED if (value := call.params.text(name)) is not None}
    links: list[str] = []
    for name, meaning in NAMED.items():
        concrete = name.replace("N", "3")
        if concrete != person.persona:
            address = f"{call.path}?{urlencode({**asked, 'persona': concrete})}"
            about = escape(meaning.replace("`", ""))
            links.append(
                f'<li><a href="{escape(address)}">{escape(concrete)}</a> <span class="soft">{about}</span></li>'
            )
    now = escape(person.persona)
    return f"""<details class="personas"><summary>Signing in as <b>{now}</b>; choose somebody else</summary>
<ul>{"".join(links)}</ul></details>"""


def _page_boxes(person: Person) -> list[str]:
    boxes: list[str] = []
    for page in person.reachable:
        about = page.trouble.about if page.trouble else ""
        boxes.append(check_box(f"pages.{page.id}", page.name, about, ticked=page.id not in person.unticked))
        if account := page.instagram:
            ticked = account.id not in person.unticked
            boxes.append(
                check_box(f"instagram.{account.id}", f"Instagram @{account.username}", inner=True, ticked=ticked)
            )
    return boxes


def _permission_boxes(params: Params, person: Person) -> list[str]:
    scopes = sorted(scopes_of(params) - {facts.ALWAYS_GRANTED})
    return [check_box(f"grant.{scope}", scope, ticked=scope not in person.declines) for scope in scopes]


def check_box(name: str, label: str, about: str = "", *, inner: bool = False, ticked: bool = True) -> str:
    """Return a box to tick."""
    kind = ' class="inner"' if inner else ""
    told = f' <span class="soft">{escape(about)}</span>' if about else ""
    mark = " checked" if ticked else ""
    return f'<label{kind}><input type="checkbox" name="{escape(name)}" value="1"{mark}> {escape(label)}{told}</label>'
