"""What is filled in: kept as typed, logged by difference, never overwritten; the same by form, Excel and JSON."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.audit.services import breaches
from spectown.certification import services
from spectown.certification.counted import counted_of
from spectown.certification.enums import State
from spectown.certification.facts import answers_of, criteria_of, places_of, raw_of, reading_of, result_of
from spectown.certification.models import Application
from spectown.certification.workbook import read_upload, template
from spectown.core.certification.check import check
from spectown.core.certification.fields import FieldKind, form_fields
from spectown.core.certification.validate import read_answers
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.plans.models import PlanVersion
from tests.criteria import NEEDED, checker, county, current_plan, filler
from tests.factories import ApplicationFactory, PlanVersionFactory, TownFactory, UnitFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def plan() -> PlanVersion:
    return current_plan()


def everything(version: PlanVersion) -> dict[str, object]:
    """A value for every field of the form, as somebody types it."""
    typed: dict[FieldKind, object] = {
        FieldKind.TEXT: "文字",
        FieldKind.LONG_TEXT: "第一行\n第二行",
        FieldKind.MONEY: "12,345.6",
        FieldKind.PERCENT: "12.5%",
        FieldKind.INTEGER: "12",
        FieldKind.YEAR: "2025年",
        FieldKind.CHOICE: "农业",
        FieldKind.YES_NO: "是",
        FieldKind.LIST: ["壶关县", "平顺县"],
    }
    return {field.code: typed[field.kind] for field in form_fields(criteria_of(version))}


def test_create_fills_in_what_is_known(plan: PlanVersion) -> None:
    unit = county()
    town = TownFactory.create(responsible_unit=unit, category="agriculture", leading_industry="蔬菜")
    application = services.create(by=filler(unit), town=town)
    assert (application.applicant_county, application.town_name) == ("壶关县", town.name)
    assert (application.category, application.leading_industry) == ("agriculture", "蔬菜")
    assert Event.objects.get().action == "application.create"


def test_create_refuses() -> None:
    fills = filler(county())
    with pytest.raises(Refused, match="还没有装入方案"):
        services.create(by=fills)
    version = PlanVersionFactory.create(is_current=True)
    with pytest.raises(Refused, match="没有可用的认定条件"):
        services.create(by=fills)
    PlanVersion.objects.filter(pk=version.pk).update(is_current=False)
    current_plan()
    with pytest.raises(Refused, match="责任主体不是"):
        services.create(by=fills, town=TownFactory.create())
    with pytest.raises(NotAllowed):
        services.create(by=checker(county("长子县")))
    assert not Event.objects.exists()


def test_save_logs_only_the_difference(plan: PlanVersion) -> None:
    fills = filler(county())
    application = services.create(by=fills, raw=NEEDED)
    saved = services.save_answers(application=application, raw={"chain_partners": "12"}, revision=2, by=fills)
    assert (saved.chain_partners, saved.revision) == (12, 3)
    event = Event.objects.first()
    assert event is not None
    assert (event.before, event.after) == ({"chain_partners": 8}, {"chain_partners": 12})
    assert list(breaches()) == []


def test_nothing_changed_nothing_logged(plan: PlanVersion) -> None:
    fills = filler(county())
    application = services.create(by=fills, raw=NEEDED)
    count = Event.objects.count()
    again = services.save_answers(application=application, raw=NEEDED, revision=application.revision, by=fills)
    assert (again.revision, Event.objects.count()) == (application.revision, count)


def test_unreadable_text_stays_as_typed_and_goes_when_corrected(plan: PlanVersion) -> None:
    fills = filler(county())
    application = services.create(by=fills, raw={"output_wan": "约四亿" * 50})
    assert application.unreadable == {"output_wan": "约四亿" * 50}
    assert application.output_wan is None
    assert raw_of(application)["output_wan"] == "约四亿" * 50
    assert [fault.field for fault in reading_of(application).faults] == ["output_wan"]
    saved = services.save_answers(application=application, raw={"output_wan": "4亿"}, revision=2, by=fills)
    assert (saved.unreadable, saved.output_wan) == ({}, Decimal(40000))


def test_stale_revision_shows_the_difference_and_writes_nothing(plan: PlanVersion) -> None:
    unit = county()
    one, other = filler(unit), filler(unit)
    application = services.create(by=one, raw=NEEDED)
    services.save_answers(application=application, raw={"chain_partners": "20"}, revision=2, by=other)
    with pytest.raises(services.StaleRevision) as caught:
        services.save_answers(application=application, raw={"chain_partners": "30"}, revision=2, by=one)
    assert [(c.code, c.stored, c.typed) for c in caught.value.conflicts] == [("chain_partners", 20, "30")]
    assert other.name in str(caught.value)
    assert Application.objects.get().chain_partners == 20
    same = services.save_answers(application=application, raw={"chain_partners": "20"}, revision=2, by=one)
    assert same.revision == 3


def test_clearing_and_zero_are_two_things(plan: PlanVersion) -> None:
    fills = filler(county())
    application = services.create(by=fills, raw={**NEEDED, "export_wan": 0, "honour_champion": 0, "counties": []})
    assert (application.export_wan, answers_of(application).honours, application.counties) == (0, {"champion": 0}, [])
    cleared = services.save_answers(
        application=application, raw={"export_wan": "", "honour_champion": None}, revision=2, by=fills
    )
    fresh = Application.objects.get(pk=cleared.pk)
    assert (fresh.export_wan, answers_of(fresh).honours) == (None, {})


def test_form_excel_and_json_give_one_result(plan: PlanVersion) -> None:
    fills = filler(county())
    criteria = criteria_of(plan)
    typed = everything(plan)
    by_form = services.create(by=fills, raw=typed)
    upload = read_upload(template(criteria, ["壶关县"], raw_of(by_form)), criteria)
    assert upload.faults == ()
    by_excel = services.create(by=fills, raw=upload.raw)
    as_json = json.loads(json.dumps({k: str(v) if isinstance(v, Decimal) else v for k, v in raw_of(by_form).items()}))
    by_json = services.create(by=fills, raw=as_json)
    rows = [Application.objects.with_material().get(pk=each.pk) for each in (by_form, by_excel, by_json)]
    direct = check(read_answers(typed, criteria, places_of(by_form.unit)).answers, criteria, on=TODAY)
    assert {json.dumps(result_of(row, TODAY).as_dict()["findings"]) for row in rows} == {
        json.dumps(direct.as_dict()["findings"])
    }
    assert len({json.dumps(result_of(row, TODAY).as_dict()) for row in rows}) == 1


def judged(plan: PlanVersion) -> tuple[Application, Any, Any, Any]:
    unit = county()
    fills, checks, office = filler(unit), checker(unit), actor(Role.OFFICE)
    raw = {**NEEDED, "evidence_product_focus": "主导产品占九成", "evidence_product_brands": "品牌1个"}
    application = services.submit(application=services.create(by=fills, raw=raw), by=fills)
    return services.check(application=application, by=checks), fills, checks, office


def test_the_newest_judgement_counts_and_the_earlier_one_stays(plan: PlanVersion) -> None:
    application, _, _, office = judged(plan)
    for outcome in ("unmet", "met"):
        services.judge(application=application, criterion="product_focus", outcome=outcome, reason="理由。", by=office)
    assert [row.outcome for row in application.judgements.all()] == ["unmet", "met"]
    assert answers_of(application).judgements["product_focus"].outcome == "met"
    event = Event.objects.first()
    assert event is not None
    assert (event.action, event.after["criterion"]) == ("application.judge", "product_focus")


def test_judge_refuses(plan: PlanVersion) -> None:
    application, fills, _, office = judged(plan)
    cases = [
        ("output", "met", "理由", "不由人判断"),
        ("nothing", "met", "理由", "不由人判断"),
        ("heritage_product", "met", "理由", "还没有材料"),
        ("county", "met", "理由", "还没有材料"),
        ("product_focus", "maybe", "理由", "请选择"),
        ("product_focus", "met", " ", "理由"),
    ]
    for criterion, outcome, reason, message in cases:
        with pytest.raises(Refused, match=message):
            services.judge(application=application, criterion=criterion, outcome=outcome, reason=reason, by=office)
    with pytest.raises(NotAllowed):
        services.judge(application=application, criterion="product_focus", outcome="met", reason="好", by=fills)
    assert not application.judgements.exists()


def test_a_judgement_lapses_with_its_material_only(plan: PlanVersion) -> None:
    application, fills, _, office = judged(plan)
    for criterion in ("product_focus", "product_brands"):
        services.judge(application=application, criterion=criterion, outcome="met", reason="好", by=office)
    back = services.reopen(application=application, reason="补品牌证书", by=office)
    raw = {"evidence_product_brands": "品牌2个"}
    changed = services.save_answers(application=back, raw=raw, revision=back.revision, by=fills)
    assert set(answers_of(changed).judgements) == {"product_focus"}
    assert changed.judgements.get(criterion="product_brands").lapsed_revision == changed.revision


def test_later_rules_do_not_touch_what_was_handed_in(plan: PlanVersion) -> None:
    application, _, _, _ = judged(plan)
    before_the_plan = datetime.date(2020, 1, 1)
    assert result_of(application, before_the_plan) == result_of(application, TODAY)
    draft = services.create(by=filler(county("长子县")), raw=NEEDED)
    assert result_of(draft, before_the_plan) != result_of(draft, TODAY)


@pytest.mark.parametrize(
    ("role", "own", "states"),
    [
        (Role.COUNTY_FILL, True, {"draft", "checked"}),
        (Role.COUNTY_CHECK, True, {"draft", "checked"}),
        (Role.COUNTY_FILL, False, set()),
        (Role.OFFICE, False, {"checked"}),
        (Role.LEADER, False, {"checked"}),
        (Role.TOWN, True, {"draft"}),
        (Role.TOWN, False, set()),
        (Role.DEPARTMENT, True, set()),
        (Role.ENTERPRISE, True, set()),
        (Role.EXPERT, True, set()),
    ],
)
def test_visible_to(role: Role, own: bool, states: set[str]) -> None:
    unit, user = UnitFactory.create(), filler(UnitFactory.create()).user_id
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    ApplicationFactory.create(unit=unit, town=TownFactory.create(operator=unit))
    ApplicationFactory.create(
        unit=unit, state=State.CHECKED, submitted_by_id=user, submitted_at=now, checked_by=somebody(), checked_at=now
    )
    who = actor(role, unit=unit if own else UnitFactory.create())
    assert set(Application.objects.visible_to(who).values_list("state", flat=True)) == states


def somebody() -> Any:
    return ApplicationFactory.create().made_by


def test_the_list_is_read_in_a_fixed_number_of_queries(plan: PlanVersion) -> None:
    fills = filler(county())

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            rows = list(Application.objects.visible_to(fills).with_material())
            counted = counted_of(rows, TODAY)
            for row in rows:
                result_of(row, TODAY, counted[row.pk])
        return len(seen)

    services.create(by=fills, raw=everything(plan))
    few = queries()
    for _ in range(4):
        services.create(by=fills, raw=everything(plan))
    assert queries() == few <= 12
