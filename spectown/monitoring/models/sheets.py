"""What is asked for a period: a form opened for all towns, one sheet a town, exceptions, written reasons."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spectown.core.monitoring.windows import Dates
from spectown.core.periods import Period, of_ordinal
from spectown.lib.paired import paired
from spectown.supervision.models import Work
from spectown.towns.models import Town


class FormPeriod(models.Model):
    """One report form opened for one period, with its three days."""

    form = models.SlugField("报表", max_length=60)
    name = models.CharField("名称", max_length=80)
    ordinal = models.PositiveIntegerField("期")
    opens = models.DateField("开始填报")
    due = models.DateField("到期")
    closes = models.DateField("截止")
    provisional = models.BooleanField("日期暂定", default=False)
    months = models.PositiveSmallIntegerField("合并的月数", default=0, help_text="1—2月合并报送的 2 月为 2。")
    made_at = models.DateTimeField("开期时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "报表期"
        ordering = ("-ordinal", "form")
        constraints = (
            models.UniqueConstraint(fields=("form", "ordinal"), name="form_period_once"),
            models.CheckConstraint(
                condition=Q(opens__lte=F("due")) & Q(due__lte=F("closes")), name="form_period_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}{self.name}"

    @property
    def label(self) -> str:
        """2026年2月, 2026年1—2月 where it tells both."""
        year, month = self.period.last
        return f"{year}年1—{month}月" if self.months > 1 else self.period.label

    @property
    def period(self) -> Period:
        """For the core."""
        return of_ordinal(self.ordinal)

    @property
    def dates(self) -> Dates:
        """For the core."""
        return Dates(self.opens, self.due, self.closes, self.provisional)


class Sheet(models.Model):
    """One form of one town for one period (一镇一期); its state, holder and deadline are those of its work."""

    work = models.OneToOneField(Work, models.PROTECT, related_name="sheet", verbose_name="督办事项")
    form_period = models.ForeignKey(FormPeriod, models.PROTECT, related_name="sheets", verbose_name="报表期")
    town = models.ForeignKey(Town, models.PROTECT, related_name="sheets", verbose_name="专业镇")
    head = models.CharField("单位负责人", max_length=40, blank=True)
    statistician = models.CharField("统计负责人", max_length=40, blank=True)
    filler = models.CharField("填表人", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    reported_on = models.DateField("报出日期", null=True, blank=True)
    sent_on = models.DateField("报送日期", null=True, blank=True, help_text="退回的重新报送后再填。")
    changed_at = models.DateTimeField("填报时间", null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填报人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "报表"
        ordering = ("form_period", "town")
        constraints = (
            models.UniqueConstraint(fields=("form_period", "town"), name="sheet_once_a_period"),
            paired("changed", "sheet"),
        )

    def __str__(self) -> str:
        return f"{self.town}{self.form_period}"


class Explanation(models.Model):
    """Why a warning of a sheet is right all the same; the last text counts, the log keeps the earlier ones."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="explanations", verbose_name="报表")
    key = models.CharField("规则和指标", max_length=130)
    text = models.CharField("理由", max_length=300)
    made_at = models.DateTimeField("时间", auto_now=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")

    class Meta:
        verbose_name = verbose_name_plural = "校验理由"
        ordering = ("sheet", "key")
        constraints = (models.UniqueConstraint(fields=("sheet", "key"), name="explanation_once"),)

    def __str__(self) -> str:
        return self.text


class LateException(models.Model):
    """The office lets one town report after the closing day (逾期例外), until a day of its own."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="exceptions", verbose_name="报表")
    until = models.DateField("可补报至")
    reason = models.CharField("理由", max_length=300)
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")

    class Meta:
        verbose_name = verbose_name_plural = "逾期例外"
        ordering = ("sheet", "-pk")

    def __str__(self) -> str:
        return f"{self.sheet} 可补报至 {self.until}"
