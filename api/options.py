"""Options that only one platform knows, as inputs."""

from datetime import datetime

import strawberry

from api.enums import expose
from api.scalars import URL
from platforms.facebook.options import FacebookOptions, FacebookPlacement
from platforms.instagram.options import InstagramOptions, InstagramPlacement, QuotaChoice, UserTag, VideoTransfer
from platforms.linkedin.options import LinkedInOptions, LinkedInVisibility, Poll, PollDuration
from platforms.x.options import XOptions, XPoll, XReplySettings

expose(
    FacebookPlacement,
    description="Where a Facebook post appears.",
    values={"FEED": "In the feed.", "REEL": "As a Reel: one upright video.", "STORY": "As a story, for a day."},
)
expose(
    InstagramPlacement,
    description="Where an Instagram post appears.",
    values={
        "FEED": "In the feed; several files make a carousel, and a video becomes a reel.",
        "CAROUSEL": "In the feed, as a carousel: a single file is refused.",
        "REEL": "As a reel.",
        "STORY": "As a story, for a day.",
    },
)
expose(
    QuotaChoice,
    description="What happens to a post for which the account's publishing quota has no room.",
    values={
        "WAIT": "It goes out once the quota has room again.",
        "REFUSE": "It fails, and its error says when there will be room.",
    },
)
expose(
    VideoTransfer,
    description="How a video comes to Instagram.",
    values={"FETCH": "Instagram fetches it from this server.", "SEND": "This server sends it, with resuming."},
)

expose(
    LinkedInVisibility,
    name="LinkedInVisibility",
    description="Who sees a LinkedIn post.",
    values={"PUBLIC": "Everyone.", "CONNECTIONS": "First-degree connections; members only."},
)
expose(
    PollDuration,
    name="LinkedInPollDuration",
    description="How long a poll takes votes.",
    values={
        "ONE_DAY": "One day.",
        "THREE_DAYS": "Three days.",
        "SEVEN_DAYS": "A week.",
        "FOURTEEN_DAYS": "Two weeks.",
    },
)


expose(
    XReplySettings,
    name="XReplySettings",
    description="Who may reply to a post on X.",
    values={
        "EVERYONE": "Everyone.",
        "FOLLOWING": "Accounts the author follows.",
        "MENTIONED": "Only accounts mentioned.",
        "SUBSCRIBERS": "Accounts that subscribe to the author.",
        "VERIFIED": "Verified accounts.",
    },
)


@strawberry.input(description="Facebook's options.")
class FacebookOptionsInput:
    placement: FacebookPlacement = strawberry.field(default=FacebookPlacement.FEED, description="Where it appears.")
    title: str | None = strawberry.field(default=None, description="The title of a video or Reel.")
    backdated_to: datetime | None = strawberry.field(
        default=None, description="Not supported: a post that is to bear an earlier date is refused, and says so."
    )


@strawberry.input(description="An account tagged in a file.")
class UserTagInput:
    handle: str = strawberry.field(description="Its handle, without an at sign.")
    x: float | None = strawberry.field(default=None, description="0 is left, 1 is right; needed in an image.")
    y: float | None = strawberry.field(default=None, description="0 is top, 1 is bottom; needed in an image.")
    media: int = strawberry.field(default=0, description="The place of the file in `media`, from 0.")


@strawberry.input(description="Instagram's options.")
class InstagramOptionsInput:
    placement: InstagramPlacement = strawberry.field(default=InstagramPlacement.FEED, description="Where it appears.")
    user_tags: list[UserTagInput] | None = strawberry.field(default=None, description="Accounts tagged in the files.")
    collaborators: list[str] | None = strawberry.field(
        default=None, description="Accounts invited as collaborators; at most three."
    )
    location_id: str | None = strawberry.field(
        default=None, description="The id of a Facebook Page that has a place, where it was made."
    )
    share_to_feed: bool = strawberry.field(default=True, description="Whether a reel appears in the feed too.")
    cover_url: URL | None = strawberry.field(default=None, description="A public JPEG that covers a reel.")
    cover_offset: int | None = strawberry.field(
        default=None, description="The moment whose picture covers a reel, in milliseconds; `coverUrl` wins."
    )
    video_transfer: VideoTransfer = strawberry.field(
        default=VideoTransfer.FETCH, description="How a reel or story's video comes to Instagram."
    )
    when_quota_is_used_up: QuotaChoice = strawberry.field(
        default=QuotaChoice.WAIT, description="What happens when the account may publish no more for now."
    )


