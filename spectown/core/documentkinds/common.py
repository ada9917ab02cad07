"""Facts that every kind has: what the register knows about a document, whatever it is about."""

from __future__ import annotations

from spectown.core.documentkinds.model import Fact, FactType, Kind

OFFICE = "长治市专业镇发展领导小组办公室"
DAY_HINT = "不填的为签发当日,不能晚于当日。"
CLASSIFIED_HINT = "如 秘密★1年,同时填份号。涉密公文不得在不涉密的系统中办理。"
COMMON = (
    Fact(name="organs", label="发文机关", type=FactType.LIST, sample=[OFFICE]),
    Fact(name="serial", label="发文字号", required=False, hint="签发时由系统编号;草稿没有。纪要、简报为期号,如 第3期"),
    Fact(name="code", label="机关代字", required=False, hint="发文机关有自己的代字时填写,如 长工信;不填的用本文种的"),
    Fact(name="on", label="成文日期", type=FactType.DATE, required=False, hint=DAY_HINT, sample="2026-11-26"),
    Fact(name="recipients", label="主送机关", type=FactType.LIST, required=False),
    Fact(
        name="copies",
        label="抄送机关",
        type=FactType.LIST,
        required=False,
        hint="不填的印本文种规定的。",
    ),
    Fact(name="signers", label="签发人", type=FactType.LIST, required=False),
    Fact(name="secrecy", label="密级和保密期限", required=False, hint=CLASSIFIED_HINT),
    Fact(name="urgency", label="紧急程度", required=False, hint="特急或加急"),
    Fact(name="copy_number", label="份号", required=False, hint="6 位数字,如 000001"),
    Fact(name="printer", label="印发机关", required=False, hint="填了的印在版记中,并印印发日期。", sample=OFFICE),
    Fact(name="printed_on", label="印发日期", type=FactType.DATE, required=False, sample="2026-11-26"),
    Fact(name="remark", label="附注", required=False, hint="印在成文日期下面的括号里,不写括号"),
)


def all_facts(kind: Kind) -> tuple[Fact, ...]:
    """The facts of a kind: its own first, then the common ones that it does not define anew."""
    own = {fact.name for fact in kind.facts}
    return (*kind.facts, *(fact for fact in COMMON if fact.name not in own))


def sample(kind: Kind) -> dict[str, object]:
    """Facts that show the kind: the samples of all facts that have one."""
    return {fact.name: fact.sample for fact in all_facts(kind) if fact.sample is not None}
