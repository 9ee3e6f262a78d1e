"""A draft against a channel's rules: every issue at once, before anything is stored or called."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from platforms.base import MediaKind
from platforms.issues import Fix, Issue, Rule
from platforms.options import texts_of
from platforms.rules import PostRules, Rules
from platforms.text import LONGEST_ADDRESS, count_hashtags, count_mentions, is_visible, is_web_address
from publishing.fitting import FileFacts, check_files, check_options, choose_post
from publishing.records import MediaInput, PublishRequest

_NUL = "holds a NUL character (U+0000), which no platform takes: remove it."


def check(request: PublishRequest, rules: Rules, files: Sequence[FileFacts] | None = None) -> tuple[Issue, ...]:
    """List every rule that a publish call breaks; paths are those of the call's input.

    `files` says what is known of its files, in order; nothing, when left out.
    """
    known = files if files is not None else [FileFacts()] * len(request.media)
    options = options_of(request, rules)
    post, misfits = choose_post(rules, options.placement.value, known)
    return (
        *(misfits if request.media or rules.media_required or not _is_usual(post, rules) else ()),
        *_empty(request, rules, post),
        *_text(request.text, request.text_path, rules),
        *(_unplaced(request, post) if not misfits else ()),
        *_link(request, rules, known),
        *_first_comment(request.first_comment, post, rules),
        *_alt_texts(request.media, post if not misfits else None, rules),
        *_option_texts(options),
        *check_options(rules, options, known),
        *check_files(post, known),
    )


def check_thread(request: PublishRequest, rules: Rules, files: Sequence[Sequence[FileFacts]]) -> tuple[Issue, ...]:
    """List every rule that the further parts of a thread break, each as a post of its own; `files` by part."""
    if not request.thread:
        return ()
    if rules.most_parts is None:
        message = "There are no threads here: publish one post, or one after another."
        return (Issue(Rule.THREAD_UNSUPPORTED, message, ("thread",), limit=0, actual=len(request.thread)),)
    found: list[Issue] = []
    if (count := len(request.thread) + 1) > (most := rules.most_parts.value):
        message = f"The thread has {count} parts; {most} are allowed."
        found.append(Issue(Rule.THREAD_TOO_LONG, message, ("thread",), limit=most, actual=count))
    for number, part in enumerate(request.thread):
        alone = PublishRequest(
            request.platform, request.channel_id, part.text, None, part.media, "text", request.idempotency_key
        )
        issues = check(alone, rules, files[number])
        found += [replace(issue, path=("thread", str(number), *issue.path)) for issue in issues]
    return tuple(found)


def check_text(text: str, path: str, rules: Rules) -> Iterator[Issue]:
    """List what is wrong with a text that takes the place of one that is out."""
    if not is_visible(text):
        yield Issue(Rule.CONTENT_EMPTY, "The text is empty: give one.", (path,))
    yield from _text(text, path, rules)


def options_of(request: PublishRequest, rules: Rules) -> Any:
    """Give a call's options, or the defaults of its platform."""
    return request.options if request.options is not None else rules.options()


def _is_usual(post: PostRules, rules: Rules) -> bool:
    return post.placement == rules.posts[0].placement


def _empty(request: PublishRequest, rules: Rules, post: PostRules) -> Iterator[Issue]:
    silent = not is_visible(request.text) and not request.link and not request.media
    if silent and not rules.media_required and _is_usual(post, rules):
        message = "There is nothing to publish: give a text, a link or an image."
        yield Issue(Rule.CONTENT_EMPTY, message, (request.text_path,))


def _text(text: str, path: str, rules: Rules) -> Iterator[Issue]:
    if "\x00" in text:
        yield Issue(Rule.TEXT_UNSUPPORTED_CHARACTERS, f"The text {_NUL}", (path,))
    for name in rules.refused_characters.value if rules.refused_characters else ():
        if chr(int(name.removeprefix("U+"), 16)) in text:
            message = f"The text holds {name}, which nobody sees and the platform refuses: remove it."
            yield Issue(Rule.TEXT_UNSUPPORTED_CHARACTERS, message, (path,))
    length, longest = rules.count_text(text), rules.max_text_length.value
    if length > longest:
        message = f"The text has {length:,} characters; {longest:,} are allowed. Shorten it by {length - longest:,}."
        yield Issue(Rule.TEXT_TOO_LONG, message, (path,), limit=longest, actual=length, fix=Fix.TRUNCATE_TEXT)
    tags, most = count_hashtags(text), rules.max_hashtags.value if rules.max_hashtags else None
    yield from _counted(Rule.TOO_MANY_HASHTAGS, "hashtags", tags, most, path)
    friends, most = count_mentions(text), rules.max_mentions.value if rules.max_mentions else None
    yield from _counted(Rule.TOO_MANY_MENTIONS, "mentions", friends, most, path)


