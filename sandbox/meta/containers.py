"""A container's status, which follows from what it is and what time it is."""

from sandbox.meta.instagram_objects import Container

STATUS_TEXTS = {
    "IN_PROGRESS": "In Progress: Media is still being processed.",
    "FINISHED": "Finished: Media has been uploaded and it is ready to be published.",
    "PUBLISHED": "Published: Media has been published.",
    "EXPIRED": "Expired: Media was not published within 24 hours and has expired.",
}


def status_code(container: Container, now: float) -> str:
    """Return IN_PROGRESS, FINISHED, PUBLISHED, ERROR or EXPIRED."""
    if container.media_ids:
        return "PUBLISHED"
    if now >= container.expires_at:
        return "EXPIRED"
    if container.ready_at is None or now < container.ready_at:
        return "IN_PROGRESS"
    if container.failure is not None:
        return "ERROR"
    children = {status_code(child, now) for child in container.children}
    return next((code for code in ("ERROR", "EXPIRED", "IN_PROGRESS") if code in children), "FINISHED")


def status_text(container: Container, now: float) -> str:
    """Return the sentence of the `status` field."""
    code = status_code(container, now)
    if code != "ERROR":
        return STATUS_TEXTS[code]
    failed = next((one for one in (container, *container.children) if one.failure is not None), container)
    failure = failed.failure
    if failure is None:
        return "Error: Media upload has failed."
    if failure.code == 9004:  # noqa: PLR2004 - the one code whose status names the title in place of a number
        return f"Error: {failure.title}"
    return f"Error: Media upload has failed with error code {failure.subcode or failure.code}"
