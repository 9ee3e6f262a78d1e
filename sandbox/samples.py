"""Sample pictures, videos and documents: rendered on request from their name, or uploaded by a demo with its own."""

import hashlib
import io
import re
import shutil
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.numbers import whole
from sandbox.pictures import inspect, write_whole
from sandbox.sample_documents import MAX_PAGES, render_document
from sandbox.sample_videos import MIN_BYTES, render_video

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
DEFAULT_EDGE = 1080
MAX_EDGE = 4000
MAX_VIDEO_SECONDS = 86_400
MAX_FRAME_RATE = 1000
MAX_VIDEO_BYTES = 512 * 1024 * 1024
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(slots=True)
class Samples:
    """The pictures under `/samples/`.

    Attributes:
        folder: Where uploads are kept; None keeps them in memory.
    """

    folder: Path | None = None
    _uploads: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [
            Route("/samples/{name}.jpg", self.show, methods=["GET"]),
            Route("/samples/{name}.jpg", self.upload, methods=["PUT"]),
            Route("/samples/{name}.mp4", self.show_video, methods=["GET"]),
            Route("/samples/{name}.gif", self.show_gif, methods=["GET"]),
            Route("/samples/{name}.pdf", self.show_document, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Answer an uploaded sample, or render one; `?width=&height=` choose its pixels."""
        name = request.path_params["name"]
        if not NAME.fullmatch(name):
            return PlainTextResponse("A sample's name is letters, digits, dot, dash, underscore.\n", 404)
        data = self._uploaded(name)
        if data is None:
            edges = [_edge(request.query_params.get(side)) for side in ("width", "height")]
            data = render(name, edges[0], edges[1])
        return Response(data, media_type="image/jpeg", headers={"cache-control": "no-store"})

    async def show_video(self, request: Request) -> Response:
        """Answer a video with a header as asked: `?width=&height=&seconds=&frame_rate=&size_bytes=`."""
        name, asked = request.path_params["name"], request.query_params
        if not NAME.fullmatch(name):
            return PlainTextResponse("A sample's name is letters, digits, dot, dash, underscore.\n", 404)
        data = render_video(
            width=min(max(whole(asked.get("width"), 1080), 1), MAX_EDGE),
            height=min(max(whole(asked.get("height"), 1920), 1), MAX_EDGE),
            seconds=min(max(whole(asked.get("seconds"), 5), 1), MAX_VIDEO_SECONDS),
            frame_rate=min(max(whole(asked.get("frame_rate"), 30), 1), MAX_FRAME_RATE),
            size_bytes=min(whole(asked.get("size_bytes"), MIN_BYTES), MAX_VIDEO_BYTES),
            name=name,
        )
        return Response(data, media_type="video/mp4", headers={"cache-control": "no-store"})

    async def show_gif(self, request: Request) -> Response:
        """Answer a GIF of two pictures; `?width=&height=` choose its pixels."""
        name = request.path_params["name"]
        if not NAME.fullmatch(name):
            return PlainTextResponse("A sample's name is letters, digits, dot, dash, underscore.\n", 404)
        edges = [_edge(request.query_params.get(side)) for side in ("width", "height")]
        return Response(render_gif(name, *edges), media_type="image/gif", headers={"cache-control": "no-store"})

    async def show_document(self, request: Request) -> Response:
        """Answer a PDF; `?pages=` says how many it has."""
        name = request.path_params["name"]
        if not NAME.fullmatch(name):
            return PlainTextResponse("A sample's name is letters, digits, dot, dash, underscore.\n", 404)
        pages = min(max(whole(request.query_params.get("pages"), 1), 1), MAX_PAGES)
        data = render_document(name, pages)
        return Response(data, media_type="application/pdf", headers={"cache-control": "no-store"})

    async def upload(self, request: Request) -> Response:
        """Keep a JPEG of up to 10 MB under a name."""
        name = request.path_params["name"]
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > MAX_UPLOAD_BYTES:
                return PlainTextResponse("A sample has at most 10 MB.\n", 413)
        picture = inspect(bytes(data))
        if not NAME.fullmatch(name) or picture is None or picture.format != "JPEG":
            return PlainTextResponse("A sample is a JPEG under a plain name.\n", 422)
        self._keep(name, bytes(data))
        return PlainTextResponse("Kept.\n", 201)

    def clear(self) -> None:
        """Forget uploads."""
        self._uploads.clear()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _uploaded(self, name: str) -> bytes | None:
        if self.folder is None:
            return self._uploads.get(name)
        path = self.folder / f"{name}.jpg"
        return path.read_bytes() if path.is_file() else None

    def _keep(self, name: str, data: bytes) -> None:
        if self.folder is None:
            self._uploads[name] = data
            return
        write_whole(self.folder / f"{name}.jpg", data)


@lru_cache(maxsize=64)
def render(name: str, width: int = DEFAULT_EDGE, height: int = DEFAULT_EDGE) -> bytes:
    """Draw a JPEG in colors that belong to the name, with the name on it."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - Pillow is large, and a sandbox at rest looks at no picture

    shade = hashlib.sha256(name.encode()).digest()
    ramp = Image.linear_gradient("L").resize((width, height))
    dark = Image.new("RGB", (width, height), (shade[0] // 3, shade[1] // 3, shade[2] // 3))
    light = Image.new("RGB", (width, height), tuple(128 + channel // 2 for channel in shade[3:6]))
    image = Image.composite(light, dark, ramp)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=max(12, width // 14))
    pen.text((width / 2, height / 2), name.replace("-", " "), font=font, fill="white", anchor="mm")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


@lru_cache(maxsize=16)
def render_gif(name: str, width: int, height: int) -> bytes:
    """Draw a GIF that goes from a sample's picture to its mirror image and back."""
    from PIL import Image  # noqa: PLC0415 - Pillow is large, and a sandbox at rest looks at no picture

    picture = Image.open(io.BytesIO(render(name, width, height)))
    out = io.BytesIO()
    mirrored = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    picture.save(out, "GIF", save_all=True, append_images=[mirrored], duration=500, loop=0)
    return out.getvalue()


def _edge(text: str | None) -> int:
    return min(max(whole(text, DEFAULT_EDGE), 1), MAX_EDGE)
