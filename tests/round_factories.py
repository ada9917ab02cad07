"""Rows of certification rounds."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from spectown.rounds import models
from tests.plan_factories import PlanVersionFactory

DAY = datetime.date(2026, 6, 1)
RULES: dict[str, Any] = {
    "kind": "first",
    "level": "city",
    "criteria_version": "-",
    "window": {"opens": "2026-06-01", "closes": "2026-06-30"},
    "materials": [{"code": "application", "name": "申报书", "clause": "二", "forms": ["pdf"], "max_mb": 20}],
    "correction_rounds": 2,
    "publicity_days": 5,
    "validity_years": 3,
    "terms": {},
}


def _user() -> Any:
    return factory.SubFactory("tests.factories.UserFactory")


class RoundFactory(DjangoModelFactory[models.Round]):
    class Meta:
        model = models.Round

    kind = "first"
    name = factory.Sequence(lambda n: f"2026年第{n + 1}批市级专业镇认定")
    version = factory.SubFactory(PlanVersionFactory)
    state = "open"
    made_by = _user()
    changed_by = _user()


class RulesVersionFactory(DjangoModelFactory[models.RulesVersion]):
    class Meta:
        model = models.RulesVersion

    round = factory.SubFactory(RoundFactory)
    number = 1
    content = RULES
    made_by = _user()


class LateEntryFactory(DjangoModelFactory[models.LateEntry]):
    class Meta:
        model = models.LateEntry

    round = factory.SubFactory(RoundFactory)
    unit = factory.SubFactory("tests.factories.UnitFactory")
    until = DAY
    reason = "材料在途"
    made_by = _user()


class CaseFactory(DjangoModelFactory[models.Case]):
    class Meta:
        model = models.Case

    rules = factory.SubFactory(RulesVersionFactory)
    round = factory.SelfAttribute("rules.round")
    application = factory.SubFactory("tests.factories.ApplicationFactory")
    unit = factory.SelfAttribute("application.unit")
    changed_by = _user()


class CaseVersionFactory(DjangoModelFactory[models.CaseVersion]):
    class Meta:
        model = models.CaseVersion

    case = factory.SubFactory(CaseFactory)
    number = 1
    content = factory.LazyFunction(lambda: {"fields": {}, "materials": {}, "files": [], "counts": {}})
    sha256 = "0" * 64
    made_by = _user()


class StepFactory(DjangoModelFactory[models.Step]):
    class Meta:
        model = models.Step

    case = factory.SubFactory(CaseFactory)
    move = "hand_in"
    label = "提交审核"
    state = "county_check"
    on = DAY
    by = _user()


class _FileFactory(DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    file = factory.django.FileField(data=b"%PDF-1.7 ...", filename="a.pdf")
    name = "材料.pdf"
    content_type = "application/pdf"
    size = 12
    sha256 = "1" * 64


class MaterialFactory(_FileFactory):
    class Meta:
        model = models.Material

    case = factory.SubFactory(CaseFactory)
    item = "application"
    uploaded_by = _user()


class ItemVerdictFactory(DjangoModelFactory[models.ItemVerdict]):
    class Meta:
        model = models.ItemVerdict

    version = factory.SubFactory(CaseVersionFactory)
    case = factory.SelfAttribute("version.case")
    item = "material:application"
    verdict = "wrong"
    note = "没有盖章"
    made_by = _user()


class CorrectionItemFactory(DjangoModelFactory[models.CorrectionItem]):
    class Meta:
        model = models.CorrectionItem

    verdict = factory.SubFactory(ItemVerdictFactory)
    case = factory.SelfAttribute("verdict.case")
    item = "material:application"
    number = 1


class CasePrintFactory(_FileFactory):
    class Meta:
        model = models.CasePrint

    version = factory.SubFactory(CaseVersionFactory)
    uploaded_by = _user()


class RecommendationPackageFactory(_FileFactory):
    class Meta:
        model = models.RecommendationPackage

    round = factory.SubFactory(RoundFactory)
    uploaded_by = _user()


class StampedScanFactory(_FileFactory):
    class Meta:
        model = models.StampedScan

    version = factory.SubFactory(CaseVersionFactory)
    code = "ABCD-1234"
    uploaded_by = _user()


class ExpertFactory(DjangoModelFactory[models.Expert]):
    class Meta:
        model = models.Expert

    user = _user()
    unit = "山西农业大学"


class DrawFactory(DjangoModelFactory[models.Draw]):
    class Meta:
        model = models.Draw

    case = factory.SubFactory(CaseFactory)
    how = "drawn"
    seed = "2026-06-01"
    result = factory.LazyFunction(dict)
    made_by = _user()


class ExpertSeatFactory(DjangoModelFactory[models.Seat]):
    class Meta:
        model = models.Seat

    draw = factory.SubFactory(DrawFactory)
    case = factory.SelfAttribute("draw.case")
    expert = factory.SubFactory(ExpertFactory)


class ScoreFactory(DjangoModelFactory[models.Score]):
    class Meta:
        model = models.Score

    seat = factory.SubFactory(ExpertSeatFactory)
    item = "heritage"
    points = 80
    reason = "历史清楚"


class VisitNoteFactory(_FileFactory):
    class Meta:
        model = models.VisitNote

    case = factory.SubFactory(CaseFactory)
    visited_on = DAY
    uploaded_by = _user()


class DecisionFactory(DjangoModelFactory[models.Decision]):
    class Meta:
        model = models.Decision

    version = factory.SubFactory(CaseVersionFactory)
    case = factory.SelfAttribute("version.case")
    proposal = "certify"
    proposed_by = _user()


class VoteFactory(DjangoModelFactory[models.Vote]):
    class Meta:
        model = models.Vote

    decision = factory.SubFactory(DecisionFactory)
    name = factory.Sequence(lambda n: f"委员{n}")
    ballot = "for"


class RulingFactory(DjangoModelFactory[models.Ruling]):
    class Meta:
        model = models.Ruling

    case = factory.SubFactory(CaseFactory)
    criterion = "output"
    question = "旅游类产值门槛"
    outcome = "met"
    answer = "按 1 亿元掌握"
    made_by = _user()


class CaseNoteFactory(DjangoModelFactory[models.CaseNote]):
    class Meta:
        model = models.CaseNote

    case = factory.SubFactory(CaseFactory)
    kind = "statement"
    text = "已按要求说明情况"
    made_by = _user()


class DueDocumentFactory(DjangoModelFactory[models.DueDocument]):
    class Meta:
        model = models.DueDocument

    step = factory.SubFactory(StepFactory)
    case = factory.SelfAttribute("step.case")
    kind = "acceptance_notice"


class PublicityFactory(DjangoModelFactory[models.Publicity]):
    class Meta:
        model = models.Publicity

    round = factory.SubFactory(RoundFactory)
    title = "关于拟认定市级专业镇的公示"
    starts = DAY
    ends = DAY + datetime.timedelta(days=7)
    days = 5
    contact = "电话 0355-0000000"
    made_by = _user()


class PublicityEntryFactory(DjangoModelFactory[models.PublicityEntry]):
    class Meta:
        model = models.PublicityEntry

    publicity = factory.SubFactory(PublicityFactory)
    version = factory.SubFactory(CaseVersionFactory)
    case = factory.SelfAttribute("version.case")


class ObjectionFactory(DjangoModelFactory[models.Objection]):
    class Meta:
        model = models.Objection

    entry = factory.SubFactory(PublicityEntryFactory)
    receipt = factory.Sequence(lambda n: f"YY{n:06}")
    name = "王小明"
    contact = "13800000000"
    text = "产值有重复计算"


class ObjectionFileFactory(_FileFactory):
    class Meta:
        model = models.ObjectionFile

    objection = factory.SubFactory(ObjectionFactory)


class TitleFactory(DjangoModelFactory[models.Title]):
    class Meta:
        model = models.Title

    town = factory.SubFactory("tests.factories.TownFactory")
    level = "city"
    number = factory.Sequence(lambda n: f"CZ-2026-{n:03}")
    granted_on = DAY


class RecheckSampleFactory(DjangoModelFactory[models.RecheckSample]):
    class Meta:
        model = models.RecheckSample

    round = factory.SubFactory(RoundFactory)
    seed = "2029"
    result = factory.LazyFunction(dict)
    made_by = _user()
