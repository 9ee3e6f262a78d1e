"""A bar chart as SVG, written by hand: one bar for each figure against its bound. Readable on light and dark pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _LEFT, _RIGHT = 1000, 400, 190
_ROW, _HEAD, _TOP = 20, 30, 62
_FULL = 1.5
"""The end of the scale, in bounds; what is beyond is cut off there and says its figure all the same."""
_HOLDS, _MISSED, _INK, _PALE = "#2f7d5b", "#c0392b", "#6b7280", "#9ca3af"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, what is written at its end, and its length and whisker as shares of the bound."""

    name: str
    label: str
    used: float
    low: float | None = None
    high: float | None = None


def draw(title: str, bars: Sequence[tuple[str, Bar]]) -> str:
    """Draw bars under the headings of their groups."""
    parts: list[str] = []
    y, group = _TOP, ""
    for heading, bar in bars:
        if heading != group:
            group = heading
            y += _HEAD
            parts.append(_text(16, y - 8, heading, weight=600))
        parts += _bar(bar, y)
        y += _ROW
    height = y + 16
    return "\n".join([_start(title, height), *_scale(height), *parts, "</svg>"]) + "\n"


def _start(title: str, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12">\n<title>{escape(title)}</title>\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff" rx="8"/>\n'
        + _text(16, 24, title, weight=600, size=14)
    )


def _scale(height: int) -> list[str]:
    lines: list[str] = []
    for share in (0.25, 0.5, 0.75, 1.0, 1.25):
        x, colour = _x(share), _MISSED if share == 1 else _PALE
        strong = 'stroke-width="1.5"' if share == 1 else 'stroke-width="0.5" stroke-dasharray="2 3"'
        lines.append(f'<line x1="{x}" y1="52" x2="{x}" y2="{height - 12}" stroke="{colour}" {strong}/>')
        lines.append(_text(x, 46, "the bound" if share == 1 else f"{share:.0%}", colour=colour, anchor="middle"))
    return lines


def _bar(bar: Bar, y: int) -> list[str]:
    colour = _HOLDS if bar.used <= 1 else _MISSED
    width = max(_x(bar.used) - _LEFT, 1.5)
    parts = [
        _text(_LEFT - 8, y + 13, bar.name, anchor="end"),
        f'<rect x="{_LEFT}" y="{y + 4}" width="{width:.1f}" height="12" fill="{colour}" rx="2"/>',
        _text(_WIDTH - _RIGHT + 8, y + 13, bar.label, colour=colour if bar.used > 1 else "#111827"),
    ]
    if bar.low is not None and bar.high is not None:
        middle, left, right = y + 10, _x(bar.low), _x(bar.high)
        path = f"M{left} {middle - 4}V{middle + 4}M{left} {middle}H{right}M{right} {middle - 4}V{middle + 4}"
        parts.append(f'<path d="{path}" stroke="#111827" fill="none"/>')
    return parts


def _x(share: float) -> float:
    return round(_LEFT + min(share, _FULL) / _FULL * (_WIDTH - _LEFT - _RIGHT), 1)


def _text(
    x: float, y: float, text: str, *, weight: int = 400, size: int = 12, colour: str = "#111827", anchor: str = "start"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )
