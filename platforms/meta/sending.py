"""Sending a file of a publication to Meta, a piece at a time."""

from collections.abc import AsyncGenerator
from dataclasses import replace

from platforms.base import DOUBTED, NAMELESS, Platform, Receipt, Work
from platforms.errors import Failure, FailureCode, OutcomeUnknownError, RejectedError

PIECE = 1024 * 1024


async def pieces(work: Work, number: int, start: int, size: int) -> AsyncGenerator[bytes]:
    """Read a file from `start` to its end, a megabyte at a time."""
    while start < size:
        piece = await work.read(number, start, min(PIECE, size - start))
        if not piece:
            return
        yield piece
        start += len(piece)


def receipt_of(post_id: object, platform: Platform) -> Receipt:
    """Take the id that a public call was answered with.

    Raises:
        OutcomeUnknownError: there is none.
    """
    if isinstance(post_id, str) and post_id:
        return Receipt(platform_post_id=post_id)
    message = f"{platform.label} accepted the post and did not say its id."
    raise OutcomeUnknownError(replace(unknown(message, platform), platform_code=NAMELESS))


def refused(work: Work, error: RejectedError, platform: Platform) -> RejectedError | OutcomeUnknownError:
    """Say what a refusal at the public call means: under a doubt it proves nothing.

    An earlier call may have gone out late, and what is public already is refused the second time.
    """
    if DOUBTED not in work.handles:
        return error
    told = unknown(f"It was refused the second time. {error.failure.message}", platform)
    return OutcomeUnknownError(replace(error.failure, code=told.code, message=told.message, hint=told.hint, issues=()))


def unknown(message: str, platform: Platform) -> Failure:
    """Say that a public call was made and nobody knows as which post, or whether."""
    hint = f"Nothing to do yet: the server looks for it at {platform.label}."
    return Failure(FailureCode.OUTCOME_UNKNOWN, platform, f"{message} It may be public.", hint)
