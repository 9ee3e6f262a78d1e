"""What a platform sends a browser back with. The state says whose sign-in it is."""

from publishing import models, records
from publishing.connections import hash_state, take_answer
from publishing.deps import Deps
from publishing.store import store_errors


@store_errors
async def receive_callback(
    deps: Deps, *, callback_name: str, state: str | None, code: str | None, error: str | None
) -> records.ConnectionAttempt | None:
    """Take a redirect from a platform and wait for the worker; a second one is answered like the first.

    Returns:
        The attempt as it stands; None when the state is unknown, belongs to another platform's address, or to an
        environment that is switched off.
    """
    if not state:
        return None
    row = await models.ConnectionAttempt.get_or_none(state_hash=hash_state(state))
    if row is None or not deps.networks.has(row.environment):
        return None
    oauth = deps.networks.get(row.platform, row.environment).oauth
    if oauth is None or oauth.callback_name != callback_name:
        return None
    return await take_answer(deps, row, code=code, error=error)
