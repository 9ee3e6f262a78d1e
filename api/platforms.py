"""Platforms as this server offers them: what they accept and whether they are configured."""

import strawberry

from api.context import Context, Info
from api.enums import expose
from api.scalars import URL
from platforms import rules as platform_rules
from platforms.base import ChannelKind, Environment, MediaKind, Platform
from platforms.rules import Fact, PostRules, Rules, TextUnit
from publishing.checks import redirect_address

expose(
    TextUnit,
    description="How a platform counts the length of a text.",
    values={
        "CODE_POINTS": "Unicode code points.",
        "UTF16_UNITS": "UTF-16 code units.",
        "X_WEIGHTED": "X's weighted length: some characters count two, and every link counts 23.",
        "GRAPHEMES": "User-perceived characters, as Bluesky counts.",
        "ESCAPED_CODE_POINTS": "Unicode code points after escaping, as LinkedIn counts.",
    },
)


@strawberry.type(description="What one kind of file has to be in one kind of post.")
class MediaLimits:
    mime_types: list[str] = strawberry.field(description="Types that are taken.")
    max_bytes: float = strawberry.field(description="The largest file, in bytes.")
    min_aspect_ratio: float | None = strawberry.field(description="The narrowest width-to-height ratio.")
    max_aspect_ratio: float | None = strawberry.field(description="The widest width-to-height ratio.")
    min_seconds: float | None = strawberry.field(description="The shortest video.")
    max_seconds: float | None = strawberry.field(description="The longest video.")


@strawberry.type(description="A kind of post.")
class PostCapabilities:
    name: str = strawberry.field(description="Its name, such as `carousel`.")
    placement: str = strawberry.field(description="The placement of the platform's options that makes it.")
    min_media: int = strawberry.field(description="The fewest files.")
    max_media: int = strawberry.field(description="The most files.")
    image: MediaLimits | None = strawberry.field(description="What an image has to be; null when none is taken.")
    video: MediaLimits | None = strawberry.field(description="What a video has to be; null when none is taken.")
    document: MediaLimits | None = strawberry.field(description="What a document has to be; null when none is taken.")
    mixes: bool = strawberry.field(description="Whether files of several kinds can go together.")
    supports_text: bool = strawberry.field(description="Whether it has a text.")
    supports_alt_text: bool = strawberry.field(description="Whether alternative text can be sent for its images.")
    supports_first_comment: bool = strawberry.field(description="Whether a first comment can be added.")
    supports_edit: bool = strawberry.field(description="Whether its text can be changed after publishing.")
    supports_delete: bool = strawberry.field(description="Whether it can be deleted through the API.")


@strawberry.type(description="What one kind of channel accepts; enough to build a composer without hard-coded limits.")
class ChannelCapabilities:
    kind: ChannelKind = strawberry.field(description="The kind of channel.")
    tier: str | None = strawberry.field(
        description="What an account has at the platform besides, such as `premium`, where that changes what it "
        "accepts; null for the usual ones."
    )
    max_text_length: int = strawberry.field(description="The longest text, in the units of `textUnit`.")
    text_unit: TextUnit = strawberry.field(description="How the platform counts text.")
    media_required: bool = strawberry.field(description="Whether a post without media is refused.")
    max_images: int = strawberry.field(description="The most images in one post; 0 when images are not supported.")
    max_videos: int = strawberry.field(description="The most videos in one post; 0 when videos are not supported.")
    image_mime_types: list[str] = strawberry.field(description="Image types that are taken.")
    max_image_bytes: int = strawberry.field(description="The largest image file, in bytes.")
    min_aspect_ratio: float | None = strawberry.field(
        description="The narrowest width-to-height ratio for images, when there is one."
    )
    max_aspect_ratio: float | None = strawberry.field(
        description="The widest width-to-height ratio for images, when there is one."
    )
    max_hashtags: int | None = strawberry.field(description="The most hashtags, when there is a limit.")
    supports_alt_text: bool = strawberry.field(description="Whether alternative text can be sent for images.")
    supports_first_comment: bool = strawberry.field(description="Whether a first comment can be added.")
    max_first_comment_length: int = strawberry.field(description="The longest first comment, in Unicode code points.")
    supports_edit: bool = strawberry.field(description="Whether the text can be changed after publishing.")
    supports_delete: bool = strawberry.field(description="Whether a published post can be deleted through the API.")
    supports_link_preview: bool = strawberry.field(description="Whether a link preview can be attached.")
    supports_threads: bool = strawberry.field(description="Whether a post can be a thread of several parts.")
    max_parts: int = strawberry.field(description="The most parts of a thread; 1 where there are none.")
    posts: list[PostCapabilities] = strawberry.field(description="The kinds of posts, each with what it takes.")


