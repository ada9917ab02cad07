"""Market entities, the towns they belong to, their honours and yearly figures, and pairs that look alike."""

from spectown.enterprises.models.enterprise import Enterprise, TownMembership
from spectown.enterprises.models.honour import EnterpriseHonour
from spectown.enterprises.models.pair import DuplicatePair
from spectown.enterprises.models.year import EnterpriseYear

__all__ = ["DuplicatePair", "Enterprise", "EnterpriseHonour", "EnterpriseYear", "TownMembership"]
