"""What is sent to make a post: the same bytes each time, so that LinkedIn knows a second copy for one.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (read 2026-11-22).
"""

from typing import Any

from platforms.base import Work
from platforms.linkedin.littletext import escape
from platforms.linkedin.options import LinkedInOptions, Poll
from platforms.linkedin.rules import DOCUMENT, IMAGE, IMAGES, MOST_TITLE, POLL, VIDEO, link_title
from platforms.linkedin.uploads import urn_of


def body_of(work: Work, author: str) -> dict[str, Any]:
    """Write a post; its files are ready."""
    options: LinkedInOptions = work.draft.options
    content = _content(work, options)
    return {
        "author": author,
        "commentary": escape(work.draft.text),
        "visibility": options.visibility.name,
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        **({"content": content} if content else {}),
    }


def _content(work: Work, options: LinkedInOptions) -> dict[str, Any]:
    match work.draft.post:
        case IMAGE.name:
            return {"article": _article(work, options)} if work.draft.link else {"media": _picture(work, 0)}
        case IMAGES.name:
            return {"multiImage": {"images": [_picture(work, number) for number in range(len(work.draft.media))]}}
        case VIDEO.name:
            title = {"title": options.video_title} if options.video_title else {}
            return {"media": {"id": urn_of(work, 0), **title}}
        case DOCUMENT.name:
            return {"media": {"id": urn_of(work, 0), "title": options.document_title or ""}}
        case POLL.name if options.poll is not None:
            return {"poll": _poll(options.poll)}
        case _:
            return {"article": _article(work, options)} if work.draft.link else {}


def _picture(work: Work, number: int) -> dict[str, str]:
    alt_text = work.draft.media[number].alt_text
    return {"id": urn_of(work, number), **({"altText": alt_text} if alt_text else {})}


def _article(work: Work, options: LinkedInOptions) -> dict[str, str]:
    description = {"description": options.link_description} if options.link_description else {}
    title = link_title(work.draft)[: MOST_TITLE.value]
    thumbnail = {"thumbnail": urn_of(work, 0)} if work.draft.media else {}
    return {"source": work.draft.link or "", "title": title, **description, **thumbnail}


def _poll(poll: Poll) -> dict[str, Any]:
    return {
        "question": poll.question,
        "options": [{"text": answer} for answer in poll.options],
        "settings": {"duration": poll.duration.name},
    }
