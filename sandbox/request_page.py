"""`/requests`: what was called, newest first, with what it carried; it renews itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import islice
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sandbox import html
from sandbox.calls import CallLog, CallRecord
from sandbox.clock import iso
from sandbox.numbers import whole
from sandbox.world import World

PATH = "/requests"
DEFAULT_LENGTH, MAX_LENGTH = 100, 500
COLUMNS = ("Time", "Call", "Persona", "Token", "Answer", "Latency")
SCRIPT = """
const rows = document.querySelector("#calls");
async function renew() {
  if (document.hidden || !document.querySelector("#live").checked) return;
  const answer = await fetch(rows.dataset.source).catch(() => null);
  if (!answer || !answer.ok) return;
  const text = await answer.text();
  if (text === renew.last) return;
  renew.last = text;
  const open = new Set([...rows.querySelectorAll("details[open]")].map((one) => one.id));
  rows.innerHTML = text;
  open.forEach((id) => { const one = document.getElementById(id); if (one) one.open = true; });
}
setInterval(renew, 1500);
"""
STYLE = """
main { max-width: 75rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; }
td.number { text-align: right; white-space: nowrap; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; font-size: .8rem; }
.bad { color: light-dark(#b42318, #ff9b8f); font-weight: 600; }
.filter label { display: inline-block; margin-right: 1rem; }
"""


@dataclass(frozen=True, slots=True)
class RequestPage:
    """The page over one world's request log."""

    world: World

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route(PATH, self.show),
            Route(f"{PATH}/rows", self.rows),
            Route(f"{PATH}.js", self.script),
            Route(f"{PATH}.css", self.style),
        ]

    async def show(self, request: Request) -> Response:
        """Answer the page: `?path=`, `?status=` and `?limit=` narrow it."""
        query = dict(request.query_params)
        heads = "".join(f"<th>{column}</th>" for column in COLUMNS)
        source = escape(f"{PATH}/rows?{urlencode(query)}")
        body = f"""<link rel="stylesheet" href="{PATH}.css">
<h1>Requests</h1>
{_filter(query)}
<div class="card"><table><thead><tr>{heads}</tr></thead>
<tbody id="calls" data-source="{source}">{self._rows(query)}</tbody></table></div>
<script src="{PATH}.js"></script>"""
        return html.page("Requests", body, scripted=True)

    async def rows(self, request: Request) -> Response:
        """Answer the rows alone, for the page's renewal."""
        return HTMLResponse(self._rows(dict(request.query_params)), headers=html.headers())

    async def script(self, _request: Request) -> Response:
        """Answer what renews the rows and leaves open what was opened."""
        return Response(SCRIPT, media_type="text/javascript", headers=html.headers())

    async def style(self, _request: Request) -> Response:
        """Answer the page's own style sheet."""
        return Response(STYLE, media_type="text/css", headers=html.headers())

    def _rows(self, query: Mapping[str, str]) -> str:
        log = self.world.calls
        limit = min(whole(query.get("limit"), DEFAULT_LENGTH), MAX_LENGTH)
        found = log.search(path=query.get("path", "").strip(), status=query.get("status", "").strip())
        rows = "\n".join(_row(log, record) for record in islice(found, limit))
        return rows or f'<tr><td colspan="{len(COLUMNS)}" class="soft">No such call yet.</td></tr>'


def _filter(query: Mapping[str, str]) -> str:
    path, status = escape(query.get("path", "")), escape(query.get("status", ""))
    return f"""<form class="card filter" method="get" action="{PATH}"><div class="in">
<label>Path <input name="path" value="{path}" placeholder="feed, POST /media"></label>
<label>Answer <input name="status" value="{status}" placeholder="200, 4xx, cut, 190/463"></label>
<button>Filter</button> <a href="{PATH}">all</a>
<label><input type="checkbox" id="live" checked> live</label>
</div></form>"""


def _row(log: CallLog, record: CallRecord) -> str:
    bad = ' class="bad"' if record.outcome[0] in "45c" else ""
    error = f" · {escape(record.error)}" if record.error else ""
    faults = f'<div class="soft">fault: {escape(", ".join(record.faults))}</div>' if record.faults else ""
    latency = "" if record.duration_ms is None else f"{record.duration_ms:.1f} ms"
    token = f"<code>{record.token}</code>" if record.token else ""
    return f"""<tr><td><time>{iso(record.started_at)[11:23]}</time></td><td>{_call(log, record)}{faults}</td>
<td>{escape(record.persona or "")}</td><td>{token}</td>
<td{bad}>{record.outcome}{error}</td><td class="number">{latency}</td></tr>"""


def _call(log: CallLog, record: CallRecord) -> str:
    line = f"<b>{escape(record.method)}</b> {escape(record.path)}"
    kept = log.contents.get(record.sequence)
    if kept is None:
        return line
    carried = "\n".join(f"{name} = {value}" for name, value in kept.request.items()) or "(nothing)"
    return f"""<details id="call-{record.sequence}"><summary>{line}</summary>
<p class="soft">{iso(record.started_at)} · {escape(record.endpoint)} · trace {escape(record.request_id)}</p>
<pre>{escape(carried)}</pre><pre>{escape(kept.answer)}</pre></details>"""
