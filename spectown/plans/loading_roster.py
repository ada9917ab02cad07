"""The roster of the leading group: seats of this version, posts, and first incumbents."""

from __future__ import annotations

from spectown.core.plandoc.model import Member, PlanDocument
from spectown.organisations.enums import SeatRole, UnitKind
from spectown.organisations.loading import UnitBook
from spectown.organisations.models import Incumbency, Post
from spectown.plans.models import PlanVersion, Seat

ROLES = {"组长": SeatRole.LEADER, "副组长": SeatRole.DEPUTY, "成员": SeatRole.MEMBER}


def load_seats(version: PlanVersion, document: PlanDocument, book: UnitBook) -> None:
    """One seat per roster row. A post that already has incumbents keeps them: substitutions are not undone."""
    for order, member in enumerate(document.members):
        post = _post(member, book)
        Seat.objects.create(
            version=version,
            post=post,
            order=order,
            role=ROLES.get(member.role, SeatRole.MEMBER),
            printed_name=member.name,
            printed_post=member.post,
        )
        if not post.incumbencies.exists():
            document_name = f"{version.title}附件" if version.title else "方案附件"
            Incumbency.objects.create(post=post, person=member.name, title=member.post, document=document_name[:200])


def _post(member: Member, book: UnitBook) -> Post:
    unit = book.get_or_add(member.unit or member.post, UnitKind.BUREAU)
    post, _ = Post.objects.get_or_create(unit=unit, title=member.post[:80])
    return post
