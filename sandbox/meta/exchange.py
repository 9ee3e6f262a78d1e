"""The ground of Meta's faults: the call they look into and the refusal they answer."""

from dataclasses import dataclass

from starlette.responses import Response

from sandbox.faults import Exchange, Fault
from sandbox.meta import errors
from sandbox.meta.apps import FACEBOOK
from sandbox.meta.call import Call
from sandbox.meta.envelope import envelope
from sandbox.meta.errors import GraphError


@dataclass(frozen=True, slots=True)
class MetaExchange(Exchange):
    """A call to Meta that could be read."""

    call: Call

    def broken(self) -> Response:
        """Return HTTP 500 with code 2, "please retry your request later"."""
        return refuse(self, errors.unexpected())


class MetaFault(Fault):
    """A fault that looks into the call; to one whose parameters could not be read it does not happen."""

    def can_strike(self, exchange: Exchange) -> bool:
        """Say whether the call is one that this fault changes."""
        return isinstance(exchange, MetaExchange) and self.concerns(exchange.call)

    def concerns(self, call: Call) -> bool:  # noqa: ARG002 - for subclasses
        """Say whether it makes a difference to this call."""
        return True


def call_of(exchange: Exchange) -> Call:
    """Return the call; `can_strike` has made sure that there is one."""
    if not isinstance(exchange, MetaExchange):
        raise TypeError("This fault happens to calls to Meta only.")
    return exchange.call


def refuse(exchange: Exchange, error: GraphError) -> Response:
    """Answer a refusal in Meta's envelope."""
    app = exchange.call.app if isinstance(exchange, MetaExchange) else FACEBOOK
    return envelope(error, exchange.request_id, app)
