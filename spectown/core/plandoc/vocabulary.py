"""The words that say who is responsible, as patterns over blank-free folded text."""

from __future__ import annotations

import re
from enum import StrEnum


class Role(StrEnum):
    """What a word says of the units beside it, before the whole mark is weighed."""

    LEAD = "lead"  # 牵头, 主办
    DUTY = "duty"  # 责任单位, 负责: leads where others only assist
    SHARED = "shared"  # 按职责分工负责, 分别负责
    ASSIST = "assist"  # 配合, 协办, 参与
    PLAIN = "plain"  # listed without a word
    SKIP = "skip"  # persons, dates


_ROLE_WORDS = (
    "牵头|主办|承办|主管|主责|主体|责任|负责|配合|协办|协同|协作|协助|参与|参加|参建|支持|实施|落实|组织|督导|监督|指导"
    "|督办|督查|完成|联系|分管|包联|挂钩|执行|推进|汇总|涉及|协调"
)
_NOUNS = "单位|部门|主体|地区|县区|区县|地方|机构|领导|处室|科室|股室|时限|时间|期限|市直部门|市级部门|人员|人"
LABEL = re.compile(
    rf"\[?(?:其[他它余])?(?:[总主第一市省县区级要具体]{{0,4}})(?:{_ROLE_WORDS})(?:(?:及|和|、|\(|与|\)|/)?(?:市直|市级|省级|{_ROLE_WORDS})){{0,3}}"
    rf"(?:{_NOUNS})(?:(?:及|和|、|\(|与|/)(?:{_ROLE_WORDS})?(?:{_NOUNS})\)?)?(?::|\]:?)"
    rf"|(?:^|(?<=[,;。、(\[]))\[?(?:牵头|配合|责任|主办|协办|参与|参加|负责)(?::|\]:?)"
)
_SKIP_LABEL = re.compile(r"领导|人员|人[:\])]|时限|时间|期限|完成|联系|分管|包联")
_LEAD_LABEL = re.compile(r"牵头|主办|承办|主管|主责|主体|第一责任|总责任|主要责任")
_ASSIST_LABEL = re.compile(r"配合|协办|协同|协作|协助|参与|参加|参建|支持")

_BY_DUTY = (
    r"(?:(?:各自|分别|共同|具体)?(?:依法)?(?:按照?|根据|依据|依照|依|结合)(?:照)?(?:各自|部门|本部门|自身|本单位|有关|相关)*(?:的)?"
    r"(?:工作)?(?:职责|职能|分工|任务|职权|权限)(?:范围|职责|分工|任务|和|与|、|内)*)"
)
_ENDING = r"(?:落实|实施|推进|组织实施|组织|办理|推动|抓好|做好|抓落实|抓好落实|开展|统筹)"
VERB = re.compile(
    rf"(?P<lead>(?:{_BY_DUTY}|分别|共同|联合|统筹|总|具体|按照?职责分工)*牵头(?!单位|部门|领导|地区|责任)(?:会同(?=$)|抓总|负责|{_ENDING})*"
    r"|(?:负责)?主办(?=$))"
    r"|(?P<with>会同|商同|联合(?!会|体|社|国|办|总))"
    rf"|(?P<byassist>{_BY_DUTY}(?:分别|共同|协同|积极)?(?:配合|参与|协助|协同|支持)(?:{_ENDING})*)"
    rf"|(?P<shared>{_BY_DUTY}(?:分别|共同|分工|负责|承担|{_ENDING}|工作)*)"
    rf"|(?P<each>(?:分别|共同|分工|分头|各自|协同|按(?=负责))+(?:负责|承担|{_ENDING})+)"
    r"|(?P<watch>(?:业务|加强|具体)?(?:指导|督导|监督|督促)(?=$))"
    rf"|(?P<assist>(?:协同|积极|共同|予以|给予|做好|协助)*(?:配合|协办|参与|协助|参加(?=$)|协同(?=$)|支持(?=$))(?!单位|部门)(?:{_ENDING}|工作)*)"
    rf"|(?P<duty>(?:具体|组织|主要|全面|切实|全权)*(?:负责(?!同志|人|制|干部|领导)|承办(?=$)|统筹(?:协调)?(?=$)|(?:抓好)?落实(?=$)|组织实施(?=$)|抓好(?=$)|推进(?=$)|实施(?=$))(?:{_ENDING})*)"
)
_VERB_ROLES = {
    "lead": Role.LEAD,
    "with": Role.LEAD,
    "byassist": Role.ASSIST,
    "shared": Role.SHARED,
    "each": Role.SHARED,
    "watch": Role.SHARED,
    "assist": Role.ASSIST,
    "duty": Role.DUTY,
}
FIRST_LEADS = re.compile(
    r"(?:第一|首|最前|前面|最先)[^,。;()]{0,14}?(?:为|是|系|作为|即为)[^,。;()]{0,6}?(?:牵头|主办|主责|负责|汇总|总责)"
    r"|(?:第一|首)[^,。;()]{0,10}?(?:单位|部门|者|个|位|名|家)(?:负责|承担)?牵头"
)
BLANKET = re.compile(
    r"(?:以下|下列|上述|以上|下述|所有|各项|全部|具体|相关|有关)[^。;()]{0,16}?(?:均|都)"
    r"(?:(?:需|须|由|要|应|涉及)?(?P<who>[^。;]{2,60}?)(?:共同|分别)?(?:负责|落实|配合|参与|实施|组织)"
    r"|涉及(?P<touched>[^,。;]{2,60}))"
)
REMARK = re.compile(r"下同|以下简称|不再|排名|排序|^除|为牵头|另有|第一(?:位|个|名|家|单位)|^注[:意]")
TIME = re.compile(
    r"\d{4}年|\d{1,2}月|底前|长期|持续|全年|每年|季度|年度|完成时|时限|\d{4}[.\-]|按时间节点|进度|^\d+$|常态化|每月|上半年|下半年|立即"
)


def role_of_label(label: str) -> Role:
    """Return the role that a label such as 牵头单位: gives to the names after it."""
    if _LEAD_LABEL.search(label) and not (_ASSIST_LABEL.search(label)):
        return Role.SKIP if re.search(r"领导|人员|[^地]人[:\])]", label) else Role.LEAD
    if _SKIP_LABEL.search(label) and not re.search(r"(?:责任|负责|实施)(?:单位|部门)(?:和|及|与|、)", label):
        return Role.SKIP
    return Role.ASSIST if _ASSIST_LABEL.search(label) else Role.DUTY


def role_of_verb(match: re.Match[str]) -> Role:
    """Return the role that the verb of `VERB` gives to the names before it."""
    return _VERB_ROLES[match.lastgroup or "duty"]


def is_group_with(match: re.Match[str]) -> bool:
    """Whether the verb is 会同: the names after it take part."""
    return match.lastgroup == "with"
