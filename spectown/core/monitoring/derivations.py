"""What is known from the lists, so that no form asks for it: code, what is counted, in which unit, from which list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Derivation:
    """One figure of the lists, of a town, on the last day of a period or over its days."""

    label: str
    unit: str
    ledger: str


def _of(ledger: str, unit: str, **labels: str) -> dict[str, Derivation]:
    return {code: Derivation(label, unit, ledger) for code, label in labels.items()}


DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    _of(
        "市场主体清单",
        "户",
        entities="期末正常经营的市场主体",
        entities_new="本期成立的市场主体",
        leading_enterprises="链上角色为龙头企业的主体",
        chain_partners="链上角色为上游、下游、配套的主体,含家庭农场和专业合作社",
        above_scale="规上企业",
        promoted="本期小升规的企业",
    )
    | _of(
        "企业称号清单",
        "户",
        specialised_holders="期末有效的“专精特新”企业",
        little_giants="期末有效的“小巨人”企业",
        champions="期末有效的单项冠军企业",
        high_tech="期末有效的高新技术企业",
    )
    | _of("创新平台清单", "个", tech_centres="期末有效的企业技术中心")
    | _of("研发攻关清单", "项", research_running="期末在研的攻关项目")
    | _of("知识产权清单", "件", patents_valid="期末有效的发明专利")
    | _of("品牌清单", "个", brands="期末有效的市级以上品牌")
    | _of("标准清单", "项", standards="期末有效的主导或参与制订的国家、行业、地方标准")
    | _of(
        "重大项目清单",
        "个",
        projects="期末在库的重大项目",
        projects_started="本年开工的重大项目",
        projects_producing="本年投产的重大项目",
    )
    | _of("重大项目清单", "万元", project_investment="本期完成投资", project_planned="本年计划投资")
    | _of("招商引资清单", "万元", deals_amount="本年签约投资额", deals_arrived="招商线索所转项目本年完成投资")
    | _of("培训清单", "人次", trained="本期培训的人次")
    | _of("市场拓展清单", "场", fairs="本期参加或举办的展销活动")
    | _of("公共服务平台清单", "个", platform_functions="期末具备的公共服务功能")
    | _of("要素需求清单", "件", needs_raised="本期提出的要素需求", needs_met="本期满足的要素需求")
    | _of("一镇一策清单", "万元", policies_paid="期末累计兑现的扶持资金")
    | _of("问题台账", "件", problems_open="期末未解决的问题")
)
