"""Codes of units, names and seats."""

from django.db.models import TextChoices


class UnitKind(TextChoices):
    """What a unit is."""

    CITY = "city", "市级领导"
    OFFICE = "office", "领导小组办公室"
    BUREAU = "bureau", "市直单位"
    COUNTY = "county", "县(区)政府"
    ZONE = "zone", "开发区管委会"
    COLLECTIVE = "collective", "一类单位"
    TOWN_BODY = "town_body", "专业镇运营主体"
    EXPERT_POOL = "expert_pool", "专家库"
    ENTERPRISE = "enterprise", "企业"


class NameKind(TextChoices):
    """How a name is used."""

    OFFICIAL = "official", "规范简称"
    FULL = "full", "全称"
    ALIAS = "alias", "别名"


class SeatRole(TextChoices):
    """Place in the leading group."""

    LEADER = "leader", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"


class TerritoryKind(TextChoices):
    """What a territory is."""

    COUNTY = "county", "县(区)"
    ZONE = "zone", "开发区"