@strawberry.type(description="A platform as this server offers it.")
class PlatformInfo:
    platform: Platform = strawberry.field(description="The platform.")
    display_name: str = strawberry.field(description="Its name for people.")
    configured: bool = strawberry.field(
        description="Whether app credentials are set, so that accounts can be connected."
    )
    missing_settings: list[str] = strawberry.field(description="Settings that are missing when it is not.")
    redirect_uri: URL | None = strawberry.field(
        description="The redirect address to register in the platform's developer console; null where people connect "
        "without a browser."
    )
    requested_permissions: list[str] = strawberry.field(description="Permissions that a sign-in asks for.")
    capabilities: list[ChannelCapabilities] = strawberry.field(
        description="The rules for each kind of channel on this platform."
    )


@strawberry.type
class PlatformQuery:
    @strawberry.field(description="Every platform, with what it accepts and whether it is configured.")
    def platforms(self, info: Info) -> list[PlatformInfo] | None:
        info.context.caller  # noqa: B018 - anonymous callers are told of the server only
        return [_platform(info.context, platform) for platform in Platform]


def capabilities_of(rules: Rules) -> ChannelCapabilities:
    """Map the rules of one kind of channel."""
    image = rules.usual_image
    return ChannelCapabilities(
        kind=rules.kind,
        tier=rules.tier,
        max_text_length=rules.max_text_length.value,
        text_unit=rules.text_unit.value,
        media_required=rules.media_required,
        max_images=rules.most(MediaKind.IMAGE),
        max_videos=rules.most(MediaKind.VIDEO),
        image_mime_types=list(image.mime_types.value),
        max_image_bytes=image.max_bytes.value,
        min_aspect_ratio=_number(image.min_aspect_ratio),
        max_aspect_ratio=_number(image.max_aspect_ratio),
        max_hashtags=rules.max_hashtags.value if rules.max_hashtags else None,
        supports_alt_text=any(post.takes_alt_text.value for post in rules.posts),
        supports_first_comment=any(post.takes_comment.value for post in rules.posts),
        max_first_comment_length=rules.max_comment_length.value,
        supports_edit=any(post.takes_edit.value for post in rules.posts),
        supports_delete=any(post.takes_delete.value for post in rules.posts),
        supports_link_preview=rules.supports_link.value,
        supports_threads=rules.most_parts is not None,
        max_parts=rules.most_parts.value if rules.most_parts else 1,
        posts=[_post(post) for post in rules.posts],
    )


def _post(post: PostRules) -> PostCapabilities:
    return PostCapabilities(
        name=post.name,
        placement=post.placement.upper(),
        min_media=post.fewest_media.value,
        max_media=post.most_media.value,
        image=_limits(post.image),
        video=_limits(post.video),
        document=_limits(post.document),
        mixes=post.mixes,
        supports_text=post.takes_text.value,
        supports_alt_text=post.takes_alt_text.value,
        supports_first_comment=post.takes_comment.value,
        supports_edit=post.takes_edit.value,
        supports_delete=post.takes_delete.value,
    )


def _limits(limits: platform_rules.MediaLimits | None) -> MediaLimits | None:
    if limits is None:
        return None
    return MediaLimits(
        mime_types=list(limits.mime_types.value),
        max_bytes=limits.max_bytes.value,
        min_aspect_ratio=_number(limits.min_aspect_ratio),
        max_aspect_ratio=_number(limits.max_aspect_ratio),
        min_seconds=_number(limits.min_seconds),
        max_seconds=_number(limits.max_seconds),
    )


def _number(fact: Fact[float] | None) -> float | None:
    return fact.value if fact is not None else None


def _platform(context: Context, platform: Platform) -> PlatformInfo:
    network = context.deps.networks.get(platform, Environment.LIVE)
    oauth = network.oauth
    missing = network.sign_in.missing_settings()
    return PlatformInfo(
        platform=platform,
        display_name=platform.label,
        configured=not missing,
        missing_settings=list(missing),
        redirect_uri=URL(redirect_address(context.deps.settings, oauth.callback_name)) if oauth else None,
        requested_permissions=list(network.sign_in.requested_permissions),
        capabilities=[capabilities_of(rules) for rules in network.rules],
    )
