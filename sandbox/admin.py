"""Administration under `/_admin`: ledger, clock, personas and settings, request log. JSON in and out."""

from dataclasses import asdict, dataclass
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.calls import CallLog, CallRecord
from sandbox.clock import iso
from sandbox.ledger import Entry, repeated
from sandbox.meta.call import Meta
from sandbox.meta.faults import stand
from sandbox.meta.personas import NAMED, Person
from sandbox.meta.settings import Settings
from sandbox.numbers import whole

DEFAULT_CALLS = 1000
MAX_LEAP_SECONDS = 10 * 365 * 86_400


class ClockRequest(BaseModel):
    """How far to move time; a negative number moves it back."""

    model_config = ConfigDict(extra="forbid")

    advance_seconds: float = Field(ge=-MAX_LEAP_SECONDS, le=MAX_LEAP_SECONDS)


class TokensRequest(BaseModel):
    """Whose tokens to invalidate, and why: 458 app removed, 460 password changed, 463 expired, 492 role lost."""

    model_config = ConfigDict(extra="forbid")

    persona: str
    subcode: int = Field(ge=458, le=493)


@dataclass(frozen=True, slots=True)
class Admin:
    """The administration of one sandbox, but for its faults."""

    meta: Meta

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route("/_admin/ledger", self.ledger, methods=["GET", "DELETE"]),
            Route("/_admin/clock", self.clock, methods=["GET", "POST"]),
            Route("/_admin/personas", self.personas, methods=["GET", "POST"]),
            Route("/_admin/tokens", self.tokens, methods=["POST"]),
            Route("/_admin/reset", self.reset, methods=["POST"]),
            Route("/_admin/calls", self.calls, methods=["GET", "DELETE"]),
        ]

    async def ledger(self, request: Request) -> Response:
        """List what became public and count what still is, or clear the list.

        `?account=` one account's, `?text=` with exactly this text, `?after=` a sequence on.
        """
        ledger = self.meta.world.ledger
        if request.method == "DELETE":
            return Json({"removed": ledger.clear()})
        query = request.query_params
        after, text = whole(query.get("after"), 0), query.get("text")
        found = [
            entry
            for entry in ledger.entries(query.get("account"))
            if entry.sequence > after and text in (None, entry.text)
        ]
        origin = self.meta.world.public_url or f"{request.url.scheme}://{request.url.netloc}"
        live = sum(entry.deleted_at is None for entry in found)
        copies = [_copies(group) for group in repeated(found)]
        shown = [_entry(entry, origin) for entry in found]
        return Json({"count": len(found), "live": live, "repeated": copies, "entries": shown})

    async def clock(self, request: Request) -> Response:
        """Say what time it is, or move it."""
        clock = self.meta.world.clock
        if request.method == "POST":
            try:
                clock.advance(ClockRequest.model_validate_json(await request.body()).advance_seconds)
            except ValidationError as error:
                return _unprocessable(error)
            except ValueError as error:
                return Json({"error": str(error)}, 422)
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

    async def reset(self, _request: Request) -> Response:
        """Forget everything: people, tokens, posts, ledger, faults, settings, pictures; the clock is the host's."""
        self.meta.reset()
        stand(self.meta)
        return Json({"reset": True})

    async def calls(self, request: Request) -> Response:
        """List and count calls, or forget them.

        `?endpoint=` a label, `?account=` an id, `?path=` a part of path or label, `?status=` as in `CallLog.search`,
        `?after=` a sequence on, `?limit=` the newest so many, `?contents=1` with what they carried, masked.
        """
        log = self.meta.world.calls
        if request.method == "DELETE":
            log.clear()
            return Json({"cleared": True})
        query = request.query_params
        limit = whole(query.get("limit"), DEFAULT_CALLS)
        searched = log.search(path=query.get("path", ""), status=query.get("status", ""))
        found = [record for record in searched if _wanted(record, query.get("endpoint"), query.get("account"))][::-1]
        after = whole(query.get("after"), 0)
        shown = [asdict(record) for record in found if record.sequence > after][-limit:] if limit else []
        if query.get("contents"):
            shown = [{**record, "contents": _contents(log, record["sequence"])} for record in shown]
        endpoints = {label: asdict(counts) for label, counts in log.endpoints.items()}
        return Json(
            {"count": len(found), "max_concurrency": log.max_concurrency, "endpoints": endpoints, "calls": shown}
        )


def _wanted(record: CallRecord, endpoint: str | None, account: str | None) -> bool:
    return endpoint in (None, record.endpoint) and account in (None, record.account_id)


def _contents(log: CallLog, sequence: int) -> dict[str, Any] | None:
    kept = log.contents.get(sequence)
    return None if kept is None else asdict(kept)


def _entry(entry: Entry, origin: str) -> dict[str, Any]:
    return {
        **asdict(entry),
        "permalink": f"{origin}{entry.path}",
        "published_at": iso(entry.published_at),
        "published_at_unix": entry.published_at,
        "deleted_at": None if entry.deleted_at is None else iso(entry.deleted_at),
    }


def _copies(group: list[Entry]) -> dict[str, Any]:
    first = group[0]
    return {
        "account_id": first.account_id,
        "text": first.text,
        "copies": len(group),
        "public_ids": [entry.public_id for entry in group],
    }


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "pages": [asdict(page) for page in person.reachable]}


def _unprocessable(error: ValidationError) -> Response:
    problems = [{"where": ".".join(map(str, item["loc"])), "problem": item["msg"]} for item in error.errors()]
    return Json({"error": "The sandbox cannot use this.", "problems": problems}, 422)
