"""问题台账: problems, and the files that prove them or their answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from spectown.core.supervision.problemkinds import KINDS, NATURES, ORIGINS
from spectown.core.supervision.problems import PROBLEM
from spectown.enterprises.enums import ChainRole
from spectown.enterprises.models import Enterprise
from spectown.lib.proofs.models import UploadedFile
from spectown.lists.models import ListRow
from spectown.organisations.models import Territory, Unit
from spectown.supervision.models.work import Work


class Problem(ListRow):
    """One problem, of one (个性) or of many (共性): who raised it, who has it, what they answered.

    `state`, units and dates are written by moves alone; `state` follows `work.state`. `common`: the common problem that
    it was joined to. `proposed`: to whom the rules would give it (core.supervision.routing).
    """

    work = models.OneToOneField(
        Work, models.PROTECT, null=True, editable=False, related_name="problem", verbose_name="督办事项"
    )
    territory = models.ForeignKey(  # type: ignore[assignment]  # one of the whole city lies in no single territory
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="属地"
    )
    title = models.CharField("问题", max_length=120)
    text = models.TextField("情况说明", max_length=2000, blank=True)
    kind = models.CharField("类别", max_length=16, choices=list(KINDS.items()))
    clause = models.CharField("方案条款", max_length=20, blank=True, help_text="如 三(九)。不清楚的可以不填。")
    chain = models.CharField("链上位置", max_length=20, choices=ChainRole, blank=True)
    nature = models.CharField("性质", max_length=12, choices=list(NATURES.items()), default="open")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="企业"
    )
    origin = models.CharField("来源", max_length=12, choices=list(ORIGINS.items()), default="other")
    source = models.CharField("来源说明", max_length=160, blank=True, help_text="如 5月12日上党区调研、项目编号。")
    raised_on = models.DateField("提出日期")
    raiser = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出单位")
    proposed = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="建议承办单位"
    )
    holder = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位")
    helpers = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="配合单位")
    routed_on = models.DateField("分办日期", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=list(PROBLEM.labels.items()), default="raised")
    answer = models.TextField("答复", max_length=2000, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    solved_on = models.DateField("解决日期", null=True, blank=True)
    common = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name="所并入的共性问题"
    )

    class Meta:
        verbose_name = verbose_name_plural = "问题"
        constraints = (
            *ListRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="joined", common__isnull=False) | ~Q(state="joined") & Q(common__isnull=True),
                name="problem_joined_to_one",
            ),
            models.CheckConstraint(
                condition=~Q(nature="common") | Q(common__isnull=True), name="problem_common_is_no_member"
            ),
        )
        indexes = (
            models.Index(fields=("state", "kind"), name="problem_by_state"),
            models.Index(fields=("raiser", "state"), name="problem_of_raiser"),
        )

    def __str__(self) -> str:
        return self.title


class ProblemFile(UploadedFile):
    """One file that proves a problem or its answer; its content is never written again."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="files", verbose_name="问题")
    unit_name = models.CharField("上传单位", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问题材料"
        ordering = ("problem", "pk")

    def __str__(self) -> str:
        return self.name
