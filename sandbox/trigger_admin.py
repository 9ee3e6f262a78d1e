"""Triggers as JSON under `/_admin`: what there is, on whom, and pulling one."""

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.meta.apps import APPS
from sandbox.meta.call import Meta
from sandbox.meta.people import People
from sandbox.meta.scene import Outcome, Scene, Trigger, TriggerError
from sandbox.meta.targets import TargetError, known_accounts, known_pages, meet_everyone
from sandbox.meta.triggers import TRIGGERS, pull

MOST_TARGETS = 300


class TriggerRequest(BaseModel):
    """What is to happen, to whom, and where the server under test is."""

    model_config = ConfigDict(extra="forbid")

    trigger: str
    target: str = Field(min_length=1)
    options: dict[str, Any] = Field(default_factory=dict)
    server: str | None = None


@dataclass(frozen=True, slots=True)
class TriggerAdmin:
    """The triggers of one sandbox."""

    meta: Meta

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [Route("/_admin/triggers", self.triggers, methods=["GET", "POST"])]

    async def triggers(self, request: Request) -> Response:
        """List the triggers with what they can happen to, or pull one."""
        if request.method == "GET":
            return Json({"triggers": [_described(one, self.meta.people) for one in TRIGGERS.values()]})
        try:
            wish = TriggerRequest.model_validate_json(await request.body())
            scene = Scene(self.meta, wish.server, origin_of(self.meta, request))
            outcome = await pull(scene, wish.trigger, wish.target, wish.options)
        except ValidationError as error:
            told = " ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}." for item in error.errors())
            return Json({"error": f"The sandbox cannot use this. {told}"}, 422)
        except (TriggerError, TargetError) as error:
            return Json({"error": str(error)}, 422)
        return Json(_told(outcome))


def origin_of(meta: Meta, request: Request) -> str:
    """Return the sandbox's own origin as its caller knows it."""
    return meta.world.public_url or f"{request.url.scheme}://{request.url.netloc}"


def targets_of(trigger: Trigger, people: People) -> list[str]:
    """Return what a trigger can happen to, by name: all that are known, within reason."""
    if trigger.target == "person":
        return [person.persona for person in meet_everyone(people)]
    if trigger.target == "app":
        return list(APPS)
    names = [page.name for page in known_pages(people)] if trigger.target != "instagram" else []
    if trigger.target != "page":
        names += [f"@{account.username}" for account in known_accounts(people)]
    return names[:MOST_TARGETS]


def _described(trigger: Trigger, people: People) -> dict[str, Any]:
    return {
        "trigger": trigger.name,
        "about": trigger.about,
        "target": trigger.target,
        "options": trigger.options.model_json_schema().get("properties", {}),
        "targets": targets_of(trigger, people),
    }


def _told(outcome: Outcome) -> dict[str, Any]:
    return {"did": outcome.did, "delivery": None if outcome.delivery is None else asdict(outcome.delivery)}
