"""What POST /{ig}/media may carry: which parameter goes with which shape, and what each may hold.

Source: IG user media reference on developers.facebook.com, 2026-09-28. It says what a parameter is for; that the others
refuse it is recorded for `collaborators`, and assumed for what the reference calls unsupported. What it only does not
mention is ignored, as Meta does.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.meta import instagram_facts as facts
from sandbox.meta.apps import INSTAGRAM
from sandbox.meta.call import Call
from sandbox.meta.errors import GraphError, invalid_parameter
from sandbox.meta.instagram_errors import publishing_error
from sandbox.meta.instagram_objects import InstagramKind
from sandbox.meta.params import Params, json_value

Shape = Literal["image", "image_item", "video_item", "reel", "story", "carousel"]
FEED: tuple[Shape, ...] = ("image", "reel", "carousel")
NOT_REFUSED: dict[str, tuple[Shape, ...]] = {
    "alt_text": ("image", "image_item"),
    "user_tags": ("image", "image_item", "video_item", "reel", "story"),
    "collaborators": FEED,
    "location_id": FEED,
}
"""Shapes that take a parameter; the others refuse it."""
NOT_IGNORED: dict[str, tuple[Shape, ...]] = {
    "caption": FEED,
    "cover_url": ("reel",),
    "thumb_offset": ("reel", "video_item"),
    "share_to_feed": ("reel",),
    "audio_name": ("reel",),
    "trial_params": ("reel",),
}
"""Shapes on which a parameter has an effect; the others ignore it."""
KINDS: dict[str, InstagramKind] = {
    "IMAGE": "IMAGE",
    "VIDEO": "VIDEO",
    "REELS": "REELS",
    "STORIES": "STORIES",
    "CAROUSEL": "CAROUSEL",
}
SHAPES: dict[tuple[InstagramKind, bool], Shape] = {
    ("IMAGE", False): "image",
    ("IMAGE", True): "image_item",
    ("VIDEO", True): "video_item",
    ("REELS", False): "reel",
    ("STORIES", False): "story",
    ("CAROUSEL", False): "carousel",
}
STRATEGIES = frozenset({"MANUAL", "SS_PERFORMANCE"})
USERNAME = re.compile(r"[A-Za-z0-9._]{1,30}")
PLACE_CATEGORIES = frozenset({"Bakery", "Coffee shop", "Shop", "Park", "Cafe", "Gym"})
"""Categories of the sandbox's Pages that have an address; a location is such a Page."""


@dataclass(frozen=True, slots=True)
class Order:
    """A container that somebody wants, every parameter checked, nothing fetched."""

    kind: InstagramKind
    shape: Shape
    caption: str
    image_url: str | None = None
    video_url: str | None = None
    is_resumable: bool = False
    cover_url: str | None = None
    thumb_offset: int | None = None
    alt_text: str = ""
    user_tags: tuple[dict[str, Any], ...] = ()
    children: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict[str, Any])


def read_order(call: Call) -> Order:
    """Read and check the parameters.

    Raises:
        GraphError: What the platform refuses at once.
    """
    params = call.params
    kind, shape = _shape(params)
    for name, shapes in NOT_REFUSED.items():
        if params.text(name) and shape not in shapes:
            raise invalid_parameter(f"Param {name} is not allowed for this media type.")
    image_url, video_url, is_resumable = _sources(params, shape, is_login=call.app is INSTAGRAM)
    caption = _caption(params, shape)
    return Order(
        kind=kind,
        shape=shape,
        caption=caption,
        image_url=image_url,
        video_url=video_url,
        is_resumable=is_resumable,
        cover_url=_wanted(params, "cover_url", shape),
        thumb_offset=_thumb_offset(params, shape),
        alt_text=_alt_text(params),
        user_tags=_user_tags(params, shape, is_video=image_url is None),
        children=tuple(params.names("children")) if shape == "carousel" else (),
        details=_details(call, shape),
    )


def _shape(params: Params) -> tuple[InstagramKind, Shape]:
    kind = KINDS.get((params.text("media_type") or "IMAGE").upper())
    if kind is None:
        raise publishing_error(2207023)
    is_item = params.flag("is_carousel_item", default=False)
    if kind == "VIDEO" and not is_item:
        raise publishing_error(2207067)
    shape = SHAPES.get((kind, is_item))
    if shape is None:
        raise invalid_parameter(f"Param is_carousel_item is not allowed for media_type {kind}.")
    return kind, shape


