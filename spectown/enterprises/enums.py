"""Codes of enterprises; the labels are what people see."""

from __future__ import annotations

from django.db.models import TextChoices


class EntityKind(TextChoices):
    """What kind of market entity (市场主体) it is; 家庭农场 and 合作社 count as chain partners (方案 二(五))."""

    COMPANY = "company", "企业"
    SOLE_TRADER = "sole_trader", "个体工商户"
    FAMILY_FARM = "family_farm", "家庭农场"
    COOPERATIVE = "cooperative", "专业合作社"


class ChainRole(TextChoices):
    """Part in the chain of a town."""

    LEADING = "leading", "龙头"
    UPSTREAM = "upstream", "上游"
    DOWNSTREAM = "downstream", "下游"
    PARTNER = "partner", "配套"


class Size(TextChoices):
    """Size by the State's classes (统计上大中小微型企业划分)."""

    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class Promotion(TextChoices):
    """小升规: where a small enterprise stands on its way above the statistical threshold."""

    NONE = "none", "未纳入"
    POOL = "pool", "培育库"
    CANDIDATE = "candidate", "拟升规"
    PROMOTED = "promoted", "已升规"


class Status(TextChoices):
    """Whether it works; only those in business count."""

    ACTIVE = "active", "在营"
    SUSPENDED = "suspended", "停产停业"
    CLOSED = "closed", "已注销"
