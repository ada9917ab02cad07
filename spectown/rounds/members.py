"""Members of the leading group on a day, as the plan seats them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from spectown.plans.models import PlanVersion


@dataclass(frozen=True, slots=True)
class Member:
    """One person with the post by which the person belongs to the group."""

    name: str
    post: str

    @property
    def key(self) -> str:
        """Name and post: two members may bear the same name."""
        return f"{self.name} {self.post}"


def members_on(version: PlanVersion, day: datetime.date) -> list[Member]:
    """Whoever holds a seat's post that day, each once, in the order of the roster; vacant seats have none."""
    seats = version.seats.select_related("post").prefetch_related("post__incumbencies")
    held = [(seat.post.incumbent_on(day), seat.post.title) for seat in seats]
    return list(dict.fromkeys(Member(found.person, found.title or post) for found, post in held if found))
