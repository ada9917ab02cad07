"""What addresses call an evaluation: its year, and the code of its scheme where that is not the general one."""

from __future__ import annotations

from django.urls import register_converter


class KeyConverter:
    """2025, or 2025-tourism."""

    regex = "[0-9]{4}(?:-[a-z][a-z0-9_-]*)?"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str | int) -> str:
        """A year alone is that of the general scheme."""
        return str(value)


register_converter(KeyConverter, "evaluation_key")