def _counted(rule: Rule, what: str, found: int, limit: int | None, path: str) -> Iterator[Issue]:
    if limit is not None and found > limit:
        message = f"The text has {found} {what}; {limit} are allowed. Remove {found - limit}."
        fix = Fix.DROP_EXTRA_HASHTAGS if rule is Rule.TOO_MANY_HASHTAGS else None
        yield Issue(rule, message, (path,), limit=limit, actual=found, fix=fix)


def _option_texts(options: Any) -> Iterator[Issue]:
    for path, text in texts_of(options):
        name = ".".join(path[1:])
        if "\x00" in text:
            yield Issue(Rule.TEXT_UNSUPPORTED_CHARACTERS, f"The option `{name}` {_NUL}", path)
        if (length := len(text)) > LONGEST_ADDRESS:
            message = f"The option `{name}` has {length:,} characters; {LONGEST_ADDRESS:,} are allowed."
            yield Issue(Rule.TEXT_TOO_LONG, message, path, limit=LONGEST_ADDRESS, actual=length)


def _unplaced(request: PublishRequest, post: PostRules) -> Iterator[Issue]:
    if request.text and not post.takes_text.value:
        message = f"There is no text in {post.title}: leave it out."
        yield Issue(Rule.TEXT_UNSUPPORTED, message, (request.text_path,), limit=0, actual=len(request.text))


def _link(request: PublishRequest, rules: Rules, files_known: Sequence[FileFacts]) -> Iterator[Issue]:
    if request.link is None:
        return
    if not is_web_address(request.link):
        message = "The link is no http or https address: give one such as https://example.com/page."
        yield Issue(Rule.LINK_INVALID, message, ("link",))
    most = rules.most_link_images.value if rules.most_link_images else 0
    if len(request.media) > most or not rules.supports_link.value:
        files = "more than one file" if most else "files"
        message = f"A link preview and {files} cannot go together here: leave out one, or put the link into the text."
        yield Issue(Rule.LINK_AND_MEDIA, message, ("link",), fix=Fix.DROP_LINK_PREVIEW)
    elif any(file.kind not in {None, MediaKind.IMAGE} for file in files_known):
        message = "The file of a link's preview is an image: leave out one of them."
        yield Issue(Rule.LINK_AND_MEDIA, message, ("link",), fix=Fix.DROP_LINK_PREVIEW)


def _first_comment(text: str | None, post: PostRules, rules: Rules) -> Iterator[Issue]:
    if text is None:
        return
    path, longest = ("firstComment",), rules.max_comment_length.value
    if not post.takes_comment.value:
        message = f"There is no first comment below {post.title}: leave it out."
        yield Issue(Rule.FIRST_COMMENT_UNSUPPORTED, message, path, fix=Fix.DROP_OPTION)
    if not is_visible(text):
        yield Issue(Rule.CONTENT_EMPTY, "The first comment is empty: give a text, or leave it out.", path)
    if "\x00" in text:
        yield Issue(Rule.TEXT_UNSUPPORTED_CHARACTERS, f"The first comment {_NUL}", path)
    if (length := len(text)) > longest:
        message = f"The first comment has {length:,} characters; {longest:,} are allowed. Shorten it."
        yield Issue(Rule.TEXT_TOO_LONG, message, path, limit=longest, actual=length, fix=Fix.TRUNCATE_TEXT)


def _alt_texts(media: Sequence[MediaInput], post: PostRules | None, rules: Rules) -> Iterator[Issue]:
    """Check alternative texts; of files that make no kind of post (None) only what holds for all."""
    longest = rules.max_alt_text_length.value if rules.max_alt_text_length else None
    for number, file in enumerate(media):
        path, length = ("media", str(number), "altText"), len(file.alt_text or "")
        if "\x00" in (file.alt_text or ""):
            message = f"The alternative text of file {number + 1} {_NUL}"
            yield Issue(Rule.TEXT_UNSUPPORTED_CHARACTERS, message, path)
        if length and post is not None and not post.takes_alt_text.value:
            message = f"There is no alternative text in {post.title}: leave it out."
            yield Issue(Rule.ALT_TEXT_UNSUPPORTED, message, path, fix=Fix.DROP_OPTION)
        if longest is not None and length > longest:
            message = f"The alternative text of file {number + 1} has {length} characters; {longest} are allowed."
            yield Issue(Rule.ALT_TEXT_TOO_LONG, message, path, limit=longest, actual=length)
