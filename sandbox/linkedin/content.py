"""What a post holds beside its commentary: one of media, several images, an article, a poll."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sandbox.linkedin import facts, shapes
from sandbox.linkedin.call import Call
from sandbox.linkedin.errors import invalid_urn, invalid_value, known, missing_field, unknown_urn, unpermitted
from sandbox.linkedin.state import Asset, AssetKind

KINDS = ("media", "multiImage", "article", "poll")


@dataclass(frozen=True, slots=True)
class Content:
    """What the public sees of it, as the ledger has it."""

    kind: str
    images: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    link: str | None = None
    details: dict[str, Any] = field(default_factory=dict[str, Any])


def read_content(call: Call, value: Any, author: str) -> Content:
    """Check a post's content and return what it is.

    Raises:
        Refusal: 400 or 403, named by the field's path.
    """
    held = shapes.record(value, "/content", KINDS)
    if len(held) != 1:
        raise invalid_value("/content", f"is exactly one of {', '.join(KINDS)}")
    ((kind, inner),) = held.items()
    readers = {"media": _media, "multiImage": _images, "article": _article, "poll": _poll}
    return readers[kind](call, inner, author)


def _media(call: Call, value: Any, author: str) -> Content:
    path = "/content/media"
    held = shapes.record(value, path, ("id", "altText", "title"), ("id",))
    asset = _asset(call, held["id"], f"{path}/id", ("image", "video", "document"), author)
    title = shapes.text(held.get("title", ""), f"{path}/title", facts.MAX_TITLE)
    alt = shapes.text(held.get("altText", ""), f"{path}/altText", facts.MAX_ALT_TEXT)
    if alt and asset.kind != "image":
        raise unpermitted(f"{path}/altText")
    if asset.kind == "document" and not title.strip():
        raise missing_field(f"{path}/title")
    titled = {"title": title} if title else {}
    if asset.kind == "image":
        return Content("image", (asset.hash or "",), (alt,), details=titled)
    if asset.kind == "video":
        return Content("video", videos=(asset.hash or "",), details=titled)
    return Content("document", details={**titled, "document_hash": asset.hash})


def _images(call: Call, value: Any, author: str) -> Content:
    path = "/content/multiImage/images"
    held = shapes.record(value, "/content/multiImage", ("images",), ("images",))
    images = shapes.items(held["images"], path, facts.MIN_PICTURES, facts.MAX_PICTURES)
    hashes, alts = list[str](), list[str]()
    for position, one in enumerate(images):
        place = f"{path}/{position}"
        image = shapes.record(one, place, ("id", "altText"), ("id",))
        hashes.append(_asset(call, image["id"], f"{place}/id", ("image",), author).hash or "")
        alts.append(shapes.text(image.get("altText", ""), f"{place}/altText", facts.MAX_ALT_TEXT))
    return Content("images", tuple(hashes), tuple(alts))


def _article(call: Call, value: Any, author: str) -> Content:
    path = "/content/article"
    held = shapes.record(value, path, ("source", "title", "description", "thumbnail"), ("source", "title"))
    source = shapes.text(held["source"], f"{path}/source", 8_192, blank=False)
    parts = urlsplit(source)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise invalid_value(f"{path}/source", "is no address")
    title = shapes.text(held["title"], f"{path}/title", facts.MAX_TITLE - 1, blank=False)
    description = shapes.text(held.get("description", ""), f"{path}/description", facts.MAX_DESCRIPTION - 1)
    hashes: tuple[str, ...] = ()
    if "thumbnail" in held:
        hashes = (_asset(call, held["thumbnail"], f"{path}/thumbnail", ("image",), author).hash or "",)
    return Content("article", hashes, link=source, details={"title": title, "description": description})


def _poll(_call: Call, value: Any, _author: str) -> Content:
    path = "/content/poll"
    held = shapes.record(value, path, ("question", "options", "settings"), ("question", "options", "settings"))
    question = shapes.text(held["question"], f"{path}/question", facts.MAX_QUESTION, blank=False)
    options = shapes.items(held["options"], f"{path}/options", facts.MIN_OPTIONS, facts.MAX_OPTIONS)
    texts: list[str] = []
    for position, one in enumerate(options):
        place = f"{path}/options/{position}"
        text = shapes.record(one, place, ("text",), ("text",))["text"]
        texts.append(shapes.text(text, f"{place}/text", facts.MAX_OPTION, blank=False))
    settings = shapes.record(
        held["settings"],
        f"{path}/settings",
        ("duration", "voteSelectionType", "isVoterVisibleToAuthor"),
        ("duration",),
    )
    duration = shapes.choice(settings["duration"], f"{path}/settings/duration", facts.POLL_DURATIONS)
    return Content("poll", details={"question": question, "options": texts, "duration": duration})


def _asset(call: Call, urn: Any, path: str, kinds: tuple[AssetKind, ...], author: str) -> Asset:
    """Return an asset that is ready, of the right kind, and the author's own.

    Raises:
        Refusal: 400 or 403.
    """
    if not isinstance(urn, str) or not urn.startswith(tuple(f"urn:li:{kind}:" for kind in kinds)):
        raise invalid_urn(path)
    asset = call.linkedin.assets.get(urn)
    if asset is None:
        raise unknown_urn(path)
    if asset.owner != author:
        raise unpermitted(path)
    status = asset.status(call.now)
    if status == "PROCESSING_FAILED":
        raise known("400 MEDIA_ASSET_PROCESSING_FAILED")
    taken_early = asset.kind == "image" and call.linkedin.settings.image_early == "ok" and status == "PROCESSING"
    if status != "AVAILABLE" and not taken_early:
        raise known("400 MEDIA_ASSET_WAITING_UPLOAD")
    return asset
