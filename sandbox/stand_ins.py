"""The stand-ins beside Meta's, each below a path of its own, and the labels of everything that can be called.

The next platform plugs in here: a line in `stand_ins`, a line in `endpoint_labels`. Its state is shelves of the world's
state, so that a reset empties it, and it looks up the world's clock, ledger and faults at each call.
"""

from typing import Protocol

from starlette.routing import Route

from sandbox.linkedin import endpoints as linkedin
from sandbox.linkedin.routes import LinkedInRoutes
from sandbox.meta import endpoints as meta
from sandbox.world import World
from sandbox.x import endpoints as x
from sandbox.x.routes import XRoutes


class StandIn(Protocol):
    """A platform beside Meta."""

    def routes(self) -> list[Route]:
        """Return the platform's HTTP routes, and those of its administration below `/_admin`."""
        ...


def stand_ins(world: World) -> list[StandIn]:
    """Return the platforms beside Meta, over one world."""
    return [
        LinkedInRoutes(world),
        XRoutes(world),
    ]


def endpoint_labels() -> list[str]:
    """Return every label that a fault rule or a query of the request log may name."""
    return sorted(
        {
            *meta.endpoint_labels(),
            *linkedin.endpoint_labels(),
            *x.endpoint_labels(),
        }
    )
