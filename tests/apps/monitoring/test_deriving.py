"""Each figure from the lists counts what its 口径 says and nothing else: not deleted rows, other towns, other days."""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.core.monitoring.derivations import DERIVATIONS
from spectown.core.periods import of_code
from spectown.enterprises.lists.register import ENTERPRISES as REGISTER
from spectown.lists.services.bulk import bulk_change
from spectown.lists.services.records import change
from spectown.monitoring.deriving import DERIVING, derive
from spectown.towns.models import Town
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
OCTOBER = of_code("2026-10")
IN, BEFORE, AFTER = datetime.date(2026, 10, 31), datetime.date(2026, 9, 30), datetime.date(2026, 11, 1)
RISEN = {"promotion": "promoted", "above_scale": True}
LAST_YEAR = datetime.date(2025, 10, 5)
Make = Callable[..., Any]


def of(code: str, *towns: Town) -> list[Any]:
    found = derive(code, OCTOBER)
    return [found.of(town.pk) for town in towns]


def put(make: Make, town: Town, counted: list[dict[str, Any]], others: list[dict[str, Any]], **same: Any) -> None:
    """Rows that count, rows that do not; of each kind also a deleted one, one of another town and one of none."""
    for more in counted:
        make(town=town, **{**same, **more})
    gone = {"deleted_at": timezone.now(), "deleted_by": factories.UserFactory.create()}
    first = {**same, **counted[0]}
    elsewhere: list[dict[str, Any]] = [{"town": factories.TownFactory.create()}, {"town": None}, {"town": town, **gone}]
    for more in elsewhere:
        make(**first, **more)
    for more in others:
        make(town=town, **{**same, **more})


def test_every_code_of_the_core_is_derived_and_no_other() -> None:
    assert set(DERIVING) == set(DERIVATIONS)
    for code in DERIVING:
        assert derive(code, OCTOBER).figures == {}  # without any row, and no query fails


def test_enterprises_by_state_part_and_day_of_foundation() -> None:
    town = factories.TownFactory.create()
    put(
        factories.EnterpriseFactory.create,
        town,
        [
            {"chain_role": "leading", "established": IN},
            {"chain_role": "partner", "above_scale": True},
            {"established": BEFORE},
        ],
        [{"status": "suspended"}, {"status": "closed", "chain_role": "leading"}, {"established": AFTER}],
    )
    expected = {"entities": 3, "entities_new": 1, "leading_enterprises": 1, "chain_partners": 1, "above_scale": 1}
    assert {code: of(code, town)[0] for code in expected} == expected


def test_an_enterprise_of_two_towns_counts_in_both_with_its_part_there_and_is_told_as_shared() -> None:
    main, further, third = factories.TownFactory.create_batch(3)
    firm = factories.EnterpriseFactory.create(town=main, chain_role="leading")
    for town in (main, further):  # the same town again adds nothing
        factories.TownMembershipFactory.create(enterprise=firm, town=town, chain_role="partner")
    gone = {"deleted_at": timezone.now(), "deleted_by": factories.UserFactory.create()}
    factories.TownMembershipFactory.create(enterprise=firm, town=third, **gone)
    townless = factories.EnterpriseFactory.create(town=None)
    factories.TownMembershipFactory.create(enterprise=townless, town=further)
    entities = derive("entities", OCTOBER)
    assert of("entities", main, further, third) == [1, 2, 0]
    assert dict(entities.shared) == {frozenset((main.pk, further.pk)): 1}
    assert of("leading_enterprises", main, further) == [1, 0]
    assert of("chain_partners", main, further) == [0, 2]
    assert not derive("leading_enterprises", OCTOBER).shared


@pytest.mark.parametrize(
    ("code", "kind"),
    [("specialised_holders", "specialised"), ("little_giants", "little_giant"), ("champions", "champion"),
     ("high_tech", "high_tech")],
)  # fmt: skip
def test_titles_valid_on_the_last_day_each_holder_once(code: str, kind: str) -> None:
    town, further = factories.TownFactory.create_batch(2)
    make = factories.EnterpriseHonourFactory.create
    held = factories.EnterpriseFactory.create(town=town)
    factories.TownMembershipFactory.create(enterprise=held, town=further)
    make(enterprise=held, kind=kind, valid_to=IN)
    make(enterprise=held, kind=kind, level="city")  # the same holder
    for more in (
        {"valid_to": datetime.date(2026, 10, 30)},
        {"valid_from": AFTER},
        {"withdrawn_on": IN, "withdrawn_reason": "复核未通过"},
        {"kind": "green_factory"},
        {"deleted_at": timezone.now(), "deleted_by": factories.UserFactory.create()},
    ):
        make(enterprise__town=town, **{"kind": kind, **more})
    make(enterprise__town=town, enterprise__status="closed", kind=kind)
    assert of(code, town, further) == [1, 1]
    make(enterprise=held, kind=kind, level="state", valid_from=AFTER)
    assert of(code, town) == [1]


