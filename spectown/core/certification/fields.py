"""The application form (申报书), declared once: web form, Excel template and JSON reader all read this.

The fixed part is the table below; the rest follows from the plan's criteria: one text of evidence for each
criterion that material decides, one count for each priority factor, and every hint that quotes a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from spectown.core.certification.criteria import CheckName, CriteriaSet, Criterion
from spectown.core.certification.money import wan_text
from spectown.core.certification.priority import honour_field


class FieldKind(StrEnum):
    """How a field is filled in and read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    MONEY = "money"
    PERCENT = "percent"
    INTEGER = "integer"
    YEAR = "year"
    CHOICE = "choice"
    YES_NO = "yes_no"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a drop-down; aliases are read as well."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    `required_for` are codes of the criteria that stay "missing" without it. `needed` marks what an
    application cannot be submitted without. `open_choice` accepts a value that is not in the list.
    `longest` is the number of characters that a text may have.
    """

    code: str
    label: str
    kind: FieldKind
    section: str = "基本情况"
    unit: str | None = None
    hint: str = ""
    example: str = ""
    clause: str | None = None
    required_for: tuple[str, ...] = ()
    needed: bool = False
    choices: tuple[Choice, ...] = ()
    open_choice: bool = False
    longest: int = 200

    @property
    def heading(self) -> str:
        """Label with the unit: 「主导产业年产值(万元)」."""
        return f"{self.label}({self.unit})" if self.unit else self.label

    @property
    def options(self) -> tuple[str, ...]:
        """Labels of the drop-down."""
        return tuple(choice.label for choice in self.choices)


YES_NO = (
    Choice("yes", "是", ("有", "具有", "true", "yes", "y")),
    Choice("no", "否", ("无", "没有", "不具有", "false", "no", "n")),
    Choice("unknown", "不清楚", ("未知", "待核", "unknown")),
)
BASIC, SCALE, CHAIN, SHOWN = "基本情况", "产业规模", "龙头企业和配套企业", "参考数据(不作为认定条件)"
EVIDENCE, RELAXED, HONOURS = "对照条件说明", "放宽条件(符合传统特色的填写)", "优先评定因素"
_K = FieldKind
_FIXED: tuple[Field, ...] = (
    Field("town_name", "专业镇名称", _K.TEXT, BASIC, example="沁州黄小米专业镇", needed=True, longest=80),
    Field("applicant_county", "申报县(区)", _K.TEXT, BASIC, hint="申报和建设主体为县(区)政府", needed=True, longest=60),
    Field("leading_industry", "主导产业", _K.TEXT, BASIC, example="小米种植和加工", needed=True),
    Field(
        "category",
        "产业类别",
        _K.CHOICE,
        BASIC,
        hint="列表中没有的类别可直接填写",
        needed=True,
        open_choice=True,
        longest=40,
    ),
    Field(
        "counties",
        "主导产业所在县(区)",
        _K.LIST,
        SCALE,
        hint="有多个的用顿号隔开",
        example="沁县",
        needed=True,
    ),
    Field("counties_reason", "跨县(区)的理由", _K.LONG_TEXT, SCALE, hint="只在一个县(区)内的不填", longest=4000),
    Field("output_wan", "主导产业年产值", _K.MONEY, SCALE, "万元", example="126000", needed=True),
    Field("output_year", "产值所属年度", _K.YEAR, SCALE, "年", "填写产值是哪一年的", "2022", needed=True),
    Field("leading_enterprises", "龙头企业数量", _K.INTEGER, CHAIN, "家", example="2", needed=True),
    Field("chain_partners", "上下游配套企业户数", _K.INTEGER, CHAIN, "户", example="36", needed=True),
    Field("family_farms", "其中:家庭农场", _K.INTEGER, CHAIN, "户", "已包括在配套企业户数内", "8"),
    Field("cooperatives", "其中:专业合作社", _K.INTEGER, CHAIN, "户", "已包括在配套企业户数内", "5"),
    Field("traditional_origin", "是否具有历史发源地、地理标志等传统特色", _K.YES_NO, RELAXED, choices=YES_NO),
    Field("employees", "从业人数", _K.INTEGER, SHOWN, "人", example="3200"),
    Field("tax_wan", "年纳税额", _K.MONEY, SHOWN, "万元", example="6800"),
    Field("province_share", "主导产品省内占比", _K.PERCENT, SHOWN, "%", "占全省同行业的比重", "23"),
    Field("national_share", "主导产品国内市场占有率", _K.PERCENT, SHOWN, "%", example="6.5"),
    Field("export_wan", "年出口额", _K.MONEY, SHOWN, "万元", "没有出口的请填数字 0", "3100"),
)


def form_fields(criteria: CriteriaSet, counties: Iterable[str] = ()) -> tuple[Field, ...]:
    """Return the whole form of a plan in the order it is shown.

    `counties` are offered for 申报县(区); other names are accepted.
    """
    fixed = tuple(_completed(each, criteria, tuple(counties)) for each in _FIXED)
    before = tuple(each for each in fixed if each.section in (BASIC, SCALE, CHAIN))
    relaxed = tuple(each for each in fixed if each.section == RELAXED)
    shown = tuple(each for each in fixed if each.section == SHOWN)
    texts = tuple(_evidence(each, criteria) for each in criteria.criteria if _by_material(each))
    ordinary = tuple(each for each in texts if each.section != RELAXED)
    special = tuple(each for each in texts if each.section == RELAXED)
    return (*before, *ordinary, *relaxed, *special, *shown, *_honours(criteria))


def _completed(each: Field, criteria: CriteriaSet, counties: tuple[str, ...]) -> Field:
    wanting = tuple(item for item in criteria.criteria if item.field == each.code)
    if wanting:
        first = wanting[0]
        each = replace(
            each,
            clause=first.clause,
            hint=";".join(filter(None, (first.ask, each.hint, _standards(first, criteria)))),
            required_for=tuple(item.code for item in wanting),
        )
    if each.code == "category":
        choices = tuple(Choice(item.code, item.label, item.aliases) for item in criteria.categories)
        outputs = tuple(item for item in criteria.criteria if item.check is CheckName.OUTPUT)
        codes = tuple(item.code for item in outputs)
        return replace(each, choices=choices, clause=outputs[0].clause if outputs else None, required_for=codes)
    if each.code == "applicant_county":
        return replace(each, choices=tuple(Choice(name, name) for name in counties), open_choice=True)
    return each


def _standards(criterion: Criterion, criteria: CriteriaSet) -> str:
    if criterion.check is CheckName.OUTPUT:
        known = [
            f"{category.label} {wan_text(category.thresholds[-1].value)}以上"
            for category in criteria.categories
            if category.thresholds
        ]
        return "标准:" + "、".join(known) if known else ""
    if criterion.check is CheckName.AT_LEAST:
        latest = criterion.thresholds[-1]
        return f"标准:{latest.value} {latest.unit}以上"
    return ""


def _by_material(criterion: Criterion) -> bool:
    return criterion.check in (CheckName.JUDGED, CheckName.ORIGIN)


def _evidence(criterion: Criterion, criteria: CriteriaSet) -> Field:
    everywhere = len(criterion.paths) == len(criteria.paths)
    section = f"{EVIDENCE}:{criteria.heading(criterion.clause)}" if everywhere else RELAXED
    return Field(
        f"evidence_{criterion.code}",
        f"{criterion.title}:说明和证明材料",
        FieldKind.LONG_TEXT,
        section,
        hint=criterion.ask,
        example=criterion.example or "",
        clause=criterion.clause,
        required_for=(criterion.code,),
        longest=4000,
    )


def _honours(criteria: CriteriaSet) -> tuple[Field, ...]:
    return tuple(
        Field(
            honour_field(factor),
            factor.label,
            FieldKind.INTEGER,
            HONOURS,
            factor.unit,
            "只影响优先次序;没有的请填数字 0",
            "1",
            criteria.priority.clause,
        )
        for factor in criteria.priority.factors
        if factor.field is None
    )
