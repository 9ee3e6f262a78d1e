"""What the request log says about a call to Meta once it is over: who called, what was carried, what came back."""

from starlette.responses import Response

from sandbox.answers import CutConnection
from sandbox.calls import CUT, CallRecord, Contents
from sandbox.meta.call import Call, Meta
from sandbox.meta.errors import GraphError
from sandbox.meta.masking import error_of, masked_answer, masked_params

DIALOGS = ("/dialog/oauth", "/oauth/authorize")


def finish(
    meta: Meta,
    record: CallRecord,
    *,
    received: Call | GraphError | None,
    answer: Response | None,
    milliseconds: float,
    faults: tuple[str, ...],
) -> None:
    """Log the end of a call, and forget the bytes that came with it.

    Args:
        meta: The stand-in.
        record: What the log has of the call so far.
        received: The call, or why it could not be read; None where its sender left before it was there.
        answer: What goes out; None where the sandbox itself failed.
        milliseconds: How long it took.
        faults: What happened to it.
    """
    if isinstance(received, Call):
        if received.upload is not None:
            received.upload.unlink(missing_ok=True)
        record.token = received.fingerprint if received.token_text else None
        record.persona = _persona(received)
    if answer is not None:
        record.error = error_of(answer)
        carried = masked_params(received.params) if isinstance(received, Call) else {}
        meta.world.calls.keep(record, Contents(carried, masked_answer(answer)))
    status = CUT if answer is None or isinstance(answer, CutConnection) else answer.status_code
    meta.world.calls.finish(record, status=status, duration_ms=milliseconds, faults=faults)


def _persona(call: Call) -> str | None:
    """Return whose token or code it is, or who signs in."""
    meta = call.meta
    token = meta.tokens.find(call.token_text or call.params.text("fb_exchange_token") or "")
    code = meta.signins.code(call.params.text("code") or "")
    user_id = token.user_id if token else code.user_id if code else None
    if (person := meta.people.persons.get(user_id or "")) or (person := meta.people.holder_of(user_id or "")):
        return person.persona
    return call.params.text("persona") or meta.settings.persona if call.path.endswith(DIALOGS) else None
