"""What is said of publications that ended: which parts of a thread are out, and what may be public as well."""

from collections.abc import Sequence
from uuid import UUID

from platforms.base import Platform
from platforms.errors import Failure, FailureCode
from publishing import failures, models
from publishing.doubts import in_doubt
from publishing.lifecycle import Reason, Status
from publishing.threads import PartOut, Place, parts_out, still_out

_ENDED = {
    Status.FAILED: "It had failed, and then an answer came late",
    Status.CANCELED: "It was called off, and then an answer came late",
    Status.DELETED: "It was deleted, and then an answer came late",
}
_AT_ONCE = 1000
"""Databases bound the parameters of a statement."""


async def tell_what_is_out(called_off: Sequence[UUID]) -> None:
    """Say of what is called off what of it stays out, and what may be public, whoever calls it off."""
    for start in range(0, len(called_off), _AT_ONCE):
        ids = called_off[start : start + _AT_ONCE]
        out, doubted = await parts_out(ids), await in_doubt(ids)
        for publication_id in {*out, *doubted}:
            row = await models.Publication.get(id=publication_id)
            failure = called_off_amid(row, out.get(row.id, ()), doubted=row.id in doubted)
            if failure is not None:
                await models.Publication.filter(id=row.id).update(error=failures.stored(failure, retryable=False))


async def tell_what_stopped(ids: Sequence[UUID]) -> None:
    """Say of what stopped before its next part, and waits for a person, what of its thread is out."""
    out = await parts_out(ids)
    if not out:
        return
    doubted = await in_doubt(list(out))
    for row in await models.Publication.filter(id__in=list(out)):
        failure = stopped_amid(row, out[row.id], doubted=row.id in doubted)
        await models.Publication.filter(id=row.id).update(error=failures.stored(failure, retryable=False))


def stopped_amid(row: models.Publication, out: Sequence[PartOut], *, doubted: bool) -> Failure:
    """Say of what stopped before its next part which parts are out; `doubted`: a call for the next was not answered."""
    of, part, died = len(row.thread or ()) + 1, len(out) + 1, row.reason is Reason.WORKER_CRASHED
    why = "Workers died while preparing it" if died else failures.TOO_LATE
    message = f"{why}, amid its thread: {_named(still_out(out), of)} out."
    if doubted:
        message += f" A call for part {part} had no clear answer, and it was not seen at {row.platform.label} since."
    hint = f"retryPublication goes on with part {part}, cancelPublication leaves it so, deletePublication deletes it."
    if died:
        hint = f"{failures.LOOK_INTO_LOG} {hint}"
    return Failure(FailureCode.PLATFORM_UNAVAILABLE, row.platform, message, hint)


def called_off_amid(row: models.Publication, out: Sequence[PartOut], *, doubted: bool) -> Failure | None:
    """Say of what was called off what stays out, and whether the next part may be; None when there is nothing to say.

    `out` are the parts that went out, `doubted` says that the part after them may be out as well.
    """
    of, left, label = len(row.thread or ()) + 1, still_out(out), row.platform.label
    if not left and not doubted:
        return None
    if not out:
        what = "it" if of == 1 else f"the first part of {of}"
        message = f"It was called off while nobody could tell whether {what} is public."
        return _unknown(row.platform, message, f"Look for it at {label}, and delete it there if you see it.")
    stays = f"{_named(left, of)} out and {'stays' if len(left) == 1 else 'stay'} so" if left else "what was out is gone"
    message = f"It was called off amid its thread: {stays}."
    if not doubted:
        hint = "deletePublication deletes what is out; `parts` shows it."
        return Failure(FailureCode.PLATFORM_REJECTED, row.platform, message, hint)
    hint = f"deletePublication looks for part {len(out) + 1} at {label}, and deletes it with what else is out."
    return _unknown(row.platform, f"{message} Part {len(out) + 1} may be out as well.", hint)


def deleted_but_for(platform: Platform, *, place: Place, why: str) -> Failure:
    """Say that all that is known of a thread is deleted, and that the part at a place may yet be out."""
    deleted = "the first part was" if place.number == 1 else f"the first {place.number} parts were"
    message = f"Of {place.of} parts {deleted} deleted. Part {place.number + 1} may be out: {why}"
    hint = (
        f"Look for part {place.number + 1} at {platform.label} and delete it there, then say with resolvePublication "
        "that it is not public. deletePublication looks once more."
    )
    return _unknown(platform, message, hint)


def came_late(row: models.Publication, out: Sequence[PartOut], *, begun: bool) -> Failure:
    """Say of what had ended that a part of its thread turned out to be public; `begun`: its deletion was."""
    of = len(row.thread or ()) + 1
    message = f"{_ENDED.get(row.status, 'An answer came late')}: {_named(still_out(out), of)} out."
    hint = "deletePublication deletes what is out; `parts` shows it."
    if not begun and row.status is not Status.CANCELED:
        hint = f"retryPublication goes on with part {len(out) + 1}; {hint}"
    return Failure(FailureCode.PLATFORM_REJECTED, row.platform, message, hint)


def public_twice(row: models.Publication, copies: Sequence[PartOut]) -> Failure:
    """Say which parts of a thread a call of which nobody had heard made public once more."""
    label, of = row.platform.label, len(row.thread or ()) + 1
    where = ", ".join(copy.receipt.permalink or copy.receipt.platform_post_id for copy in copies)
    numbers = ", ".join(str(copy.index + 1) for copy in copies)
    message = f"An answer came late: of {of} parts {numbers} may be public twice, the second time at {where}."
    hint = f"Delete it at {label} if you see it there; deletePublication deletes all that is out, and that as well."
    return Failure(FailureCode.PLATFORM_REJECTED, row.platform, message, hint)


def _named(parts: Sequence[PartOut], of: int) -> str:
    """Name parts, which are counted from 1, with the verb."""
    numbers = [part.index + 1 for part in parts]
    if numbers == [1]:
        return f"the first part of {of} is"
    if numbers == list(range(1, len(numbers) + 1)):
        return f"the first {len(numbers)} parts of {of} are"
    if len(numbers) == 1:
        return f"part {numbers[0]} of {of} is"
    return f"parts {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} of {of} are"


def _unknown(platform: Platform, message: str, hint: str) -> Failure:
    return Failure(FailureCode.OUTCOME_UNKNOWN, platform, message, hint)
