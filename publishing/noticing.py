"""What is noticed of a publish call and stops nothing: what would be published, and not as hoped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from platforms.base import MediaKind
from platforms.issues import Issue, Rule
from platforms.rules import PostRules, Rules
from platforms.text import composed, is_visible
from publishing.fitting import A_FILE, FileFacts, listed, possible_posts
from publishing.records import MediaInput, PublishRequest
from publishing.validation import options_of


def notice(
    request: PublishRequest, rules: Rules, files: Sequence[FileFacts], parts: Sequence[Sequence[FileFacts]]
) -> tuple[Issue, ...]:
    """List what a caller should know of a publish call without broken rules; paths are those of the call's input.

    `files` says what is known of its files, in order, and `parts` of those of each further part of a thread.
    """
    found = [*_copies(request, rules)]
    if request.link is None:  # what a link's card leaves out, its platform says
        posts = possible_posts(rules, options_of(request, rules).placement.value, files)
        found += _lost_alt_texts(request.media, posts, files)
    for number, part in enumerate(request.thread):
        posts = possible_posts(rules, rules.options().placement.value, parts[number])
        lost = _lost_alt_texts(part.media, posts, parts[number])
        found += [replace(issue, path=("thread", str(number), *issue.path)) for issue in lost]
    return tuple(found)


def _copies(request: PublishRequest, rules: Rules) -> Iterator[Issue]:
    """Name the parts of a thread whose text an earlier part has, where the platform takes no text twice."""
    if rules.refuses_copies is None or not rules.refuses_copies.value:
        return
    seen: dict[str, int] = {}
    for number, text in enumerate((request.text, *(part.text for part in request.thread))):
        first = seen.setdefault(composed(text.replace("\r\n", "\n")).strip(), number)
        if first < number and is_visible(text):
            message = (
                f"Part {number + 1} has the text of part {first + 1}: {request.platform.label} blocks a text that a "
                "recent post of the account has, and the thread would stop there. Change one of the two."
            )
            yield Issue(Rule.TEXT_DUPLICATE, message, ("thread", str(number - 1), "text"))


def _lost_alt_texts(
    media: Sequence[MediaInput], posts: Sequence[PostRules], files: Sequence[FileFacts]
) -> Iterator[Issue]:
    """Name the alternative texts that are left out, and what a file that is not known yet must not turn out to be."""
    for number, (file, facts) in enumerate(zip(media, files, strict=True)):
        kinds = [kind for kind in MediaKind if facts.kind in {None, kind} and _loses_alt_text(kind, posts)]
        if not file.alt_text or not kinds:
            continue
        message = f"The alternative text of file {number + 1} is left out: only images have one here."
        if facts.kind is None:
            names = listed(A_FILE[kind] for kind in kinds)
            message = (
                f"If file {number + 1} turns out to be {names}, its alternative text is left out: only images have "
                "one here."
            )
        yield Issue(Rule.ALT_TEXT_UNSUPPORTED, message, ("media", str(number), "altText"))


def _loses_alt_text(kind: MediaKind, posts: Sequence[PostRules]) -> bool:
    """Whether one of these posts takes such a file without its alternative text; no platform has one but of images."""
    return any(
        post.limits(kind) is not None and not (post.takes_alt_text.value and kind is MediaKind.IMAGE) for post in posts
    )
