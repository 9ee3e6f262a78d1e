"""Which kind of post something is, and whether its files fit that: derived from the platform's rules, before any call.

What is not known yet, such as the type of a file that is still to be fetched, is not refused; a worker asks again once
it is known.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from platforms.base import MediaKind, kind_of
from platforms.issues import Fix, Issue, Rule
from platforms.rules import Fact, MediaLimits, PostRules, Rules

PATH = ("media",)
A_FILE = {MediaKind.IMAGE: "an image", MediaKind.VIDEO: "a video", MediaKind.DOCUMENT: "a document"}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file: sizes in pixels and bytes, `seconds` of a video, `pages` of a document.

    A type of None: nothing is known yet.
    """

    mime_type: str | None = None
    byte_size: int = 0
    width: int = 0
    height: int = 0
    seconds: float | None = None
    codec: str | None = None
    frame_rate: float | None = None
    pages: int | None = None

    @property
    def kind(self) -> MediaKind | None:
        """What it is, when that is known."""
        return kind_of(self.mime_type) if self.mime_type else None


def choose_post(rules: Rules, placement: str, files: Sequence[FileFacts]) -> tuple[PostRules, tuple[Issue, ...]]:
    """Find the kind of post that a placement and its files make, and what keeps them from being one."""
    placed = [post for post in rules.posts if post.placement == placement]
    kinds = {file.kind for file in files} - {None}
    fitting = _fitting(placed, kinds)
    counted = _counted(fitting, files)
    if counted:
        return (_typed(counted, files) or counted)[0], ()
    if fitting:
        return (_typed(fitting, files) or fitting)[-1], (_miscounted(fitting, len(files), rules),)
    return placed[0], (_unfit(placed, files, kinds),)


def possible_posts(rules: Rules, placement: str, files: Sequence[FileFacts]) -> list[PostRules]:
    """List the kinds of post that a placement and files, as far as they are known, can make; none if there is none."""
    placed = [post for post in rules.posts if post.placement == placement]
    counted = _counted(_fitting(placed, {file.kind for file in files} - {None}), files)
    return _typed(counted, files) or counted


def check_options(rules: Rules, options: Any, files: Sequence[FileFacts]) -> Sequence[Issue]:
    """List what is wrong with options, whichever of the kinds of post that are possible the files turn out to make.

    What some of these would take is not wrong yet. Where each would refuse something else, that is one issue.
    """
    kinds = [file.kind for file in files]
    placement = options.placement.value
    posts = possible_posts(rules, placement, files) or [choose_post(rules, placement, files)[0]]
    title = listed(dict.fromkeys(post.title for post in posts))
    found = [tuple(rules.check_options(options, replace(post, title=title), kinds)) for post in posts]
    sure = tuple(issue for issue in found[0] if all(issue in one for one in found))
    rest = [[issue for issue in one if issue not in sure] for one in found]
    return (*sure, _undecided(rest)) if all(rest) else sure


def check_files(post: PostRules, files: Sequence[FileFacts]) -> Iterator[Issue]:
    """List what is wrong with the files of a kind of post."""
    for number, file in enumerate(files):
        limits = post.limits(file.kind) if file.kind else None
        if limits is not None:
            yield from _check(file, limits, number)


def listed(names: Iterable[str], word: str = "or") -> str:
    """Write names as people do: "a, b or c"."""
    *others, last = names
    return f"{', '.join(others)} {word} {last}" if others else last


def _undecided(found: Iterable[Sequence[Issue]]) -> Issue:
    """Say of options that no kind of post takes, each for reasons of its own, that the file decides which are wrong."""
    names = dict.fromkeys(f"`{'.'.join(issue.path[1:])}`" for one in found for issue in one)
    message = (
        f"No file goes with {listed(names, 'and')} as they are: what to change depends on the type of the file, which "
        "is not known yet."
    )
    return Issue(Rule.OPTION_UNSUPPORTED, message, ("options",))


def _fitting(posts: Sequence[PostRules], kinds: AbstractSet[MediaKind | None]) -> list[PostRules]:
    taken = [post for post in posts if all(post.limits(kind) for kind in kinds if kind)]
    return [post for post in taken if post.mixes or len(kinds) <= 1]


def _typed(posts: Sequence[PostRules], files: Sequence[FileFacts]) -> list[PostRules]:
    """Find those that take every file's type, for an image of one type may be a kind of post of its own."""
    return [post for post in posts if all(_takes(post, file) for file in files)]


def _takes(post: PostRules, file: FileFacts) -> bool:
    limits = post.limits(file.kind) if file.kind else None
    return limits is None or file.mime_type in limits.mime_types.value


def _counted(posts: Sequence[PostRules], files: Sequence[FileFacts]) -> list[PostRules]:
    return [post for post in posts if post.fewest_media.value <= len(files) <= post.most_media.value]


def _miscounted(posts: Sequence[PostRules], found: int, rules: Rules) -> Issue:
    most = max(post.most_media.value for post in posts)
    fewest = min(post.fewest_media.value for post in posts)
    if found > most:
        title = next(post.title for post in posts if post.most_media.value == most)
        message = f"There are {found} files; {most} {'is' if most == 1 else 'are'} allowed in {title}."
        return Issue(Rule.TOO_MANY_MEDIA, message, PATH, limit=most, actual=found, fix=Fix.DROP_EXTRA_MEDIA)
    if found == 0:
        what = "an image or video" if rules.media_required else "its file"
        message = f"There is no {posts[-1].title.partition(' ')[2]} without {what}: add one to `media`."
        return Issue(Rule.MEDIA_REQUIRED, message, PATH, limit=fewest, actual=0)
    message = f"There is {found} file; {posts[-1].title} has at least {fewest}."
    return Issue(Rule.TOO_FEW_MEDIA, message, PATH, limit=fewest, actual=found)