@strawberry.input(description="A poll on LinkedIn.")
class LinkedInPollInput:
    question: str = strawberry.field(description="The question, of at most 140 characters.")
    options: list[str] = strawberry.field(description="Two to four answers, of at most 30 characters each.")
    duration: PollDuration = strawberry.field(default=PollDuration.THREE_DAYS, description="How long it takes votes.")


@strawberry.input(description="LinkedIn's options.")
class LinkedInOptionsInput:
    visibility: LinkedInVisibility = strawberry.field(default=LinkedInVisibility.PUBLIC, description="Who sees it.")
    poll: LinkedInPollInput | None = strawberry.field(
        default=None, description="A poll below the text, instead of files or a link."
    )
    link_title: str | None = strawberry.field(
        default=None, description="The title of the link's card; LinkedIn reads none from the page itself."
    )
    link_description: str | None = strawberry.field(default=None, description="The description in the link's card.")
    video_title: str | None = strawberry.field(default=None, description="The title of a video.")
    document_title: str | None = strawberry.field(
        default=None, description="The title of a document; LinkedIn takes none without."
    )


@strawberry.input(description="A poll on X.")
class XPollInput:
    options: list[str] = strawberry.field(description="Two to four answers, of at most 25 characters each.")
    duration_minutes: int = strawberry.field(
        default=1_440, description="How long it takes votes: 5 minutes to seven days."
    )


@strawberry.input(description="X's options; of a thread, those of its first part.")
class XOptionsInput:
    reply_settings: XReplySettings = strawberry.field(default=XReplySettings.EVERYONE, description="Who may reply.")
    quote_post_id: str | None = strawberry.field(
        default=None, description="The id of the post this one quotes; X refuses quotes of most apps."
    )
    poll: XPollInput | None = strawberry.field(default=None, description="A poll below the text, instead of files.")


def facebook_options(given: FacebookOptionsInput | None) -> FacebookOptions | None:
    """Read Facebook's options."""
    if given is None:
        return None
    return FacebookOptions(placement=given.placement, title=given.title, backdated_to=given.backdated_to)


def instagram_options(given: InstagramOptionsInput | None) -> InstagramOptions | None:
    """Read Instagram's options."""
    if given is None:
        return None
    return InstagramOptions(
        placement=given.placement,
        user_tags=tuple(UserTag(tag.handle, tag.x, tag.y, tag.media) for tag in given.user_tags or ()),
        collaborators=tuple(given.collaborators or ()),
        location_id=given.location_id,
        share_to_feed=given.share_to_feed,
        cover_url=given.cover_url,
        cover_offset=given.cover_offset,
        video_transfer=given.video_transfer,
        when_quota_is_used_up=given.when_quota_is_used_up,
    )


def linkedin_options(given: LinkedInOptionsInput | None) -> LinkedInOptions | None:
    """Read LinkedIn's options."""
    if given is None:
        return None
    poll = Poll(given.poll.question, tuple(given.poll.options), given.poll.duration) if given.poll else None
    return LinkedInOptions(
        visibility=given.visibility,
        poll=poll,
        link_title=given.link_title,
        link_description=given.link_description,
        video_title=given.video_title,
        document_title=given.document_title,
    )


def x_options(given: XOptionsInput | None) -> XOptions | None:
    """Read X's options."""
    if given is None:
        return None
    poll = XPoll(tuple(given.poll.options), given.poll.duration_minutes) if given.poll else None
    return XOptions(reply_settings=given.reply_settings, quote_post_id=given.quote_post_id, poll=poll)
