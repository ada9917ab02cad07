"""Words of a scheme for people: methods, items, the faults of the files."""

from __future__ import annotations

from collections.abc import Mapping

from spectown.core.evaluation.scheme import Aggregation, Missing, Normalisation, Weighting
from spectown.core.faults import plainly as in_words

WAYS: Mapping[str, str] = {
    Normalisation.MINMAX: "极差",
    Normalisation.GOALPOSTS: "定界",
    Normalisation.ZSCORE: "标准化",
    Normalisation.RANK: "名次",
    Normalisation.PERCENTILE: "百分位",
    Normalisation.TARGET: "目标距离",
    Normalisation.ATTAINMENT: "目标完成",
    Normalisation.EFFICACY: "功效系数",
    Normalisation.PLACES: "争先进位",
    Normalisation.VECTOR: "向量",
}
GAPS: Mapping[str, str] = {
    Missing.DROP: "缺的不计入,同一方面其余指标的权重相应增加",
    Missing.MEAN: "按各镇平均计",
    Missing.ZERO: "按 0 分计",
}
SUMS: Mapping[str, str] = {
    Aggregation.ARITHMETIC: "加权平均",
    Aggregation.GEOMETRIC: "几何平均",
    Aggregation.TOPSIS: "TOPSIS",
}
WEIGHTINGS: Mapping[str, str] = {
    Weighting.ENTERED: "填写",
    Weighting.EQUAL: "等权",
    Weighting.ENTROPY: "熵权法",
    Weighting.CRITIC: "CRITIC 法",
    Weighting.AHP: "层次分析法",
}
ITEMS: Mapping[str, str] = {
    "weight": "权重",
    "weighting": "权重来源",
    "basis": "权重依据",
    "pairs": "两两比较",
    "normalisation": "标准化办法",
    "posts": "界值",
    "target": "目标值",
    "cap": "最多计到",
    "log": "取对数",
    "reversed": "越小越好",
    "dynamic": "增长占的份额",
    "clause": "条款",
    "aggregation": "合成办法",
    "missing": "缺数时",
    "coverage": "最低覆盖",
    "digits": "得分的小数位数",
    "ties": "同分时依次比",
    "draws": "抽样次数",
    "seed": "种子",
    "weights": "权重集中度",
    "normalisations": "另抽的标准化办法",
    "aggregations": "另抽的合成办法",
    "robustness": "名次区间",
    "bands": "等次",
    "low": "分数下限",
    "groups": "同类组",
    "categories": "类别",
    "levels": "参加评估的级别",
    "reply": "反馈期限",
    "days": "工作日数",
    "items": "加减分项",
    "points": "每件分数",
    "vetoes": "一票否决项",
    "label": "名称",
    "unit": "单位",
    "commend": "表扬线",
    "supervise": "督办线",
    "progress": "进步线",
    "slow": "建设进度较慢",
    "share": "比例",
    "score": "分数",
    "least": "且得分不低于",
    "below": "低于",
    "indicator": "指标",
    "name": "名称",
    "source": "来源",
    "year": "起用年度",
    "code": "代码",
    "children": "下级",
}
# Of a scheme that categories have to themselves; items and peer groups call other things so.
OWN: Mapping[str, str] = {"label": "简称", "categories": "适用类别", "ended": "停用"}
_FILES = {
    "evaluation.yaml": "评估方案",
    "indicators.yaml": "指标目录",
    "categories.yaml": "类别表",
    "consequences": "结果运用",
    "scheme": "指标和办法",
    **{code: word for table in (WAYS, WEIGHTINGS) for code, word in table.items()},
    "topsis": "TOPSIS",
}


def plainly(said: str) -> str:
    """A fault as a reader of the files gets it, in the words of the pages."""
    return in_words(said, {**_FILES, **ITEMS})
