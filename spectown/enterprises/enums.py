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


class HonourKind(TextChoices):
    """Kinds of titles and recognitions an enterprise may hold; those of 二(五) give priority in certification."""

    SPECIALISED = "specialised", "专精特新中小企业"
    LITTLE_GIANT = "little_giant", "专精特新“小巨人”"
    CHAMPION = "champion", "制造业单项冠军"
    HIGH_TECH = "high_tech", "高新技术企业"
    TECH_CENTRE = "tech_centre", "企业技术中心"
    ENGINEERING_CENTRE = "engineering_centre", "工程(技术)研究中心"
    FARM_LEADER = "farm_leader", "农业产业化龙头企业"
    GREEN_FACTORY = "green_factory", "绿色工厂"
    TIME_HONOURED = "time_honoured", "老字号"
    OTHER = "other", "其他"


class HonourLevel(TextChoices):
    """Level of the authority that recognises."""

    STATE = "state", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class PairReason(TextChoices):
    """Why two enterprises may be one, from the surest down."""

    SAME_CODE = "same_code", "代码相同"
    SAME_BODY = "same_body", "主体标识码相同"
    SAME_NAME = "same_name", "名称相同"
    OTHER_FORM = "other_form", "名称相近:字号相同,组织形式不同"
    SIMILAR_NAME = "similar_name", "名称相近"
    BY_HAND = "by_hand", "人工指定"


class PairState(TextChoices):
    """What was decided of two enterprises that look alike."""

    OPEN = "open", "待判断"
    DISTINCT = "distinct", "不是重复"
    MERGED = "merged", "已合并"
