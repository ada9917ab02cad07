"""Names that the tables of states of monitoring use, with Chinese labels."""

from collections.abc import Mapping
from types import MappingProxyType

FILL, CHECK = "sheet.fill", "sheet.check"  # the town or county: fills; the county: checks and sends
CERTIFY = "value.certify"  # the bureau that owns a figure
MANAGE = "indicator.manage"  # office: catalogue, forms, accepting, returning, locking

NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "window_open": "在填报期内办理,或有逾期例外",
        "own_town": "由本镇或所在县(区)办理",
        "all_answered": "每一格都填写数值、0 或“不适用”,不留空",
        "no_errors": "没有校验错误",
        "warnings_explained": "每条校验提醒都写明理由",
        "footer_filled": "填写表末的单位负责人、统计负责人、填表人、电话",
        "cells_settled": "每个指标都已由来源单位核定或逾期视同无异议,没有退回未报的",
        "cells_named": "指明退回哪些指标",
        "again_set": "定下重新报送的期限",
        "own_indicator": "由该指标的来源单位办理",
        "sheet_sent": "报表已报送、尚未锁定",
        "figure_given": "填写核定数",
        "bureau_silent": "来源单位在规定的工作日内没有答复(由系统每日办理)",
    }
)
EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "prefill": "带出上期数和清单数",
        "keep_fields": "已填内容全部保留",
        "stop_clock": "停止计时和提醒",
        "start_clock": "按新期限计时",
        "new_version": "另存一版,写明谁、何时、为何",
        "count_in": "计入全市、县(区)的合计",
        "tell_unit": "通知填报单位",
        "tell_bureaus": "通知来源单位核定",
        "certified_counts": "以核定数为准,填报数同时保留",
        "open_cells": "只开放退回的格",
    }
)
