"""Accounts tagged in the files of a post: where they stand, and how many there may be.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
(read 2026-11-22).
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from platforms.base import MediaKind
from platforms.instagram.options import InstagramPlacement, UserTag
from platforms.issues import Fix, Issue, Rule
from platforms.rules import PostRules

MAX_TAGS = 20


def check_tags(tags: Sequence[UserTag], post: PostRules, files: Sequence[MediaKind | None]) -> Iterator[Issue]:
    """List what is wrong with tags; a file of the kind None is not known yet."""
    for number, count in sorted(Counter(tag.media for tag in tags).items()):
        if count > MAX_TAGS:
            message = f"File {number + 1} has {count} tags; {MAX_TAGS} are allowed."
            yield Issue(Rule.TOO_MANY_TAGS, message, ("options", "userTags"), limit=MAX_TAGS, actual=count)
    for number, tag in enumerate(tags):
        yield from _check(tag, post, files, ("options", "userTags", str(number)))


def _check(tag: UserTag, post: PostRules, files: Sequence[MediaKind | None], path: tuple[str, ...]) -> Iterator[Issue]:
    if not tag.handle.strip("@ ") or any(c.isspace() for c in tag.handle.strip()):
        yield Issue(Rule.TAG_INVALID, "A tag needs a handle without spaces.", (*path, "handle"))
    there = 0 <= tag.media < len(files)
    if not there:
        message = f"There is no file {tag.media + 1} to tag: the post has {len(files)}."
        yield Issue(Rule.TAG_INVALID, message, (*path, "media"), limit=len(files) - 1, actual=tag.media)
    placed = there and files[tag.media] is MediaKind.IMAGE and post.placement != InstagramPlacement.STORY.value
    for name, value in (("x", tag.x), ("y", tag.y)):
        if value is None and placed:
            yield Issue(Rule.TAG_INVALID, f"A tag in an image needs `{name}`, from 0 to 1.", (*path, name))
        elif value is not None and not 0 <= value <= 1:
            message = f"The tag of {tag.handle} lies outside the picture: `{name}` is from 0 to 1."
            limit = 0 if value < 0 else 1
            yield Issue(Rule.TAG_OUTSIDE_MEDIA, message, (*path, name), limit=limit, actual=value, fix=Fix.MOVE_TAG)