def _sources(params: Params, shape: Shape, *, is_login: bool) -> tuple[str | None, str | None, bool]:
    """Return image_url, video_url and whether the video is uploaded; exactly one of them, for a carousel none."""
    upload = params.text("upload_type")
    if upload not in (None, "", "resumable"):
        raise invalid_parameter("Param upload_type must be resumable.")
    if upload and is_login:
        raise invalid_parameter("Param upload_type is not available with Instagram Login.")
    image, video = params.text("image_url") or None, params.text("video_url") or None
    match shape:
        case "carousel":
            return None, None, False
        case "image" | "image_item":
            if image is None:
                raise invalid_parameter("The parameter image_url is required.")
            return image, None, False
        case "story":
            found = (image, video, upload or None)
        case _:
            found = (None, video, upload or None)
    if sum(one is not None for one in found) != 1:
        wanted = "image_url, video_url" if shape == "story" else "video_url"
        raise invalid_parameter(f"Exactly one of the parameters {wanted} and upload_type is required.")
    return found[0], found[1], bool(found[2])


def _wanted(params: Params, name: str, shape: Shape) -> str | None:
    return params.text(name) or None if shape in NOT_IGNORED[name] else None


def _caption(params: Params, shape: Shape) -> str:
    """Check length and tags; for too many hashtags Meta documents no code of their own, 2207040 is assumed."""
    caption = _wanted(params, "caption", shape) or ""
    if len(caption) > facts.CAPTION_MAX_CHARACTERS:
        raise publishing_error(2207010, f"The caption has {len(caption)} characters; 2200 are allowed.")
    hashtags, mentions = re.findall(r"(?<!\w)#\w", caption), re.findall(r"(?<!\w)@\w", caption)
    if len(hashtags) > facts.CAPTION_MAX_HASHTAGS or len(mentions) > facts.CAPTION_MAX_MENTIONS:
        raise publishing_error(2207040)
    return caption


def _alt_text(params: Params) -> str:
    text = params.text("alt_text") or ""
    if len(text) > facts.ALT_TEXT_MAX_CHARACTERS:
        raise invalid_parameter(f"Param alt_text must be at most {facts.ALT_TEXT_MAX_CHARACTERS} characters long.")
    return text


def _thumb_offset(params: Params, shape: Shape) -> int | None:
    if _wanted(params, "thumb_offset", shape) is None:
        return None
    offset = params.number("thumb_offset")
    if offset is not None and offset < 0:
        raise publishing_error(2207057)
    return offset


def _user_tags(params: Params, shape: Shape, *, is_video: bool) -> tuple[dict[str, Any], ...]:
    """Check tags: with a position on pictures, which a story may leave out; without one on videos."""
    tags = params.objects("user_tags")
    if len(tags) > facts.USER_TAGS_MAX:
        raise publishing_error(2207040)
    return tuple(_user_tag(tag, needs_place=not is_video and shape != "story", may_place=not is_video) for tag in tags)


def _user_tag(tag: dict[str, Any], *, needs_place: bool, may_place: bool) -> dict[str, Any]:
    username = _username(tag.get("username"), "user_tags")
    place = {name: tag[name] for name in ("x", "y") if tag.get(name) is not None}
    if place and not may_place:
        raise invalid_parameter("Param user_tags: x and y are for images only.")
    if (needs_place or place) and len(place) < 2:  # noqa: PLR2004 - x and y
        raise invalid_parameter("Param user_tags: x and y are required.")
    return {"username": username, **{name: _share(value, name) for name, value in place.items()}}


def _share(value: object, name: str) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise invalid_parameter(f"Param user_tags: {name} must be between 0.0 and 1.0.")
    return number


def _username(value: object, name: str) -> str:
    text = value.removeprefix("@") if isinstance(value, str) else ""
    if not USERNAME.fullmatch(text):
        raise invalid_parameter(f"Param {name} names a user that does not exist.")
    return text


def _details(call: Call, shape: Shape) -> dict[str, Any]:
    """Return what else the public will see, by parameter name; what was not said is not in it."""
    params = call.params
    found: dict[str, Any] = {
        "collaborators": _collaborators(params),
        "location_id": _location(call),
        "audio_name": _wanted(params, "audio_name", shape),
        "trial_params": _trial(params) if _wanted(params, "trial_params", shape) else None,
    }
    if _wanted(params, "share_to_feed", shape) is not None:
        found["share_to_feed"] = params.flag("share_to_feed", default=False)
    return {name: value for name, value in found.items() if value not in (None, [])}


def _collaborators(params: Params) -> list[str]:
    names = [_username(name, "collaborators") for name in params.names("collaborators")]
    if len(names) > facts.COLLABORATORS_MAX:
        raise invalid_parameter(f"Param collaborators has more than {facts.COLLABORATORS_MAX} items.")
    return names


def _location(call: Call) -> str | None:
    location_id = call.params.text("location_id") or None
    if location_id is None:
        return None
    page = call.meta.people.pages.get(location_id)
    if page is None or page.category not in PLACE_CATEGORIES:
        raise GraphError(100, "INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID")
    return location_id


def _trial(params: Params) -> dict[str, Any]:
    value = params.values.get("trial_params")
    trial = json_value(value) if isinstance(value, str) else value
    if not isinstance(trial, dict) or trial.get("graduation_strategy") not in STRATEGIES:
        raise invalid_parameter("Param trial_params must have a graduation_strategy of MANUAL or SS_PERFORMANCE.")
    return trial