def test_promoted_is_what_became_so_in_the_period_by_hand_or_in_bulk() -> None:
    town, by = factories.TownFactory.create(territory=factories.TerritoryFactory.create()), factories.actor(Role.OFFICE)
    candidate = {"town": town, "territory": town.territory, "promotion": "candidate", "kind": "sole_trader"}
    hand, bulk, earlier, back, later = factories.EnterpriseFactory.create_batch(5, **candidate)
    factories.EnterpriseFactory.create(town=town, promotion="promoted")  # came in as such
    for firm, day in ((hand, IN), (earlier, BEFORE), (back, IN), (later, AFTER)):
        with _at(day):
            change(ledger=REGISTER, pk=firm.pk, values=RISEN, version=1, by=by)
    with _at(IN):
        change(ledger=REGISTER, pk=back.pk, values={"promotion": "candidate", "above_scale": False}, version=2, by=by)
        bulk_change(ledger=REGISTER, pks=[bulk.pk], values=RISEN, by=by, reason="年报审核")
    assert of("promoted", town) == [2]


def _at(day: datetime.date) -> AbstractContextManager[Any]:
    noon = datetime.datetime.combine(day, datetime.time(12), timezone.get_current_timezone())
    return patch.object(timezone, "now", lambda: noon)


ROWS: dict[str, tuple[Make, dict[str, Any], list[dict[str, Any]], list[dict[str, Any]], Decimal | int]] = {
    "tech_centres": (
        factories.InnovationCentreFactory.create,
        {},
        [{"valid_to": IN, "valid_from": IN}, {"rank": "state"}],
        [{"valid_to": BEFORE}, {"valid_from": AFTER}, {"rank": "county"}, {"kind": "key_laboratory"}],
        2,
    ),
    "research_running": (
        factories.ResearchTopicFactory.create,
        {"state": "running"},
        [{"started_on": IN}, {"state": "done", "done_on": AFTER}],
        [{"state": "selected"}, {"state": "stopped"}, {"state": "done", "done_on": IN}, {"started_on": AFTER}],
        2,
    ),
    "patents_valid": (
        factories.IntellectualPropertyFactory.create,
        {"kind": "invention"},
        [{"granted_on": IN}, {"ended_on": AFTER}],
        [{"kind": "design"}, {"ended_on": IN}, {"granted_on": AFTER}],
        2,
    ),
    "brands": (
        factories.BrandFactory.create,
        {},
        [{"valid_to": IN}, {"kind": "company", "rank": "province"}, {"kind": "product", "rank": "state"}],
        [{"valid_to": BEFORE}, {"rank": "county"}, {"kind": "geographical"}, {"valid_from": AFTER}],
        3,
    ),
    "standards": (
        factories.StandardFactory.create,
        {"code": "GB/T 1—2020"},
        [{"published_on": IN}, {"kind": "national", "code": "GB/T 2—2020"}, {"abolished_on": AFTER}],
        [{"kind": "group", "code": "T/1"}, {"code": "3", "abolished_on": IN}, {"code": "4", "published_on": AFTER}],
        2,  # two rows of one standard, by two firms
    ),
    "trained": (
        factories.TrainingFactory.create,
        {"starts_on": BEFORE, "ends_on": IN},
        [{"persons": 30}, {"persons": 12, "starts_on": IN, "ends_on": None}, {"persons": None}],
        [{"persons": 5, "ends_on": AFTER}, {"persons": 7, "starts_on": BEFORE, "ends_on": None}],
        42,
    ),
    "fairs": (
        factories.FairFactory.create,
        {"starts_on": IN},
        [{}, {"starts_on": datetime.date(2026, 10, 1)}],
        [{"starts_on": BEFORE}, {"starts_on": AFTER}],
        2,
    ),
    "needs_raised": (
        factories.NeedFactory.create,
        {"raised_on": IN},
        [{}, {"state": "unmet"}],
        [{"raised_on": BEFORE}, {"raised_on": AFTER}],
        2,
    ),
    "needs_met": (
        factories.NeedFactory.create,
        {"raised_on": BEFORE, "state": "met", "met_on": IN},
        [{}],
        [{"met_on": BEFORE}, {"met_on": AFTER}, {"state": "answered"}],
        1,
    ),
    "platform_functions": (
        factories.ServicePlatformFactory.create,
        {},
        [{"testing": True, "logistics": True, "opened_on": IN}, {"testing": True, "design": True}],
        [{"rights": True, "closed_on": IN}, {"advice": True, "opened_on": AFTER}],
        3,
    ),
    "policies_paid": (
        factories.TownPolicyFactory.create,
        {"issued_on": IN},
        [{"paid": Decimal("12.5")}, {"paid": None}, {"paid": Decimal(3), "issued_on": None}],
        [{"paid": Decimal(100), "issued_on": AFTER}],
        Decimal("15.5"),
    ),
    "problems_open": (
        factories.ProblemFactory.create,
        {"raised_on": IN},
        [{}, {"raised_on": BEFORE, "state": "solved", "solved_on": AFTER}],
        [{"raised_on": AFTER}, {"state": "solved", "solved_on": IN}, {"state": "withdrawn"}],
        2,
    ),
    "projects": (
        factories.ProjectFactory.create,
        {},
        [{"registered_on": IN}, {"course": "paused"}],
        [{"course": "ended"}, {"registered_on": AFTER}],
        2,
    ),
    "projects_started": (
        factories.ProjectFactory.create,
        {"started_on": IN},
        [{}, {"started_on": datetime.date(2026, 1, 1)}],
        [{"started_on": AFTER}, {"started_on": LAST_YEAR}, {"started_on": None}],
        2,
    ),
    "projects_producing": (
        factories.ProjectFactory.create,
        {"producing_on": IN},
        [{}],
        [{"producing_on": AFTER}, {"producing_on": LAST_YEAR}, {"producing_on": None}],
        1,
    ),
    "deals_amount": (
        factories.LeadFactory.create,
        {"stage": "contract", "contract_on": IN, "intended": Decimal(100)},
        [{}, {"stage": "landed", "contract_on": BEFORE}],
        [{"stage": "framework"}, {"stage": "ended"}, {"contract_on": AFTER}, {"contract_on": LAST_YEAR}],
        200,
    ),
}


