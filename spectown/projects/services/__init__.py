"""Changes of projects and leads; all go through lists.services.records: the same scope, rules and log."""

from spectown.projects.services.conversion import conversion_refusals, convert, prefilled, standing
from spectown.projects.services.moves import advance, change_course

__all__ = ["advance", "change_course", "conversion_refusals", "convert", "prefilled", "standing"]
