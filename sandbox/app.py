"""The ASGI application: one world, the stand-ins in it, their administration and the public's view."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.admin import Admin
from sandbox.control_page import ControlPage
from sandbox.dated import Dated
from sandbox.door import OwnPagesOnly
from sandbox.fault_admin import FaultAdmin
from sandbox.fault_page import FaultPage
from sandbox.meta.apps import INSTAGRAM
from sandbox.meta.call import Meta
from sandbox.meta.call_budget import CallBudgets
from sandbox.meta.faults import stand
from sandbox.meta.publishing import Settled
from sandbox.meta.routes import Routes
from sandbox.pages import Pages
from sandbox.request_page import RequestPage
from sandbox.stand_ins import stand_ins
from sandbox.state import SavedFirst
from sandbox.trigger_admin import TriggerAdmin
from sandbox.world import World, new_world


def create_app(world: World | None = None) -> Starlette:
    """Return the sandbox as an ASGI application.

    Args:
        world: The state to serve; a new, empty one by default. It is closed when the application's lifespan ends.
    """
    world = world or new_world()
    meta, budgets = Meta(world), CallBudgets()
    stand(meta)
    world.state.save()

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        yield
        await world.aclose()

    return Starlette(
        middleware=[
            Middleware(Dated, clock=world.clock),
            Middleware(OwnPagesOnly),
            Middleware(SavedFirst, state=world.state),
            Middleware(Settled, meta=meta),
        ],
        routes=[
            *Routes(meta, budgets).routes(),
            *Routes(meta, budgets, INSTAGRAM).routes(),
            *(route for one in stand_ins(world) for route in one.routes()),
            *Admin(meta).routes(),
            *FaultAdmin(world).routes(),
            *FaultPage(meta).routes(),
            *TriggerAdmin(meta).routes(),
            *ControlPage(meta).routes(),
            *RequestPage(world).routes(),
            *world.samples.routes(),
            *Pages(world).routes(),
            Route("/healthz", _healthz),
        ],
        lifespan=lifespan,
    )


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok\n")
