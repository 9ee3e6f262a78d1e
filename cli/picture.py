"""Paints the picture that the demo publishes."""

import io

from PIL import Image, ImageDraw, ImageFont, ImageOps

_SIDE = 1080  # pixels; square fits Facebook and Instagram as it is
_NIGHT, _DAWN, _PAPER = "#1b1464", "#f79f1f", "#ffffff"
_MARGIN = 96


def paint(title: str, line: str) -> bytes:
    """Paint a square JPEG: a gradient, a title and a line of text."""
    shade = Image.linear_gradient("L").resize((_SIDE, _SIDE), Image.Resampling.BICUBIC)
    picture = ImageOps.colorize(shade, black=_NIGHT, white=_DAWN, mid="#c4407a")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((_SIDE * 0.58, _SIDE * 0.12, _SIDE * 0.86, _SIDE * 0.40), fill="#ffd9a0")
    draw.text((_MARGIN, _SIDE * 0.60), title, fill=_PAPER, font=ImageFont.load_default(104))
    draw.text((_MARGIN, _SIDE * 0.74), line, fill=_PAPER, font=ImageFont.load_default(44))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()
