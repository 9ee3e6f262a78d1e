"""The administration of the X stand-in under `/_admin/x`: people and settings, tokens, what calls cost."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.clock import iso
from sandbox.x import facts
from sandbox.x.billing import balance
from sandbox.x.personas import BY_PERSONA, NAMED, Account, persona_name
from sandbox.x.settings import Settings
from sandbox.x.state import Charge, X

KINDS: dict[str, tuple[str, ...]] = {"access": ("access",), "refresh": ("refresh",), "all": ("access", "refresh")}


class TokensRequest(BaseModel):
    """Whose tokens end, and which."""

    model_config = ConfigDict(extra="forbid")

    persona: str
    what: Literal["access", "refresh", "all"] = "all"

    @field_validator("persona")
    @classmethod
    def _known(cls, value: str) -> str:
        return persona_name(value)


class CreditsRequest(BaseModel):
    """What an app has from now on: the app that all share, or the one of a persona that has its own."""

    model_config = ConfigDict(extra="forbid")

    usd: float = Field(ge=0, le=1_000_000)
    purse: str = "app"


@dataclass(frozen=True, slots=True)
class XAdmin:
    """The administration of one X."""

    x: X

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route("/_admin/x", self.settings, methods=["GET", "POST"]),
            Route("/_admin/x/tokens", self.tokens, methods=["POST"]),
            Route("/_admin/x/credits", self.credits, methods=["GET", "POST", "DELETE"]),
        ]

    async def settings(self, request: Request) -> Response:
        """Show personas and settings, or change the settings named in the body."""
        if request.method == "POST":
            try:
                changes = orjson.loads(await request.body())
                self.x.settings = Settings.model_validate({**self.x.settings.model_dump(), **changes})
            except ValidationError as error:
                return _unprocessable(error)
            except (orjson.JSONDecodeError, TypeError):
                return Json({"error": "The body must be a JSON object of settings."}, 422)
            if "credits_usd" in changes:
                self.x.balances.pop("app", None)
        people = {one.persona: _person(one) for one in BY_PERSONA.values() if one.persona in NAMED}
        return Json({"personas": NAMED, "settings": self.x.settings.model_dump(), "people": people})

    async def tokens(self, request: Request) -> Response:
        """End a persona's tokens."""
        try:
            wish = TokensRequest.model_validate_json(await request.body())
        except ValidationError as error:
            return _unprocessable(error)
        return Json({"invalidated": self.x.tokens.end_of(wish.persona, KINDS[wish.what])})

    async def credits(self, request: Request) -> Response:
        """Tell what calls cost (`?account=` one account's) and what is left, fill a purse, or forget the charges."""
        if request.method == "DELETE":
            removed = len(self.x.charges)
            self.x.charges.clear()
            return Json({"removed": removed})
        if request.method == "POST":
            try:
                wish = CreditsRequest.model_validate_json(await request.body())
            except ValidationError as error:
                return _unprocessable(error)
            if wish.purse not in self._purses():
                return Json({"error": f"There is no such purse; there are {', '.join(self._purses())}."}, 422)
            self.x.balances[wish.purse] = round(wish.usd * facts.MICRO)
        account = request.query_params.get("account")
        found = [one for one in self.x.charges.values() if account in (None, one.account_id)]
        return Json(
            {
                "total_usd": sum(one.micro_usd for one in found) / facts.MICRO,
                "left_usd": {purse: balance(self.x, purse) / facts.MICRO for purse in self._purses()},
                "charges": [_charge(one) for one in found],
            }
        )

    def _purses(self) -> list[str]:
        return ["app", *(one.persona for one in BY_PERSONA.values() if one.credits is not None)]


def _person(account: Account) -> dict[str, Any]:
    return {"id": account.id, "username": account.username, "name": account.name, "limit": account.limit}


def _charge(one: Charge) -> dict[str, Any]:
    return {**asdict(one), "usd": one.micro_usd / facts.MICRO, "at": iso(one.at)}


def _unprocessable(error: ValidationError) -> Response:
    problems = [{"where": ".".join(map(str, item["loc"])), "problem": item["msg"]} for item in error.errors()]
    return Json({"error": "The sandbox cannot use this.", "problems": problems}, 422)
