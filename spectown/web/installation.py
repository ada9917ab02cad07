"""What kind of data a database holds: real or demonstration, never both."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.models import Installation
from spectown.audit.services import SYSTEM, record
from spectown.lists.registry import ledgers
from spectown.towns.models import Town


class WrongKind(Exception):
    """The database holds the other kind of data; the message says so in Chinese."""


def demo_rows() -> dict[str, int]:
    """How many demonstration rows stand in which list; empty where there is none."""
    found = {"专业镇": Town.objects.filter(is_demo=True).count()}
    found |= {ledger.label: ledger.model._default_manager.filter(is_demo=True).count() for ledger in ledgers()}
    return {label: count for label, count in found.items() if count}


@transaction.atomic
def make_production() -> bool:
    """Mark the database as holding real data; True where that was done now. Raises WrongKind beside demo data."""
    installation = Installation.objects.filter(pk=1).first()
    found = demo_rows()
    if found or (installation and installation.mode == Installation.Mode.DEMO):
        rows = ",".join(f"{label} {count} 行" for label, count in found.items())
        found_text = f"({rows})" if rows else ""
        raise WrongKind(
            f"这个数据库存放演示数据{found_text},不能用于正式工作。请用 DATABASE_URL 或 DATA_DIR 换一个空库。"
        )
    if installation:
        return False
    record(
        by=SYSTEM, action="installation.init", obj=Installation.objects.create(pk=1, mode=Installation.Mode.PRODUCTION)
    )
    return True
