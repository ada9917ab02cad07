"""Codes of towns."""

from django.db.models import TextChoices


class Level(TextChoices):
    """How far a town has come, lowest first (方案 一(二), 四级梯次与潜力专业镇)."""

    POTENTIAL = "potential", "潜力"
    TOWNSHIP = "township", "乡级"
    COUNTY = "county", "县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"


PUBLISHED_LEVELS = (Level.TOWNSHIP, Level.COUNTY, Level.CITY, Level.PROVINCE)
