"""The lists of this app as declared, in the order of the tasks they feed."""

from spectown.ledgers.lists.brands import BRANDS, RIGHTS, STANDARDS
from spectown.ledgers.lists.innovation import CENTRES, TOPICS
from spectown.ledgers.lists.market import FAIRS
from spectown.ledgers.lists.needs import NEEDS
from spectown.ledgers.lists.people import EMPLOYMENT, TRAININGS
from spectown.ledgers.lists.places import PARKS, PLATFORMS
from spectown.ledgers.lists.policies import POLICIES

LISTS = (
    CENTRES,
    TOPICS,
    TRAININGS,
    EMPLOYMENT,
    BRANDS,
    STANDARDS,
    RIGHTS,
    FAIRS,
    NEEDS,
    PLATFORMS,
    PARKS,
    POLICIES,
)
