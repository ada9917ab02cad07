"""One file per task of the plan; every list is a model of its own."""

from spectown.ledgers.models.brands import Brand, IntellectualProperty, Standard
from spectown.ledgers.models.innovation import InnovationCentre, ResearchTopic
from spectown.ledgers.models.market import Fair
from spectown.ledgers.models.needs import Need
from spectown.ledgers.models.people import Employment, Training
from spectown.ledgers.models.places import Park, ServicePlatform
from spectown.ledgers.models.policies import TownPolicy

__all__ = [
    "Brand",
    "Employment",
    "Fair",
    "InnovationCentre",
    "IntellectualProperty",
    "Need",
    "Park",
    "ResearchTopic",
    "ServicePlatform",
    "Standard",
    "TownPolicy",
    "Training",
]
