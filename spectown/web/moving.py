"""A move of a table of states, pressed on a page: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404

from spectown.core.workflow import Workflow
from spectown.web.http import Request, attempted


def press(request: Request, table: Workflow, code: str, make: Callable[[str], object], about: object = "") -> None:
    """Make the move that the address names by `make(reason)` and say so, or why not; 404 for an unknown one."""
    if code not in {each.code for each in table.moves}:
        raise Http404("没有这个动作")

    def change() -> str:
        make(request.POST.get("reason", ""))
        return f"{f'{about}:' if about else ''}已{table.move(code).label}。"

    attempted(request, change)
