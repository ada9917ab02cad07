"""Lights (灯) as people see them: shape, colour and word, never colour alone."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SHAPES = {
    "green": ("circle-check", "正常"),
    "blue": ("clock", "临期"),
    "yellow": ("alert-triangle", "滞后"),
    "red": ("circle-x", "逾期"),
    "grey": ("circle-dashed", "未起算"),
    "none": ("circle-minus", "不亮灯"),
}


def light(level: str, word: str = "") -> SafeString:
    """One light; without a word the usual one of its level."""
    shape, usual = SHAPES.get(level, SHAPES["grey"])
    return format_html(
        '<span class="light light-{}"><svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>{}</span>',
        level if level in SHAPES else "grey",
        static("icons.svg"),
        shape,
        word or usual,
    )
