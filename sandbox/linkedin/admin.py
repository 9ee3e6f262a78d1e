"""`/_admin/linkedin`: the LinkedIn stand-in's members, apps, settings and tokens. JSON in and out."""

from dataclasses import dataclass
from typing import Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.linkedin.apps import APPS
from sandbox.linkedin.personas import NAMED, Member, members, persona_name
from sandbox.linkedin.settings import Settings
from sandbox.linkedin.state import LinkedIn


class TokensRequest(BaseModel):
    """Whose tokens to end, and how."""

    model_config = ConfigDict(extra="forbid")

    persona: str
    status: Literal["revoked", "expired"]

    @field_validator("persona")
    @classmethod
    def _known(cls, value: str) -> str:
        return persona_name(value)


@dataclass(frozen=True, slots=True)
class LinkedInAdmin:
    """The administration of one LinkedIn."""

    linkedin: LinkedIn

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route("/_admin/linkedin", self.show, methods=["GET", "POST"]),
            Route("/_admin/linkedin/tokens", self.tokens, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show members, apps and settings, or change the settings named in the body."""
        if request.method == "POST":
            try:
                changes = orjson.loads(await request.body())
                settings = {**self.linkedin.settings.model_dump(), **changes}
                self.linkedin.settings = Settings.model_validate(settings)
            except ValidationError as error:
                return _unprocessable(error)
            except (orjson.JSONDecodeError, TypeError):
                return Json({"error": "The body must be a JSON object of settings."}, 422)
        return Json(
            {
                "personas": NAMED,
                "settings": self.linkedin.settings.model_dump(),
                "apps": {app.name: {"id": app.id, "scopes": sorted(app.scopes)} for app in APPS.values()},
                "people": {name: _member(member) for name, member in members().items()},
            }
        )

    async def tokens(self, request: Request) -> Response:
        """Revoke a member's tokens, or let them run out."""
        try:
            wish = TokensRequest.model_validate_json(await request.body())
        except ValidationError as error:
            return _unprocessable(error)
        return Json({"ended": self.linkedin.tokens.end(wish.persona, wish.status, self.linkedin.world.clock.now())})


def _member(member: Member) -> dict[str, Any]:
    roles = [
        {"id": role.organisation.id, "name": role.organisation.name, "role": role.role, "state": role.state}
        for role in member.roles
    ]
    ids = {app.name: member.id_for(app) for app in APPS.values()}
    return {"name": member.full_name, "ids": ids, "organisations": roles}


def _unprocessable(error: ValidationError) -> Response:
    problems = [{"where": ".".join(map(str, item["loc"])), "problem": item["msg"]} for item in error.errors()]
    return Json({"error": "The sandbox cannot use this.", "problems": problems}, 422)
