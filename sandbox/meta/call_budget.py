"""How much of its calls an hour a Page or Instagram account has used, counted call by call, told in a header.

Source: "Rate limits" on developers.facebook.com, 2026-11-22: the header is in percent, the time to regain access in
minutes; what a call too many is answered is in its table of error codes. How many calls there are depends on figures
that only Meta has; the setting `calls_per_hour` stands for them.
"""

from collections import deque
from dataclasses import dataclass, field

import orjson
from starlette.responses import Response

from sandbox.meta.call import Call
from sandbox.meta.errors import throttled
from sandbox.meta.personas import InstagramAccount
from sandbox.violations import Violation

HOUR = 3_600.0
FULL = 100
HEADER = "x-business-use-case-usage"


@dataclass(slots=True)
class Spent:
    """When an account was called within the last hour, and since when its caller has been told that it is too much."""

    moments: deque[float] = field(default_factory=deque[float])
    told_at: float | None = None

    def forget(self, now: float) -> None:
        """Forget calls that are an hour old."""
        while self.moments and self.moments[0] <= now - HOUR:
            self.moments.popleft()


@dataclass(slots=True)
class CallBudgets:
    """What each account has used; forgotten when the sandbox ends."""

    _spent: dict[str, Spent] = field(default_factory=dict[str, Spent])

    def spend(self, call: Call) -> None:
        """Count a call; one too many is refused, and put on record when its caller had been told.

        Raises:
            GraphError: 80001 for a Page, 80002 for an Instagram account.
        """
        if (most := call.meta.settings.calls_per_hour) == 0 or call.account_id is None:
            return
        spent = self._of(call)
        if len(spent.moments) < most:
            spent.moments.append(call.now)
            spent.told_at = None
            return
        if spent.told_at is None:
            spent.told_at = call.now
        else:
            _record(call, spent)
        raise throttled(80002 if _is_instagram(call) else 80001)

    def tell(self, call: Call, answer: Response) -> None:
        """Put into an answer's header how much is used, once that is a percent; a fault's own header stays."""
        if (most := call.meta.settings.calls_per_hour) == 0 or call.account_id is None or HEADER in answer.headers:
            return
        spent = self._of(call)
        percent = min(FULL, FULL * len(spent.moments) // most)
        left = spent.moments[0] + HOUR - call.now if spent.told_at is not None else 0
        if percent:
            usage = {"call_count": percent, "total_cputime": 0, "total_time": 0}
            kind = "instagram" if _is_instagram(call) else "pages"
            case = {"type": kind, **usage, "estimated_time_to_regain_access": -(-int(left) // 60)}
            answer.headers[HEADER] = orjson.dumps({call.account_id: [case]}).decode()

    def _of(self, call: Call) -> Spent:
        spent = self._spent.setdefault(call.account_id or "", Spent())
        spent.forget(call.now)
        return spent


def _is_instagram(call: Call) -> bool:
    return isinstance(call.meta.people.instagram_accounts.get(call.account_id or ""), InstagramAccount)


def _record(call: Call, spent: Spent) -> None:
    until = spent.moments[0] + HOUR
    call.meta.world.violations.add(
        Violation(
            kind="called_while_throttled",
            request_id=call.trace_id,
            endpoint=f"{call.method} {call.path.rpartition('/')[2]}",
            account_id=call.account_id,
            at=call.now,
            told_at=spent.told_at or call.now,
            until=until,
            detail=f"Called {until - call.now:.0f} s before the oldest call is an hour old.",
        )
    )
