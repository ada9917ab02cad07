"""One field for each item of an entry, with its word and its help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django import forms
from django.core.validators import RegexValidator

from spectown.core.monitoring.derivations import DERIVATIONS
from spectown.core.monitoring.editing import BOUNDS, LABELS
from spectown.core.monitoring.findings import Severity
from spectown.core.monitoring.indicator import Kind, Obtained
from spectown.core.periods import Every
from spectown.monitoring.catalogue import plan_data
from spectown.organisations.models import Unit
from spectown.plans.models import Category, Clause
from spectown.web.selects import SearchSelect, SearchSeveral

Choices = Sequence[tuple[str, str]]
HELP = {
    "code": "小写字母、数字和下划线,如 robots;定了不能再改。",
    "definition": "统计什么、不统计什么,一句话。",
    "source": "这个数归谁、由谁核定。",
    "unit": "如 万元、户、人、%、元/户。",
    "formula": "只用指标代码、加减乘除和括号,如 exports / sales;last(x) 上期,year_ago(x) 上年同期,ytd(x) 本年累计。",
    "missing": "公式里有一项未报时怎么办。",
    "warn": "比它差的亮红灯;与“较好”一起填。",
    "good": "达到它的亮绿灯。",
    "categories": "不选为各类专业镇都有。",
    "since": "从这一期起按新的算;已开的期不变。",
    "suggested": "办公室定下以后去掉勾。",
    "left": "只用指标代码、加减乘除和括号,如 leading + chain_partners。",
    "right": "同左边,也可以是一个数。",
    "indicators": "不选为所有填报的数。",
    "floor": "变动比它小的不提示。",
    "log": "几十倍的差别也算常见的(如产值)打勾;能为 0 或负数的不打勾。",
    "months": "只在这些月份结束的期校验,如全年数只看 12 月;不选为各期都校验。",
    "off": "停用后不再校验,历史不变。",
}
DIRECTIONS = (("none", "不分好坏"), ("up", "越大越好"), ("down", "越小越好"))
OPERATORS = (("<=", "不大于"), (">=", "不小于"), ("==", "等于"), ("<", "小于"), (">", "大于"))
POLICIES = (("any", "缺一项就没有结果"), ("all", "缺的不计,全缺才没有结果"), ("never", "缺的按 0 计"))


def _choice(choices: Callable[[], Choices], *, search: bool = False) -> Callable[[], forms.Field]:
    return lambda: forms.ChoiceField(choices=choices(), widget=SearchSelect() if search else forms.Select())


def _text(length: int, rows: int = 0) -> Callable[[], forms.Field]:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return lambda: forms.CharField(max_length=length, widget=widget)


def _number() -> forms.Field:
    return forms.DecimalField(max_digits=18, decimal_places=4)


def _clauses() -> Choices:
    rows = Clause.objects.filter(version__is_current=True, level__gt=0).order_by("order").values_list("ref", "heading")
    return [(ref, f"{ref} {heading[:24]}".strip()) for ref, heading in rows]


def _derivations() -> Choices:
    return [("", "—"), *((code, f"{each.label}({each.ledger},{each.unit})") for code, each in DERIVATIONS.items())]


def _code() -> forms.Field:
    fine = RegexValidator(r"^(?!(new|checks)\Z)[a-z][a-z0-9_]*\Z", "代码用小写字母开头,只用小写字母、数字和下划线。")
    return forms.CharField(max_length=40, validators=[fine])


def _named() -> Choices:
    versions = plan_data().catalogue.versions.items()
    return [(code, found[-1].heading) for code, found in versions if found[-1].kind != Kind.TEXT]


FIELDS: Mapping[str, Callable[[], forms.Field]] = {
    "code": _code,
    "name": _text(60),
    "definition": _text(300, 3),
    "group": _text(40),
    "clause": _choice(_clauses, search=True),
    "source": _choice(lambda: list(Unit.objects.values_list("code", "name")), search=True),
    "kind": _choice(lambda: [(each.value, each.label) for each in Kind]),
    "every": _choice(lambda: [(each.value, each.label) for each in Every]),
    "unit": _text(20),
    "decimals": lambda: forms.IntegerField(min_value=0, max_value=4),
    "obtained": _choice(lambda: [(each.value, each.label) for each in Obtained]),
    "formula": _text(300, 2),
    "derivation": _choice(_derivations, search=True),
    "missing": _choice(lambda: POLICIES),
    "direction": _choice(lambda: DIRECTIONS),
    "severity": _choice(lambda: [(each.value, each.label) for each in Severity]),
    "categories": lambda: forms.MultipleChoiceField(
        choices=Category.objects.filter(version__is_current=True).values_list("code", "label"),
        widget=forms.CheckboxSelectMultiple,
    ),
    "signed": forms.BooleanField,
    "suggested": forms.BooleanField,
    "off": forms.BooleanField,
    "log": forms.BooleanField,
    "months": lambda: forms.TypedMultipleChoiceField(
        choices=[(month, f"{month}月") for month in range(1, 13)], coerce=int, widget=forms.CheckboxSelectMultiple
    ),
    "since": _text(7),
    "says": _text(100),
    "left": _text(300, 2),
    "operator": _choice(lambda: OPERATORS),
    "right": _text(300, 2),
    "against": _choice(lambda: ()),
    "indicators": lambda: forms.MultipleChoiceField(choices=_named(), widget=SearchSeveral()),
    **dict.fromkeys((*BOUNDS, "warn", "good"), _number),
}
MUST = {"code", "name", "definition", "group", "clause", "source", "kind", "every", "since", "says", "severity"}


def field_of(name: str) -> forms.Field:
    """The field of an item."""
    field = FIELDS[name]()
    field.label, field.required, field.help_text = LABELS.get(name, "代码"), name in MUST, HELP.get(name, "")
    return field
