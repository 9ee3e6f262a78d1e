"""The public's view: the feed of everything the ledger holds, a page per permalink, the pictures."""

from dataclasses import dataclass
from html import escape

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox import html
from sandbox.clock import iso
from sandbox.ledger import Entry
from sandbox.world import World

FEED_LENGTH = 50
REFRESH_SECONDS = 5
PLATFORM_NAMES = {"facebook": "Facebook Page", "instagram": "Instagram", "linkedin": "LinkedIn", "x": "X"}


@dataclass(frozen=True, slots=True)
class Pages:
    """The HTML pages over one world."""

    world: World

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route("/", self.feed),
            Route("/facebook/{post_id}", self.permalink),
            Route("/p/{shortcode}", self.permalink),
            Route("/p/{shortcode}/", self.permalink),
            Route("/p/{shortcode}/c/{comment_id}", self.permalink),
            Route("/reel/{shortcode}/c/{comment_id}", self.permalink),
            Route("/stories/{username}/{media_id}", self.permalink),
            Route("/reel/{video_id}", self.permalink),
            Route("/reel/{video_id}/", self.permalink),
            Route("/{page}/videos/{video_id}", self.permalink),
            Route("/{page}/videos/{video_id}/", self.permalink),
            Route("/linkedin/feed/update/{urn}", self.permalink),
            Route("/linkedin/feed/update/{urn}/", self.permalink),
            Route("/x/{username}/status/{post_id}", self.permalink),
            Route("/pictures/{picture_hash}", self.picture),
            Route("/videos/{video_hash}", self.video),
            Route("/style.css", self.style),
        ]

    async def feed(self, request: Request) -> Response:
        """Answer the newest posts; `?account=` shows one account's."""
        account = request.query_params.get("account")
        ledger = self.world.ledger
        if account is None:
            entries = list(ledger.newest(FEED_LENGTH))
        else:
            entries = [entry for entry in reversed(ledger.entries(account)) if entry.deleted_at is None][:FEED_LENGTH]
        cards = "\n".join(_card(entry) for entry in entries)
        empty = '<p class="soft">Nothing is public yet. This page reloads by itself.</p>'
        return html.page("What the public sees", cards or empty, refresh_seconds=REFRESH_SECONDS)

    async def permalink(self, request: Request) -> Response:
        """Answer one post."""
        entry = self.world.ledger.at(request.scope["path"].rstrip("/"))
        if entry is None or entry.deleted_at is not None:
            return html.page("Not available", "<h1>This content isn't available</h1>", status=404)
        return html.page(f"{entry.account_name}: {entry.kind}", _card(entry))

    async def picture(self, request: Request) -> Response:
        """Answer the bytes of a published or staged picture."""
        found = self.world.pictures.find(request.path_params["picture_hash"])
        if found is None:
            return PlainTextResponse("There is no such picture.\n", 404)
        picture, data = found
        return Response(
            data,
            media_type=picture.mime_type,
            headers={"x-content-type-options": "nosniff", "cache-control": "max-age=3600, immutable"},
        )

    async def video(self, request: Request) -> Response:
        """Answer the bytes of a video, or the part of them that is asked for."""
        path = self.world.videos.path(request.path_params["video_hash"])
        if path is None:
            return PlainTextResponse("There is no such video.\n", 404)
        return FileResponse(path, media_type="video/mp4", headers={"x-content-type-options": "nosniff"})

    async def style(self, _request: Request) -> Response:
        """Answer the style sheet."""
        return html.style()


def _card(entry: Entry) -> str:
    pictures = "".join(_picture(entry, position) for position in range(len(entry.image_hashes)))
    videos = "".join(f'<video controls preload="metadata" src="/videos/{one}"></video>' for one in entry.video_hashes)
    link = f'<p class="text">{_link(entry.link)}</p>' if entry.link else ""
    when = iso(entry.published_at)
    return f"""<article class="card" id="{escape(entry.public_id)}">
<div class="in"><h2>{escape(entry.account_name)}</h2>
<span class="soft">{PLATFORM_NAMES[entry.platform]}{_kind(entry)} · </span><a class="soft" href="{escape(entry.path)}"
><time datetime="{when}">{when.replace("T", " ")[:19]} UTC</time></a>
<p class="text">{escape(entry.text)}</p>{link}{_loss(entry)}</div>
<div class="pictures">{pictures}{videos}</div>
</article>"""


def _loss(entry: Entry) -> str:
    """Say what the author wrote where the platform cut it off in silence."""
    raw = entry.details.get("raw", "") if entry.details.get("is_cut") else ""
    return f'<p class="soft">Cut off. What was sent: <code>{escape(raw)}</code></p>' if raw else ""


def _kind(entry: Entry) -> str:
    """Say what is not to be seen at once."""
    told = {"reel": "reel", "photo_story": "story", "video_story": "story", "story": "story", "comment": "comment"}.get(
        entry.kind
    )
    return f" · {told}" if told else ""


def _picture(entry: Entry, position: int) -> str:
    alt = entry.alt_texts[position] if position < len(entry.alt_texts) else ""
    return f'<img src="/pictures/{entry.image_hashes[position]}" alt="{escape(alt)}" loading="lazy">'


def _link(url: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{escape(url)}</a>'