def _unfit(posts: Sequence[PostRules], files: Sequence[FileFacts], kinds: set[MediaKind | None]) -> Issue:
    refused = next((kind for kind in kinds if kind and not any(post.limits(kind) for post in posts)), None)
    if refused is None:
        found = len(kinds - {None})
        message = f"There are files of {found} kinds; one kind goes in a post here: publish them as posts of their own."
        return Issue(Rule.MEDIA_MIX_NOT_ALLOWED, message, PATH, limit=1, actual=found, fix=Fix.DROP_EXTRA_MEDIA)
    number = next(place for place, file in enumerate(files) if file.kind is refused)
    message = f"File {number + 1} is {A_FILE[refused]}; {posts[0].title} takes none."
    return Issue(Rule.MEDIA_TYPE_UNSUPPORTED, message, (*PATH, str(number)))


def _check(file: FileFacts, limits: MediaLimits, number: int) -> Iterator[Issue]:
    path, name = (*PATH, str(number)), f"File {number + 1}"
    if file.mime_type not in limits.mime_types.value:
        taken = ", ".join(limits.mime_types.value)
        message = f"{name} is {file.mime_type}; {taken} {'is' if len(limits.mime_types.value) == 1 else 'are'} taken."
        yield Issue(Rule.MEDIA_TYPE_UNSUPPORTED, message, path, fix=Fix.CONVERT_MEDIA)
    if file.byte_size > (most := limits.max_bytes.value):
        message = f"{name} is larger than {most:,} bytes."
        yield Issue(Rule.MEDIA_TOO_LARGE, message, path, limit=most, actual=file.byte_size, fix=Fix.COMPRESS_MEDIA)
    yield from _shape(file, limits, path, name)
    yield from _film(file, limits, path, name)
    if limits.max_pages is not None and (file.pages or 0) > (longest := limits.max_pages.value):
        message = f"{name} has {file.pages:,} pages; {longest:,} are allowed."
        yield Issue(Rule.TOO_MANY_PAGES, message, path, limit=longest, actual=file.pages)


def _shape(file: FileFacts, limits: MediaLimits, path: tuple[str, ...], name: str) -> Iterator[Issue]:
    ratio = file.width / (file.height or 1)
    low, high = _value(limits.min_aspect_ratio), _value(limits.max_aspect_ratio)
    if (beyond := _beyond(ratio, low, high)) is not None:
        message = (
            f"{name} is {file.width} by {file.height} pixels; width to height must be {low or 0:g} to {high or 0:g}."
        )
        rule, found = Rule.MEDIA_ASPECT_RATIO, round(ratio, 4)
        yield Issue(rule, message, path, limit=round(beyond, 4), actual=found, fix=Fix.CROP_MEDIA)
    sides = (
        ("wide", file.width, _value(limits.min_width), _value(limits.max_width)),
        ("high", file.height, _value(limits.min_height), None),
    )
    for side, found, least, most in sides:
        if (beyond := _beyond(found, least, most)) is not None:
            message = f"{name} is {found} pixels {side}; {_allowed(least, most)}."
            yield Issue(Rule.MEDIA_DIMENSIONS, message, path, limit=beyond, actual=found, fix=Fix.CONVERT_MEDIA)


def _film(file: FileFacts, limits: MediaLimits, path: tuple[str, ...], name: str) -> Iterator[Issue]:
    least, most = _value(limits.min_seconds), _value(limits.max_seconds)
    if file.seconds is not None and (beyond := _beyond(file.seconds, least, most)) is not None:
        message = f"{name} is {file.seconds:g} seconds long; {_allowed(least, most)}."
        yield Issue(Rule.VIDEO_DURATION, message, path, limit=beyond, actual=file.seconds, fix=Fix.TRIM_VIDEO)
    slow, fast = _value(limits.min_frame_rate), _value(limits.max_frame_rate)
    if file.frame_rate is not None and (beyond := _beyond(file.frame_rate, slow, fast)) is not None:
        message = f"{name} has {file.frame_rate:g} pictures a second; {_allowed(slow, fast)}."
        yield Issue(Rule.VIDEO_FORMAT, message, path, limit=beyond, actual=file.frame_rate, fix=Fix.CONVERT_MEDIA)
    if limits.codecs is not None and file.codec is not None and file.codec not in limits.codecs.value:
        message = f"{name} is written as {file.codec}; {' or '.join(limits.codecs.value)} is taken."
        yield Issue(Rule.VIDEO_FORMAT, message, path, fix=Fix.CONVERT_MEDIA)


def _beyond(found: float, least: float | None, most: float | None) -> float | None:
    """Give the limit that is broken."""
    if least is not None and found < least:
        return least
    return most if most is not None and found > most else None


def _allowed(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"{least:,g} to {most:,g} are allowed"
    return f"at least {least:,g} is needed" if least is not None else f"{most or 0:,g} is the most"


def _value(fact: "Fact[int] | Fact[float] | None") -> float | None:
    return fact.value if fact is not None else None
