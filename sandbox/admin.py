"""Administration under `/_admin`: ledger, faults, clock, personas and settings, request log. JSON in and out."""

from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.calls import CallRecord
from sandbox.clock import iso
from sandbox.faults import FAULTS, Rule
from sandbox.ledger import Entry
from sandbox.meta.call import Meta
from sandbox.meta.personas import NAMED, Person
from sandbox.meta.routes import endpoint_labels
from sandbox.meta.settings import Settings
from sandbox.numbers import whole

DEFAULT_CALLS = 1000
MAX_LEAP_SECONDS = 10 * 365 * 86_400


class RuleRequest(BaseModel):
    """A fault to put in force. With neither `nth` nor `next`, it happens to every matching call."""

    model_config = ConfigDict(extra="forbid")

    endpoint: str = Field(min_length=1)
    fault: str
    nth: int | None = Field(default=None, ge=1)
    next: int | None = Field(default=None, ge=1)
    account: str | None = None
    options: dict[str, Any] = Field(default_factory=dict)


class ClockRequest(BaseModel):
    """How far to move time forward."""

    model_config = ConfigDict(extra="forbid")

    advance_seconds: float = Field(ge=0, le=MAX_LEAP_SECONDS)


class TokensRequest(BaseModel):
    """Whose tokens to invalidate, and why: 458 app removed, 460 password changed, 463 expired, 492 role lost."""

    model_config = ConfigDict(extra="forbid")

    persona: str
    subcode: int = Field(ge=458, le=493)


@dataclass(frozen=True, slots=True)
class Admin:
    """The administration of one sandbox."""

    meta: Meta

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route("/_admin/ledger", self.ledger, methods=["GET", "DELETE"]),
            Route("/_admin/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/_admin/clock", self.clock, methods=["GET", "POST"]),
            Route("/_admin/personas", self.personas, methods=["GET", "POST"]),
            Route("/_admin/tokens", self.tokens, methods=["POST"]),
            Route("/_admin/calls", self.calls, methods=["GET", "DELETE"]),
        ]

    async def ledger(self, request: Request) -> Response:
        """List what became public (`?account=` one account's, `?after=` a sequence on), or clear the list."""
        ledger = self.meta.world.ledger
        if request.method == "DELETE":
            return Json({"removed": ledger.clear()})
        entries = ledger.entries(request.query_params.get("account"))
        after = whole(request.query_params.get("after"), 0)
        origin = self.meta.world.public_url or f"{request.url.scheme}://{request.url.netloc}"
        shown = [_entry(entry, origin) for entry in entries if entry.sequence > after]
        return Json({"count": len(shown), "entries": shown})

    async def faults(self, request: Request) -> Response:
        """List the rules, add one, or lift one (`?id=`) or all."""
        registry = self.meta.world.faults
        if request.method == "DELETE":
            rule_id = request.query_params.get("id")
            return Json({"removed": registry.remove(None if rule_id is None else whole(rule_id, -1))})
        if request.method == "POST":
            return await self._add_fault(request)
        options = {name: list(kind.model_fields) for name, kind in sorted(FAULTS.items())}
        rules = [_rule(rule) for rule in registry.rules.values()]
        return Json({"rules": rules, "faults": options, "endpoints": endpoint_labels()})

    async def clock(self, request: Request) -> Response:
        """Say what time it is, or move it forward."""
        clock = self.meta.world.clock
        if request.method == "POST":
            try:
                wish = ClockRequest.model_validate_json(await request.body())
            except ValidationError as error:
                return _unprocessable(error)
            clock.advance(wish.advance_seconds)
        now = clock.now()
        return Json({"now": iso(now), "unix": now, "offset_seconds": clock.offset_seconds})

    async def personas(self, request: Request) -> Response:
        """Show personas and settings, or change the settings named in the body."""
        if request.method == "POST":
            try:
                changes = orjson.loads(await request.body())
                self.meta.settings = Settings.model_validate({**self.meta.settings.model_dump(), **changes})
            except ValidationError as error:
                return _unprocessable(error)
            except (orjson.JSONDecodeError, TypeError):
                return Json({"error": "The body must be a JSON object of settings."}, 422)
        known = [self.meta.people.person(name) for name in NAMED if "N" not in name]
        known += [one for one in self.meta.people.persons.values() if one not in known]
        return Json(
            {
                "personas": NAMED,
                "settings": self.meta.settings.model_dump(),
                "people": {person.persona: _person(person) for person in known},
            }
        )

    async def tokens(self, request: Request) -> Response:
        """Invalidate all tokens of a persona."""
        try:
            wish = TokensRequest.model_validate_json(await request.body())
            person = self.meta.people.person(wish.persona)
        except ValidationError as error:
            return _unprocessable(error)
        except ValueError as error:
            return Json({"error": str(error)}, 422)
        return Json({"invalidated": self.meta.tokens.kill(person.id, wish.subcode)})

    async def calls(self, request: Request) -> Response:
        """List and count calls (`?endpoint=`, `?account=`, `?after=` a sequence, `?limit=`), or forget them."""
        log = self.meta.world.calls
        if request.method == "DELETE":
            log.clear()
            return Json({"cleared": True})
        query = request.query_params
        limit = whole(query.get("limit"), DEFAULT_CALLS)
        found = [record for record in log.records if _wanted(record, query.get("endpoint"), query.get("account"))]
        after = whole(query.get("after"), 0)
        shown = [asdict(record) for record in found if record.sequence > after][-limit:] if limit else []
        endpoints = {label: asdict(counts) for label, counts in log.endpoints.items()}
        return Json(
            {"count": len(found), "max_concurrency": log.max_concurrency, "endpoints": endpoints, "calls": shown}
        )

    async def _add_fault(self, request: Request) -> Response:
        try:
            wish = RuleRequest.model_validate_json(await request.body())
            if not any(fnmatchcase(label, wish.endpoint) for label in endpoint_labels()):
                return Json({"error": f"There is no such endpoint; there are {', '.join(endpoint_labels())}."}, 422)
            rule = self.meta.world.faults.add(
                endpoint=wish.endpoint,
                name=wish.fault,
                options=wish.options,
                account_id=wish.account,
                nth=wish.nth,
                next_calls=wish.next,
            )
        except ValidationError as error:
            return _unprocessable(error)
        except KeyError:
            return Json({"error": f"There is no fault of that name; there are {', '.join(sorted(FAULTS))}."}, 422)
        return Json(_rule(rule), 201)


def _wanted(record: CallRecord, endpoint: str | None, account: str | None) -> bool:
    return endpoint in (None, record.endpoint) and account in (None, record.account_id)


def _entry(entry: Entry, origin: str) -> dict[str, Any]:
    return {
        **asdict(entry),
        "permalink": f"{origin}{entry.path}",
        "published_at": iso(entry.published_at),
        "published_at_unix": entry.published_at,
        "deleted_at": None if entry.deleted_at is None else iso(entry.deleted_at),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "endpoint": rule.endpoint,
        "fault": rule.name,
        "options": rule.fault.model_dump(),
        "account": rule.account_id,
        "nth": rule.nth,
        "next": rule.next_calls,
        "hits": rule.hits,
        "fired": rule.fired,
    }


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "pages": [asdict(page) for page in person.pages]}


def _unprocessable(error: ValidationError) -> Response:
    problems = [{"where": ".".join(map(str, item["loc"])), "problem": item["msg"]} for item in error.errors()]
    return Json({"error": "The sandbox cannot use this.", "problems": problems}, 422)