@pytest.mark.parametrize("code", ROWS)
def test_rows_of_the_lists(code: str) -> None:
    town = factories.TownFactory.create()
    make, same, counted, others, expected = ROWS[code]
    put(_named(make), town, counted, others, **same)
    assert of(code, town) == [expected]


def _named(make: Make) -> Make:
    """Of one standard there is one row a firm."""
    if make is not factories.StandardFactory.create:
        return make
    return lambda **more: make(enterprise=factories.EnterpriseFactory.create(), **more)


def test_what_is_left_empty_everywhere_is_not_0() -> None:
    town = factories.TownFactory.create()
    factories.TrainingFactory.create(town=town, starts_on=IN, persons=None)
    factories.TownPolicyFactory.create(town=town, paid=None)
    assert [*of("trained", town), *of("policies_paid", town)] == [None, None]


def test_a_joined_problem_is_solved_with_its_common_one() -> None:
    town = factories.TownFactory.create()
    common = factories.ProblemFactory.create(nature="common", town=None, raised_on=BEFORE)
    factories.ProblemFactory.create(town=town, raised_on=BEFORE, state="joined", common=common)
    assert of("problems_open", town) == [1]
    common.solved_on = IN
    common.save()
    assert of("problems_open", town) == [0]


def test_investment_by_month_plan_and_what_came_of_leads() -> None:
    town, reporting, idle = factories.TownFactory.create_batch(3)
    project = factories.ProjectFactory.create(town=town, started_on=LAST_YEAR)
    for month, completed in ((9, 40), (10, 60), (11, 500)):
        factories.ProjectMonthFactory.create(project=project, year=2026, month=month, completed=completed)
    factories.ProjectMonthFactory.create(project=project, year=2025, month=10, completed=999)
    factories.ProjectYearFactory.create(project=project, year=2026, planned=Decimal(900))
    factories.ProjectYearFactory.create(project=project, year=2025, planned=Decimal(1))
    factories.ProjectFactory.create(town=reporting, started_on=LAST_YEAR)
    factories.ProjectFactory.create(town=idle, stage="idea")
    assert of("project_investment", town, reporting, idle) == [60, None, 0]
    assert of("project_planned", town, reporting, idle) == [900, None, 0]
    assert derive("project_investment", of_code("2026-Q3")).of(town.pk) == 40
    assert of("deals_arrived", town) == [0]
    factories.LeadFactory.create(town=town, project=project)
    assert of("deals_arrived", town) == [100]
    project.deleted_at, project.deleted_by = timezone.now(), factories.UserFactory.create()
    project.save()
    assert [of(code, town)[0] for code in ("project_investment", "project_planned", "deals_arrived")] == [0, 0, 0]
