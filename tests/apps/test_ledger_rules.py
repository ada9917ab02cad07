"""Rules of the lists of the app `ledgers`, as a person reads them: which rows are in order, what the fault says."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from spectown.lists.checking import check_row
from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledger_for, ledgers
from tests import ledger_factories as made

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY, LATER = datetime.date(2026, 3, 2), datetime.date(2026, 3, 9)
CASES: list[tuple[Any, dict[str, Any], str, str]] = [
    (made.InnovationCentreFactory, {"valid_from": LATER, "valid_to": DAY}, "valid_to", "早于“认定日期”"),
    (made.InnovationCentreFactory, {"valid_from": DAY, "valid_to": DAY}, "", ""),
    (made.ResearchTopicFactory, {"state": "done"}, "done_on", "请填“实际完成”"),
    (made.ResearchTopicFactory, {"state": "done", "done_on": DAY}, "", ""),
    (made.BrandFactory, {"valid_from": LATER, "valid_to": DAY}, "valid_to", "早于“认定日期”"),
    (made.StandardFactory, {"published_on": LATER, "abolished_on": DAY}, "abolished_on", "早于“发布日期”"),
    (made.IntellectualPropertyFactory, {"granted_on": LATER, "ended_on": DAY}, "ended_on", "早于“授权日期”"),
    (made.TrainingFactory, {"persons": 10, "certified": 11}, "certified", "多于“培训人数”"),
    (made.TrainingFactory, {"persons": 10, "certified": 10}, "", ""),
    (made.TrainingFactory, {"certified": 11}, "", ""),
    (made.EmploymentFactory, {"employees": 5, "created": 6}, "created", "多于“从业人数”"),
    (made.FairFactory, {"starts_on": LATER, "ends_on": DAY}, "ends_on", "早于“开始日期”"),
    (made.NeedFactory, {"state": "assigned"}, "assigned", "请填“承办单位”"),
    (made.NeedFactory, {"amount": 60}, "measure", "请再填“计量单位”"),
    (made.NeedFactory, {"amount": 60, "measure": "亩"}, "", ""),
    (made.ServicePlatformFactory, {"opened_on": LATER, "closed_on": DAY}, "closed_on", "早于“投用日期”"),
    (made.ParkFactory, {"area": 100, "used": 101}, "used", "大于“规划面积”"),
    (made.ParkFactory, {"used": 101}, "", ""),
    (made.TownPolicyFactory, {"planned": 10, "paid": 11}, "paid", "大于“预算金额”"),
]


@pytest.mark.parametrize(("factory", "facts", "column", "reason"), CASES)
def test_rows(factory: Any, facts: dict[str, Any], column: str, reason: str) -> None:
    row = factory.build(territory=made.BrandFactory.create().territory, **facts)
    if factory is made.EmploymentFactory:
        row = factory.create(**facts)
    ledger = ledger_for(type(row))
    if not column:
        check_row(ledger, row)
        return
    with pytest.raises(ValidationError) as told:
        check_row(ledger, row)
    assert reason in "".join(told.value.message_dict[column])


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.slug)
def test_every_rule_says_what_is_wrong_where_and_what_to_do(ledger: Ledger) -> None:
    """Where: the heading of the column between quotes, and nothing between quotes that people cannot find."""
    words = {bound.label for bound in ledger.bound} | {label for bound in ledger.bound for label in bound.choices}
    words |= {"是", "小巨人", "变更阶段"}
    for rule in (*ledger.rules, *ledger.moves):
        quoted = set(re.findall("“([^”]*)”", rule.reason))
        assert ledger.by_name[rule.column].label in quoted, rule.reason
        assert quoted <= words, rule.reason
        assert "请" in rule.reason, rule.reason
        assert rule.reason.endswith("。"), rule.reason
