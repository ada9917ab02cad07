"""What the gallery shows: invented data, long and empty and faulty on purpose."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from spectown.jobs.enums import State
from spectown.jobs.models import Job

LONG = "黎城县洪井镇太行山生态农产品精深加工与冷链物流融合发展专业镇培育建设领导小组办公室"


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="专业镇名称", max_length=60, help_text="与批复文件一致,不加书名号。")
    output = forms.DecimalField(label="上年度主导产业产值", help_text="按统计口径填报,不含税。")
    category = forms.ChoiceField(
        label="类别", choices=[("", "请选择"), ("manufacturing", "制造业"), ("agriculture", "特色农业")]
    )
    origin = forms.ChoiceField(label="是否传统产业起源地", choices=[("1", "是"), ("0", "否")], widget=forms.RadioSelect)
    counties = forms.MultipleChoiceField(
        label="涉及县(区)",
        choices=[("a", "潞州区"), ("b", "上党区"), ("c", "长子县")],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(label="证明材料", required=False, help_text="PDF、Word、Excel 或图片,单个不超过 20 MB。")
    agreed = forms.BooleanField(label="所填内容属实,已经本单位负责人审核")


def context(params: QueryDict) -> dict[str, Any]:
    """Everything the gallery template names; `params` carries the page number."""
    return {
        "long": LONG,
        "form": SampleForm(),
        "faulty": SampleForm({"name": "", "output": "约两千", "category": "x", "note": "已填的内容不会丢失"}),
        "amount": Decimal("123456.7"),
        "small": Decimal(5000),
        "steps": STEPS,
        "events": EVENTS,
        "differences": DIFFERENCES,
        "chips": [{"label": "县(区):长子县", "url": "?"}, {"label": f"牵头单位:{LONG}", "url": "?"}],
        "tabs": [
            {"label": "全部", "url": "?", "active": True, "count": 128},
            {"label": "待我审核", "url": "?tab=mine", "active": False, "count": 0},
            {"label": "说明", "url": "?tab=about", "active": False, "count": None},
        ],
        "facts": [("县(区)", "长子县"), ("主导产业", LONG), ("认定文号", ""), ("企业数", 0)],
        "files": FILES,
        "towns": TOWNS,
        "none": [],
        "missing": None,
        "jobs": [Job(pk=0, state=State.DONE, result_url="?"), Job(pk=1, state=State.FAILED, error=f"没有办成:{LONG}")],
        "numbered": Paginator(range(128), 10).get_page(params.get("page")),
    }


STEPS = [
    {"label": "申报", "state": "done", "date": "2026-03-01", "note": "长县发〔2026〕3号"},
    {"label": "初审", "state": "done", "date": "2026-03-18", "note": ""},
    {"label": "现场核查", "state": "skipped", "date": "", "note": "免"},
    {"label": "专家评审", "state": "current", "date": "", "note": "还有 4 个工作日"},
    {"label": "公示", "state": "todo", "date": "", "note": ""},
    {"label": "认定", "state": "todo", "date": "", "note": ""},
]
EVENTS = [
    {
        "at": "2026-03-18 10:02",
        "what": "退回补正",
        "who": "市工信局 王某",
        "detail": "第 3 张表第 12 行「产值(万元)」应为数字。",
    },
    {"at": "2026-03-01 16:40", "what": "提交审核", "who": LONG, "detail": ""},
]
DIFFERENCES = [
    {"label": "产值(万元)", "before": "98,000", "after": "104,500"},
    {"label": "联系人", "before": "", "after": "李某"},
    {"label": "主导产业", "before": LONG, "after": None},
]
FILES = [
    {
        "name": f"{LONG}证明材料(盖章扫描件).pdf",
        "url": "#files",
        "size": 2481234,
        "expires": "2026-12-31",
        "state": "已核",
        "tone": "green",
    },
    {"name": "营业执照.jpg", "url": "", "size": 81234, "expires": "", "state": "已过期", "tone": "red"},
]
TOWNS = [
    {
        "name": "长子县某特色产业专业镇",
        "county": "长子县",
        "output": Decimal(1045000),
        "firms": 128,
        "state": "",
        "level": "green",
    },
    {"name": LONG, "county": "黎城县", "output": Decimal(9800), "firms": 0, "state": "pending", "level": "yellow"},
    {"name": "某镇", "county": "上党区", "output": None, "firms": None, "state": "missing", "level": "red"},
]
