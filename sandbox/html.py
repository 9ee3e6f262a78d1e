"""The frame of the sandbox's own pages: one style sheet, strict headers, everything escaped by the caller's hand."""

from html import escape
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self' http: https:"  # the consent form is redirected to wherever the application under test lives
)
SCRIPTED_CSP = CSP.replace("default-src 'none';", "default-src 'none'; script-src 'self'; connect-src 'self';")
FRAME = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
$refresh<title>$title</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><span class="badge">SANDBOX</span> <a href="/">What the public sees</a>
<a href="/requests">Requests</a> <a href="/faults">Faults</a> <a href="/controls">Controls</a></header>
<main>
$body
</main>
</body>
</html>
""")
STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1c1e21, #e4e6eb); --soft: light-dark(#606770, #a0a4ab);
  --paper: light-dark(#fff, #242526); --ground: light-dark(#f0f2f5, #18191a); --line: light-dark(#dadde1, #3a3b3c);
  --accent: light-dark(#1b5e9e, #8ab8ea); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
header { padding: .7rem 1rem; background: var(--paper); border-bottom: 1px solid var(--line); }
a { color: var(--accent); }
header a { font-weight: 600; text-decoration: none; margin-left: .6rem; }
main { max-width: 36rem; margin: 1.2rem auto; padding: 0 1rem; }
h1 { font-size: 1.25rem; }
.badge { background: #b45309; color: #fff; border-radius: .3rem; padding: .1rem .45rem; font-size: .75rem;
  font-weight: 700; letter-spacing: .06em; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .7rem; margin: 0 0 1rem;
  overflow: hidden; }
.card > .in { padding: .8rem 1rem; }
.card h2 { margin: 0; font-size: 1rem; }
.soft, time { color: var(--soft); font-size: .85rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0 0; }
.pictures { display: grid; gap: 2px; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
.pictures img { display: block; width: 100%; height: auto; max-height: 32rem; object-fit: cover; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 1rem; padding: .6rem 1rem; }
label { display: block; padding: .15rem 0; }
label.inner { padding-left: 1.6rem; }
button { font: inherit; font-weight: 600; padding: .5rem 1.2rem; border-radius: .5rem; border: 1px solid var(--line);
  background: var(--paper); color: var(--ink); cursor: pointer; }
button.main { background: #1b5e9e; border-color: #1b5e9e; color: #fff; }
.personas { margin: 0 0 1rem; }
.personas ul { padding-left: 1.2rem; margin: .4rem 0; }
code { font-size: .85em; overflow-wrap: anywhere; }
"""


def page(
    title: str, body: str, *, status: int = 200, refresh_seconds: int | None = None, scripted: bool = False
) -> Response:
    """Answer an HTML page.

    Args:
        title: Plain text.
        body: HTML whose values the caller has escaped.
        status: HTTP status.
        refresh_seconds: Reload that often.
        scripted: Whether it may run the sandbox's own scripts.
    """
    refresh = f'<meta http-equiv="refresh" content="{refresh_seconds}">\n' if refresh_seconds else ""
    text = FRAME.substitute(title=escape(title), body=body, refresh=refresh)
    policy = {"content-security-policy": SCRIPTED_CSP if scripted else CSP}
    return HTMLResponse(text, status_code=status, headers={**headers(), **policy})


def headers() -> dict[str, str]:
    """Return the headers that everything of the sandbox's own has."""
    return {
        "content-security-policy": CSP,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
    }


async def fields(request: Request) -> dict[str, str]:
    """Read a sent form."""
    async with request.form() as sent:
        return {name: value for name, value in sent.items() if isinstance(value, str)}


def style() -> Response:
    """Answer the style sheet."""
    return Response(STYLE, media_type="text/css", headers={"x-content-type-options": "nosniff"})
