"""Random documents written from a grammar parse back to exactly what was written."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from spectown.core.plandoc import parse_text

STEMS = ["工信", "发展和改革", "科技", "财政", "住房和城乡建设", "文化和旅游", "农业农村", "人力资源和社会保障", "商务"]
UNITS = [f"{place}{stem}局" for place in ("市", "县", "省") for stem in STEMS]
UNITS += [
    "市委宣传部",
    "市工信局(国资委)",
    "市残疾人联合会",
    "团市委",
    "国网石桥供电公司",
    "人行石桥市中心支行",
    "石桥海关",
]
COLLECTIVE = ["各县(区)政府", "各县(市、区)人民政府", "各有关单位", "市直有关部门", "各地区"]
TEXTS = ["推进项目建设(含技改),培育企业。", "到2025年达到30家以上。", "落实“承诺制”(试行)。", "加强统筹、信息共享。"]
WIDE = {ord(a): chr(ord(a) + 0xFEE0) for a in "(),:;"}
NARROW = {ord(b): chr(ord(b) - 0xFEE0) for b in WIDE.values()}
CN = "一二三四五六七八九十"


@dataclass(frozen=True)
class Duty:
    leads: list[str]
    others: list[str]
    collective: list[str]


def _duties():
    return st.builds(
        lambda names, cut, collective: Duty(names[:cut], names[cut:], collective),
        st.lists(st.sampled_from(UNITS), min_size=2, max_size=7, unique=True),
        st.integers(1, 2),
        st.lists(st.sampled_from(COLLECTIVE), max_size=1),
    )


def verbs(duty: Duty) -> str:
    if not duty.others:
        tail = f",{duty.collective[0]}配合" if duty.collective else ""
        return f"({'、'.join(duty.leads)}牵头{tail})"
    names = "、".join(duty.others) + ("等部门和" + duty.collective[0] if duty.collective else "等")
    return f"({'、'.join(duty.leads)}牵头,{names}按职责分工负责)"


def labels(duty: Duty) -> str:
    others = "、".join([*duty.others, *duty.collective])
    return f"(牵头单位:{'、'.join(duty.leads)}" + (f";责任单位:{others})" if others else ")")


def bracketed_lines(duty: Duty) -> str:
    others = "、".join([*duty.others, *duty.collective])
    return f"\n牵头单位:{'、'.join(duty.leads)}" + (f"\n配合单位:{others}" if others else "")


def wide(text: str) -> str:
    return text.translate(WIDE)


@st.composite
def documents(draw):
    style = draw(st.sampled_from([verbs, labels, bracketed_lines]))
    number = draw(st.sampled_from(["({cn})", "\uff08{cn}\uff09", "{n}.", "{n}、", "{n}\uff0e"]))
    duties = draw(st.lists(_duties(), min_size=1, max_size=6))
    lines = ["石桥市产业发展实施方案", "一、重点任务"]
    for i, duty in enumerate(duties):
        head = number.format(cn=CN[i], n=i + 1)
        lines.append(f"{head}第{CN[i]}件事。{draw(st.sampled_from(TEXTS))}{style(duty)}")
    lines += ["二、保障措施", "(一)加强领导。建立由市领导牵头的机制。"]
    text = "\n".join(lines)
    return duties, wide(text) if draw(st.booleans()) else text


def sets(text: str) -> list[tuple[set[str], set[str], set[str]]]:
    return [
        tuple({name.translate(NARROW) for name in names} for names in (task.leads, task.participants, task.collective))
        for task in parse_text(text).tasks
    ]


@settings(max_examples=150)
@given(documents())
def test_written_is_read(document):
    duties, text = document
    assert sets(text) == [(set(d.leads), set(d.others), set(d.collective)) for d in duties]


@settings(max_examples=100)
@given(documents(), st.integers(0, 10_000), st.sampled_from(["\n - 3 - \n", "\n12\n", "-7-"]))
def test_a_page_number_inside_a_bracket_changes_nothing(document, seed, number):
    _, text = document
    places = [i for i, char in enumerate(text) if char == "、" and _in_bracket(text, i)]
    if places:
        at = places[seed % len(places)] + 1
        assert sets(text[:at] + number + text[at:]) == sets(text)


@settings(max_examples=100)
@given(documents(), st.integers(0, 10_000), st.sampled_from([" ", "\n", "\u3000"]))
def test_a_blank_inside_a_unit_name_changes_nothing(document, seed, blank):
    _, text = document
    places = [i for i, char in enumerate(text) if char in "工发财住文农商" and _in_bracket(text, i)]
    if places:
        at = places[seed % len(places)] + 1
        assert sets(text[:at] + blank + text[at:]) == sets(text)


def _in_bracket(text: str, at: int) -> bool:
    before = text[max(0, at - 300) : at].translate(NARROW)
    line = before.rpartition("\n")[2]
    return line.count("(") > line.count(")") and ("牵头" in text[at - 60 : at + 60])
