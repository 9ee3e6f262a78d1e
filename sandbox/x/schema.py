"""What the bodies of X's calls may hold: nothing else, at every level.

Source: openapi.json 2.167 of the documentation's repository, 2026-08-22.
"""

from typing import Annotated, Any, Literal, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.x.errors import Refusal, invalid

PostId = Annotated[str, Field(pattern=r"^[0-9]{1,19}$")]
ReplySettings = Literal["following", "mentionedUsers", "subscribers", "verified"]


class Body(BaseModel):
    """A JSON object that is read strictly."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Site(Body):
    """Where a button leads."""

    url: str


class AppInstall(Body):
    """Which app a button installs."""

    ipad_app_store_id: str | None = None
    iphone_app_store_id: str | None = None
    google_play_store_id: str | None = None


class Buttons(Body):
    """What may be below a video."""

    visit_site: Site | None = None
    watch_now: Site | None = None
    app_install: AppInstall | None = None


class MediaWish(Body):
    """`media` of a post."""

    media_ids: list[PostId] = Field(min_length=1, max_length=4)
    tagged_user_ids: list[PostId] = Field(default=[], max_length=10)
    title: str | None = None
    description: str | None = None
    preview_media_id: PostId | None = None
    embeddable: bool | None = None
    call_to_actions: Buttons | None = None


class ReplyWish(Body):
    """`reply` of a post."""

    in_reply_to_tweet_id: PostId
    exclude_reply_user_ids: list[PostId] = []
    auto_populate_reply_metadata: bool | None = None


class PollWish(Body):
    """`poll` of a post."""

    options: list[Annotated[str, Field(min_length=1, max_length=25)]] = Field(min_length=2, max_length=4)
    duration_minutes: int = Field(ge=5, le=10_080)
    reply_settings: ReplySettings | None = None


class EditWish(Body):
    """`edit_options` of a post."""

    previous_post_id: PostId


class Geo(Body):
    """`geo` of a post."""

    place_id: str


class PostWish(Body):
    """The body of POST /2/tweets."""

    text: str | None = None
    media: MediaWish | None = None
    reply: ReplyWish | None = None
    quote_tweet_id: PostId | None = None
    poll: PollWish | None = None
    reply_settings: ReplySettings | None = None
    community_id: PostId | None = None
    share_with_followers: bool | None = None
    made_with_ai: bool | None = None
    paid_partnership: bool | None = None
    edit_options: EditWish | None = None
    geo: Geo | None = None
    nullcast: bool | None = None
    for_super_followers_only: bool | None = None
    card_uri: str | None = None
    direct_message_deep_link: str | None = None


class UploadWish(Body):
    """The JSON body of POST /2/media/upload."""

    media: str
    media_category: str
    media_type: str | None = None
    shared: bool | None = None
    additional_owners: list[PostId] = []


class InitializeWish(Body):
    """The body of POST /2/media/upload/initialize."""

    media_type: str
    total_bytes: int = Field(ge=0, le=17_179_869_184)
    media_category: str | None = None
    shared: bool | None = None
    additional_owners: list[PostId] = []


class AppendWish(Body):
    """The JSON body of POST /2/media/upload/{id}/append."""

    media: str
    segment_index: int = Field(ge=0, le=999)


class AltText(Body):
    """`alt_text` of metadata."""

    text: str = Field(max_length=1_000)


class Metadata(Body):
    """`metadata` of an upload."""

    alt_text: AltText | None = None


class MetadataWish(Body):
    """The body of POST /2/media/metadata."""

    id: PostId
    metadata: Metadata | None = None


Wish = TypeVar("Wish", bound=Body)


def read(kind: type[Wish], body: Any) -> Wish:
    """Check a JSON body against a schema.

    Raises:
        Refusal: 400, with each problem and its parameter.
    """
    if not isinstance(body, dict):
        raise invalid("Request body must be a JSON object.")
    if (place := _null_in(body)) is not None:
        raise invalid(f"$.{place}: null found, which the schema does not allow", **{place: ["null"]})
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        raise _refusal(error) from error


def _refusal(error: ValidationError) -> Refusal:
    found = [_problem(item["type"], item["loc"], item["msg"], item["input"]) for item in error.errors()]
    refusal = invalid(found[0]["message"])
    if refusal.body is not None:
        refusal.body["errors"] = found
    return refusal


def _problem(kind: str, place: tuple[int | str, ...], message: str, given: Any) -> dict[str, Any]:
    where = ".".join(str(one) for one in place)
    if kind == "extra_forbidden":
        parent = ".".join(str(one) for one in place[:-1])
        told = f"$.{parent}: additional property '{place[-1]}' is not allowed".replace("$.:", "$:")
        return {"message": told, "parameters": {where: [_text(given)]}}
    return {"message": f"$.{where}: {message}", "parameters": {where: [_text(given)]}}


def _text(given: Any) -> str:
    return (given if isinstance(given, str) else orjson.dumps(given).decode())[:200]


def _null_in(body: Any, place: str = "") -> str | None:
    """Return where a null stands; the schema has none."""
    pairs = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in pairs:
        where = f"{place}.{name}" if place else str(name)
        if value is None:
            return where
        if (found := _null_in(value, where)) is not None:
            return found
    return None
