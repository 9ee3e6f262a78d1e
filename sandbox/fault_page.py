"""`/faults`: put faults in force by hand, see how often they struck, lift them, and say what a second publish does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import islice

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox import fault_form, html
from sandbox.clock import iso
from sandbox.fault_admin import RuleRefusedError, problems_of, put_in_force
from sandbox.meta.call import Meta
from sandbox.meta.settings import Settings
from sandbox.numbers import whole
from sandbox.rules import Rule
from sandbox.violations import Violation

PATH = "/faults"
SUGGESTIONS = 200
NEWEST_VIOLATIONS = 20
REPUBLISH = {
    "same_id": "answer the same id",
    "error_24_2207008": "refuse: 24/2207008, no such container",
    "error_9007": "refuse: 9007/2207027, not ready",
    "duplicate": "publish a second time",
}


@dataclass(frozen=True, slots=True)
class FaultPage:
    """The page over one sandbox's faults."""

    meta: Meta

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(PATH, self.add, methods=["POST"]),
            Route(f"{PATH}/lift", self.lift, methods=["POST"]),
            Route(f"{PATH}/policies", self.policies, methods=["POST"]),
            Route(f"{PATH}.css", self.style),
        ]

    async def show(self, request: Request) -> Response:
        """Answer the page; the query fills in the form."""
        return self._page(dict(request.query_params))

    async def add(self, request: Request) -> Response:
        """Put a rule in force; one that cannot be comes back with its form as it was filled in."""
        entered = await html.fields(request)
        try:
            put_in_force(self.meta.world, fault_form.asked(entered))
        except RuleRefusedError as refused:
            return self._page(entered, problem=str(refused))
        return _back()

    async def lift(self, request: Request) -> Response:
        """Lift the rule that the form names, or all."""
        rule_id = (await html.fields(request)).get("id")
        self.meta.world.faults.remove(None if rule_id is None else whole(rule_id, -1))
        return _back()

    async def policies(self, request: Request) -> Response:
        """Change what a second publish of a container and a repeated text do."""
        entered = await html.fields(request)
        wanted = {name: entered[name] for name in ("republish", "duplicate_seconds") if name in entered}
        try:
            self.meta.settings = Settings.model_validate({**self.meta.settings.model_dump(), **wanted})
        except ValidationError as error:
            problem = " ".join(f"{where}: {told}" for where, told in problems_of(error))
            return self._page(entered, problem=problem)
        return _back()

    async def style(self, _request: Request) -> Response:
        """Answer the page's own style sheet."""
        return Response(fault_form.style(), media_type="text/css", headers={"x-content-type-options": "nosniff"})

    def _page(self, entered: Mapping[str, str], *, problem: str | None = None) -> Response:
        told = f'<p class="card problem" role="alert">{escape(problem)}</p>' if problem else ""
        now = self.meta.world.clock.now()
        body = f"""<link rel="stylesheet" href="{PATH}.css">
<h1>Faults</h1>{told}
{_rules(list(self.meta.world.faults.rules.values()), now)}
<h2>Let something go wrong</h2>{fault_form.form(entered, islice(self._accounts(), SUGGESTIONS))}
<h2>What Meta does not document</h2>{_policies({**_policy_values(self.meta.settings), **entered})}
{_violations(list(self.meta.world.violations.records)[-NEWEST_VIOLATIONS:])}"""
        return html.page("Faults", body, status=422 if problem else 200)

    def _accounts(self) -> Iterator[tuple[str, str]]:
        for page in self.meta.people.pages.values():
            yield page.id, page.name
            if page.instagram is not None:
                yield page.instagram.id, f"@{page.instagram.username}"


def _back() -> Response:
    return RedirectResponse(PATH, status_code=303)


def _rules(rules: list[Rule], now: float) -> str:
    if not rules:
        return '<p class="soft">Nothing goes wrong on purpose.</p>'
    rows = "\n".join(_rule(rule, now) for rule in rules)
    return f"""<div class="card wide"><table>
<thead><tr><th>Fault</th><th>Where</th><th>Only</th><th>Matched</th><th>Struck</th><th></th></tr></thead>
<tbody>{rows}</tbody></table>
<form class="in" method="post" action="{PATH}/lift"><button>Lift all</button></form></div>"""


def _rule(rule: Rule, now: float) -> str:
    when = ", ".join(f"{name} {value}" for name, value in rule.when.model_dump(exclude_none=True).items())
    options = ", ".join(f"{name} {value}" for name, value in rule.fault.model_dump(exclude_none=True).items())
    over = " (over)" if rule.is_over(now) else ""
    return f"""<tr id="rule-{rule.id}"><td>{rule.name}<br><span class="soft">{escape(options)}</span></td>
<td>{escape(rule.endpoint)}</td><td>{escape(when)}{over}</td><td>{rule.hits}</td><td>{rule.fired}</td>
<td><form method="post" action="{PATH}/lift"><button name="id" value="{rule.id}">Lift</button></form></td></tr>"""


def _policy_values(settings: Settings) -> dict[str, str]:
    return {"republish": settings.republish, "duplicate_seconds": f"{settings.duplicate_seconds:g}"}


def _policies(values: Mapping[str, str]) -> str:
    options = "".join(
        f'<option value="{name}"{" selected" if name == values["republish"] else ""}>{told}</option>'
        for name, told in REPUBLISH.items()
    )
    return f"""<form class="card" method="post" action="{PATH}/policies"><div class="in">
<label>A second publish of a container <select name="republish">{options}</select></label>
<label>The same text on a Page is refused (506) for so many seconds
<input type="number" min="0" step="any" name="duplicate_seconds" value="{escape(values["duplicate_seconds"])}"></label>
<button>Change</button></div></form>"""


def _violations(newest: list[Violation]) -> str:
    if not newest:
        return ""
    rows = "".join(
        f"<tr><td>{iso(one.at)}</td><td>{escape(one.endpoint)}</td><td>{escape(one.account_id or '')}</td>"
        f"<td>{escape(one.detail)}</td></tr>"
        for one in reversed(newest)
    )
    return f"""<h2>Who called before a limit had passed</h2><div class="card wide"><table>
<thead><tr><th>When</th><th>Where</th><th>Account</th><th>What</th></tr></thead><tbody>{rows}</tbody></table></div>"""
