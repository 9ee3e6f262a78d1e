"""Publishing to a Facebook Page: one step machine for each kind of post, each with one call that makes it public."""

from collections.abc import Awaitable, Callable, Mapping

from platforms.base import Done, Sent, Sighting, Wait, Work
from platforms.facebook.feed import step_feed
from platforms.facebook.follow import COMMENTS, follow
from platforms.facebook.hosted import step_reel, step_video_story
from platforms.facebook.look import look
from platforms.facebook.rules import PHOTO_STORY, PHOTOS, REEL, TEXT, VIDEO, VIDEO_STORY
from platforms.facebook.story import look_for_story, step_photo_story
from platforms.facebook.video import step_video
from platforms.facebook.videostate import VIDEO as VIDEO_HANDLE
from platforms.facebook.videostate import address_of, look_at_video
from platforms.following import Following
from platforms.meta.comments import find_comment
from platforms.meta.graph import GraphClient

Step = Callable[[GraphClient, Work], Awaitable[Done | Wait]]
_STEPS: Mapping[str, Step] = {
    TEXT.name: step_feed,
    PHOTOS.name: step_feed,
    VIDEO.name: step_video,
    REEL.name: step_reel,
    PHOTO_STORY.name: step_photo_story,
    VIDEO_STORY.name: step_video_story,
}
_STORIES = frozenset({PHOTO_STORY.name, VIDEO_STORY.name})


class FacebookPublisher:
    """Brings posts of every kind out on a Page."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def step(self, work: Work) -> Done | Wait:
        """Do what can be done now, by the kind of post.

        Raises:
            PlatformError: its class says what to do.
        """
        return await _STEPS[work.draft.post](self._graph, work)

    async def look(self, sent: Sent) -> Sighting:
        """Ask what the post was made from, and look among what the Page has published.

        Raises:
            PlatformError: Facebook could not be asked.
        """
        if sent.draft.post in _STORIES:
            return await look_for_story(self._graph, sent)
        if (video := sent.handles.get(VIDEO_HANDLE)) is not None:
            return await look_at_video(self._graph, sent, video)
        return await look(self._graph, sent)

    async def follow(self, following: Following) -> str | None:
        """Do what is to be done after a post's call.

        Raises:
            PlatformError: its class says what to do.
        """
        return await follow(self._graph, following)

    async def find_comment(self, following: Following) -> Sighting:
        """Look for a first comment among those of its post.

        Raises:
            PlatformError: Facebook could not be asked.
        """
        return await find_comment(self._graph, following, COMMENTS)

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:
        """Read the post's address.

        Raises:
            PlatformError: it could not be read; nothing else follows from that.
        """
        answer = await self._graph.get(f"/{platform_post_id}", token=token, params={"fields": "permalink_url"})
        return address_of(self._graph, answer.get("permalink_url"))
