"""What the upload host does whatever is uploaded: take the next bytes, or fetch all of them; its own shape of errors.

Source: "Reels Publishing API" on developers.facebook.com, 2026-07-30, with its table of errors; the sentence about a
header that is no number is from a recorded answer.
"""

from collections.abc import Callable

from starlette.responses import Response

from sandbox.answers import Json
from sandbox.meta.call import Call
from sandbox.meta.errors import GraphError
from sandbox.meta.videos import fetch_into

BAD_REQUEST = 400


class UploadError(Exception):
    """A refusal of the upload host."""

    def __init__(self, kind: str, message: str, *, status: int = BAD_REQUEST, retriable: bool = False) -> None:
        super().__init__(message)
        self.kind, self.status, self.retriable = kind, status, retriable

    def answer(self) -> Response:
        """Return it in the host's shape."""
        body = {"retriable": self.retriable, "type": self.kind, "message": str(self)}
        return Json({"debug_info": body}, status_code=self.status)


def receive_piece(call: Call, object_id: str, *, known_size: int | None, remember: Callable[[int], None]) -> None:
    """Take the bytes that follow on those that are there; all are kept although some are still missing.

    Args:
        call: The upload.
        object_id: What it is of.
        known_size: The size of the whole file, when an earlier piece named it.
        remember: Keeps that size.

    Raises:
        UploadError: If they do not follow, or are not the last.
    """
    offset, size = header_number(call, "offset"), header_number(call, "file_size")
    store = call.meta.world.videos
    if offset != store.uploaded(object_id) or known_size not in (None, size):
        raise not_awaited()
    arrived = call.upload.stat().st_size if call.upload else 0
    if not size or offset + arrived > size:
        raise UploadError("PartialRequestError", "Partial request (did not match length of file)")
    remember(size)
    call.meta.graph.objects.touch(object_id)
    if call.upload is None or store.append(object_id, call.upload) < size:
        raise UploadError("PartialRequestError", "Partial request (did not match length of file)", retriable=True)


async def receive_whole(call: Call, object_id: str, url: str, *, is_awaited: Callable[[], bool]) -> int:
    """Fetch the bytes from the publisher's address, all at once, and return how many they are.

    Raises:
        UploadError: If some are there already, or they cannot be fetched.
    """
    store = call.meta.world.videos
    if not is_awaited() or store.uploaded(object_id):
        raise not_awaited()
    path = store.spool()
    try:
        await fetch_into(call, url, path)
        if not is_awaited():
            raise not_awaited()
        return store.append(object_id, path)
    except GraphError as error:
        text = f"Request processing failed: {error.user_message or error.message}"
        raise UploadError("ProcessingFailedError", text, retriable=True) from error
    finally:
        path.unlink(missing_ok=True)


def not_awaited() -> UploadError:
    """Say that no bytes are wanted at this place."""
    return UploadError("OffsetInvalidError", "Request starting offset is invalid")


def header_number(call: Call, name: str) -> int:
    """Return a header of the upload that has to be a number.

    Raises:
        UploadError: If it is none.
    """
    text = call.params.text(name) or ""
    if not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - what fits an unsigned long
        shown = "Offset" if name == "offset" else name
        message = (
            f"HeaderValuePredicate: Header {shown} not convertable to unsigned long"  # codespell:ignore convertable
        )
        raise UploadError("ParameterValidationError", message)
    return int(text)
