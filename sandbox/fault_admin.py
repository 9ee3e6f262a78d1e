"""Faults as JSON under `/_admin`: what there is, what is in force, and who called when it should have waited."""

from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.clock import iso
from sandbox.faults import ANY_ENDPOINT, FAULTS, Fault
from sandbox.numbers import whole
from sandbox.rules import Rule, When
from sandbox.stand_ins import endpoint_labels
from sandbox.violations import Violation
from sandbox.world import World


class RuleRequest(When):
    """A fault to put in force: its name, where it happens, its options, and which of the matching calls it strikes."""

    fault: str
    endpoint: str | None = Field(default=None, min_length=1)
    options: dict[str, Any] = Field(default_factory=dict)


class RuleRefusedError(ValueError):
    """A rule that cannot be; each problem has a place and a sentence. Nothing was changed."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("The sandbox cannot use this rule. " + " ".join(_sentence(*one) for one in problems))
        self.problems = problems


def put_in_force(world: World, asked: dict[str, Any] | bytes) -> Rule:
    """Check a rule and put it in force.

    Args:
        world: Whose rules and clock.
        asked: A `RuleRequest`, as values or as JSON.

    Raises:
        RuleRefusedError: If there is no such fault or endpoint, or they, the options or the counts do not fit.
    """
    try:
        wish = RuleRequest.model_validate_json(asked) if isinstance(asked, bytes) else RuleRequest.model_validate(asked)
    except ValidationError as error:
        raise RuleRefusedError(problems_of(error)) from error
    kind = FAULTS.get(wish.fault)
    if kind is None:
        raise RuleRefusedError([("fault", f"There is no such fault; there are {', '.join(sorted(FAULTS))}.")])
    _check_endpoint(kind, wish.endpoint)
    when = When.model_validate(wish.model_dump(include=set(When.model_fields)))
    try:
        return world.faults.add(
            wish.fault, now=world.clock.now(), endpoint=wish.endpoint, options=wish.options, when=when
        )
    except ValidationError as error:
        takes = ", ".join(kind.model_fields) or "none"
        found = [(f"options.{where}", f"{problem} (it takes {takes})") for where, problem in problems_of(error)]
        raise RuleRefusedError(found) from error


@cache
def endpoints_of(kind: type[Fault]) -> list[str]:
    """Return the labels of the endpoints that a fault can happen to."""
    return [label for label in endpoint_labels() if any(fnmatchcase(label, one) for one in kind.endpoints)]


def problems_of(error: ValidationError) -> list[tuple[str, str]]:
    """Return what is wrong, as places and sentences."""
    return [(".".join(map(str, item["loc"])), item["msg"]) for item in error.errors()]


@dataclass(frozen=True, slots=True)
class FaultAdmin:
    """The administration of one world's faults."""

    world: World

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route("/_admin/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/_admin/violations", self.violations, methods=["GET", "DELETE"]),
        ]

    async def faults(self, request: Request) -> Response:
        """List the rules with what there is to choose from, add a rule, or lift one (`?id=`) or all."""
        registry = self.world.faults
        if request.method == "DELETE":
            rule_id = request.query_params.get("id")
            return Json({"removed": registry.remove(None if rule_id is None else whole(rule_id, -1))})
        if request.method == "POST":
            return await self._add(request)
        now = self.world.clock.now()
        return Json(
            {
                "rules": [_rule(rule, now) for rule in registry.rules.values()],
                "faults": {name: list(kind.model_fields) for name, kind in sorted(FAULTS.items())},
                "choices": {name: _choice(kind) for name, kind in sorted(FAULTS.items())},
                "endpoints": endpoint_labels(),
            }
        )

    async def violations(self, request: Request) -> Response:
        """List what callers should not have done (`?account=` one account's), or forget it."""
        log = self.world.violations
        if request.method == "DELETE":
            return Json({"removed": log.clear()})
        account = request.query_params.get("account")
        found = [_violation(one) for one in log.records if account in (None, one.account_id)]
        return Json({"count": log.count if account is None else len(found), "violations": found})

    async def _add(self, request: Request) -> Response:
        try:
            rule = put_in_force(self.world, await request.body())
        except RuleRefusedError as refused:
            problems = [{"where": where, "problem": problem} for where, problem in refused.problems]
            return Json({"error": str(refused), "problems": problems}, 422)
        return Json(_rule(rule, self.world.clock.now()), 201)


def _check_endpoint(kind: type[Fault], endpoint: str | None) -> None:
    possible = endpoints_of(kind)
    if endpoint is None:
        if kind.endpoints == ANY_ENDPOINT:
            raise RuleRefusedError([("endpoint", f"Say where it happens: * or one of {', '.join(possible)}.")])
        return
    if not any(fnmatchcase(label, endpoint) for label in endpoint_labels()):
        raise RuleRefusedError([("endpoint", f"There is no such endpoint; there are {', '.join(endpoint_labels())}.")])
    if not any(fnmatchcase(label, endpoint) for label in possible):
        raise RuleRefusedError([("endpoint", f"This fault only happens to {', '.join(possible)}.")])


def _sentence(where: str, problem: str) -> str:
    return f"{where}: {problem}" if where else problem


@cache
def _choice(kind: type[Fault]) -> dict[str, Any]:
    options = kind.model_json_schema().get("properties", {})
    return {"meaning": kind.__doc__, "endpoints": list(kind.endpoints), "options": options}


def _rule(rule: Rule, now: float) -> dict[str, Any]:
    return {
        "id": rule.id,
        "endpoint": rule.endpoint,
        "fault": rule.name,
        "options": rule.fault.model_dump(),
        **rule.when.model_dump(),
        "over": rule.is_over(now),
        "hits": rule.hits,
        "fired": rule.fired,
    }


def _violation(one: Violation) -> dict[str, Any]:
    moments = {"at": iso(one.at), "told_at": iso(one.told_at), "until": iso(one.until)}
    return {**asdict(one), **moments, "seconds_after_told": one.at - one.told_at}
