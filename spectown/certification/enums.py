"""Codes of certification."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a pre-check application stands (预审); the transitions are in core.workflow."""

    DRAFT = "draft", "填报中"
    CHECKING = "checking", "待审核"
    RETURNED = "returned", "已退回"
    CHECKED = "checked", "已审核"
    WITHDRAWN = "withdrawn", "已撤回"
