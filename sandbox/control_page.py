"""`/controls`: move the clock, pull triggers, forget everything; the same as the commands, by buttons."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox import html
from sandbox.clock import iso
from sandbox.command import ahead, leap
from sandbox.meta.call import Meta
from sandbox.meta.faults import stand
from sandbox.meta.scene import Outcome, Scene, Trigger, TriggerError
from sandbox.meta.targets import TargetError
from sandbox.meta.triggers import TRIGGERS, pull
from sandbox.trigger_admin import origin_of, targets_of

PATH = "/controls"
LEAPS = ("+1h", "+1d", "+60d", "+90d", "-1h", "-1d")
STYLE = """
.leaps { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0 0; }
.problem { border-left: .3rem solid #b42318; padding: .4rem .8rem; }
.told { border-left: .3rem solid #15803d; padding: .4rem .8rem; }
.trigger label { display: block; }
.trigger h3 { margin: 0; font-size: 1rem; }
select, input { font: inherit; max-width: 100%; }
"""


@dataclass(frozen=True, slots=True)
class ControlPage:
    """The buttons of one sandbox."""

    meta: Meta

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(f"{PATH}/clock", self.clock, methods=["POST"]),
            Route(f"{PATH}/trigger", self.trigger, methods=["POST"]),
            Route(f"{PATH}/reset", self.reset, methods=["POST"]),
            Route(f"{PATH}.css", self.style),
        ]

    async def show(self, _request: Request) -> Response:
        """Answer the page."""
        return self._page({})

    async def clock(self, request: Request) -> Response:
        """Move the clock by what the form says, such as +60d."""
        entered = await html.fields(request)
        try:
            self.meta.world.clock.advance(leap(entered.get("by", "")))
        except (argparse.ArgumentTypeError, ValueError) as error:
            return self._page(entered, problem=str(error))
        return RedirectResponse(PATH, status_code=303)

    async def trigger(self, request: Request) -> Response:
        """Pull the trigger that the form names, and say what happened."""
        entered = await html.fields(request)
        scene = Scene(self.meta, entered.get("server") or None, origin_of(self.meta, request))
        options = {name.removeprefix("option."): _plain(text) for name, text in entered.items() if "option." in name}
        try:
            outcome = await pull(scene, entered.get("trigger", ""), entered.get("target", ""), options)
        except (TriggerError, TargetError) as error:
            return self._page(entered, problem=str(error))
        return self._page(entered, outcome=outcome)

    async def reset(self, _request: Request) -> Response:
        """Forget everything."""
        self.meta.reset()
        stand(self.meta)
        return RedirectResponse(PATH, status_code=303)

    async def style(self, _request: Request) -> Response:
        """Answer the page's own style sheet."""
        return Response(STYLE, media_type="text/css", headers=html.headers())

    def _page(self, entered: Mapping[str, str], *, problem: str = "", outcome: Outcome | None = None) -> Response:
        told = f'<p class="card problem" role="alert">{escape(problem)}</p>' if problem else ""
        if outcome is not None:
            told = _told(outcome)
        clock = self.meta.world.clock
        server = entered.get("server") or self.meta.signins.app_origin or ""
        forms = "\n".join(self._form(one, entered, server) for one in TRIGGERS.values())
        body = f"""<link rel="stylesheet" href="{PATH}.css">
<h1>Controls</h1>{told}
<h2>Time</h2>{_clock(iso(clock.now()), ahead(clock.offset_seconds))}
<h2>Let something happen</h2>{forms}
<h2>Begin anew</h2><form class="card" method="post" action="{PATH}/reset"><div class="in">
<label><input type="checkbox" required> Forget people, tokens, posts, ledger, faults, settings and time</label>
<button>Forget everything</button></div></form>"""
        return html.page("Controls", body, status=422 if problem else 200)

    def _form(self, trigger: Trigger, entered: Mapping[str, str], server: str) -> str:
        chosen = entered if entered.get("trigger") == trigger.name else {}
        names = targets_of(trigger, self.meta.people)
        targets = "".join(_option(name, chosen=chosen.get("target", "")) for name in names)
        properties: dict[str, Any] = trigger.options.model_json_schema().get("properties", {})
        options = "".join(_field(name, schema, chosen.get(f"option.{name}")) for name, schema in properties.items())
        where = _server(server) if trigger.tells_server else ""
        return f"""<form class="card trigger" method="post" action="{PATH}/trigger"><div class="in">
<h3>{trigger.name}</h3><p class="soft">{escape(trigger.about)}.</p>
<label>{trigger.target.capitalize()} <select name="target">{targets}</select></label>{options}{where}
<button name="trigger" value="{trigger.name}">{trigger.name}</button></div></form>"""


def _told(outcome: Outcome) -> str:
    delivery = outcome.delivery
    if delivery is None:
        return f'<p class="card told" role="status">{escape(outcome.did)}</p>'
    kind = "told" if delivery.accepted else "problem"
    answer = f"<br><code>{escape(delivery.body)}</code>" if delivery.body.strip() else ""
    return f'<p class="card {kind}" role="status">{escape(outcome.did)}<br>{escape(delivery.said)}{answer}</p>'


def _clock(now: str, how_far: str) -> str:
    buttons = "".join(f'<button name="by" value="{by}">{by}</button>' for by in LEAPS)
    return f"""<div class="card"><div class="in"><p><b>{now}</b> <span class="soft">{how_far}</span></p>
<form class="leaps" method="post" action="{PATH}/clock">{buttons}</form>
<form class="leaps" method="post" action="{PATH}/clock"><input name="by" placeholder="+1d12h" required>
<button>Move</button></form></div></div>"""


def _server(server: str) -> str:
    return f'<label>Server under test <input name="server" value="{escape(server)}" placeholder="http://127.0.0.1:8000"></label>'


def _field(name: str, schema: dict[str, Any], entered: str | None) -> str:
    text = str(schema["default"]) if entered is None else entered
    told = f'{escape(name)} <span class="soft">{escape(schema["description"])}</span>'
    if "enum" in schema:
        options = "".join(_option(str(one), chosen=text) for one in schema["enum"])
        return f'<label>{told} <select name="option.{name}">{options}</select></label>'
    return f'<label>{told} <input name="option.{name}" value="{escape(text)}"></label>'


def _option(value: str, *, chosen: str) -> str:
    selected = " selected" if value == chosen else ""
    return f'<option value="{escape(value)}"{selected}>{escape(value)}</option>'


def _plain(text: str) -> object:
    return int(text) if text.isdecimal() else text
