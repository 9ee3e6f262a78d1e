"""When the platform is asked to publish later: reading the time, and what it takes."""

from datetime import UTC, datetime

from sandbox.meta import facts
from sandbox.meta.call import Call
from sandbox.meta.errors import invalid_parameter


def scheduled_time(call: Call) -> float | None:
    """Return `scheduled_publish_time` in unix seconds, or None where there is none.

    Raises:
        GraphError: 100, if it is no time, or not 10 minutes to 30 days ahead.
    """
    text = call.params.text("scheduled_publish_time")
    if not text:
        return None
    moment = _read(text)
    earliest, latest = call.now + facts.SCHEDULE_MIN_SECONDS, call.now + facts.SCHEDULE_MAX_SECONDS
    if moment is None or not earliest <= moment <= latest:
        raise invalid_parameter(
            "The specified scheduled publish time is invalid. It has to be between 10 minutes and 30 days from now."
        )
    return moment


def _read(text: str) -> float | None:
    if text.isdecimal() and len(text) < facts.LONGEST_UNIX_TIME:
        return float(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
