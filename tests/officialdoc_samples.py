"""Documents for the tests and the benchmark of the layout engine: invented, each uses other parts of the format."""

from dataclasses import replace
from datetime import date

from spectown.core.officialdoc.blocks import Align, Block, Cell, Figure, Gap, Heading, Labelled, Paragraph, Run, Table
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.tree import Attachment, Document, Format, Head, Imprint, Signature
from spectown.core.officialdoc.wording import full_width, group, numbered

OFFICE = "长治市促进专业镇高质量发展领导小组办公室"
COUNTIES = (
    "潞州区", "上党区", "屯留区", "潞城区", "襄垣县", "平顺县", "黎城县", "壶关县",
    "长子县", "武乡县", "沁县", "沁源县",
)  # fmt: skip
DAY = date(2026, 11, 26)
SENTENCE = full_width(
    "各县(区)要对照方案逐项核实本地专业镇的主导产业产值、龙头企业和上下游配套企业情况,数据以统计部门确认的为准。"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 160"><rect x="20" y="60" width="60" height="90" '
    b'fill="#b22"/><rect x="120" y="20" width="60" height="130" fill="#266"/><path d="M0 150H400" stroke="#000"/></svg>'
)


def said(text: str) -> Paragraph:
    """A paragraph, its signs made full-width."""
    return Paragraph(full_width(text))


def notice() -> Document:
    """The ordinary notice with an annex that is attached and one that is only named."""
    body: list[Block] = [
        said("为落实《长治市促进专业镇高质量发展实施方案》,现将2026年度市级专业镇申报工作有关事项通知如下:"),
        Heading(1, "申报条件"),
        Paragraph(SENTENCE * 2),
        Heading(1, "申报程序"),
        Heading(2, "县级申报。", lead=SENTENCE),
        Heading(2, "市级受理。", lead=SENTENCE),
        Heading(3, "材料不齐的一次告知。"),
        Heading(4, "补正期限为5个工作日。"),
        Heading(1, "有关要求"),
        Paragraph(SENTENCE),
        said("请于2026年12月15日前报送。"),
    ]
    return Document(
        title="关于组织申报2026年度长治市市级专业镇的通知",
        body=numbered(body),
        head=Head((OFFICE,), number="长专镇办〔2026〕3号"),
        recipients=(full_width("各县(区)人民政府"), group(("市农业农村局", "市文化和旅游局"))),
        signature=Signature((OFFICE,), DAY),
        attachments=(Attachment("市级专业镇申报书"), Attachment("市级专业镇申报情况汇总表", (wide_table(8),))),
        note=full_width("联系人:王某,电话:0355-0000000"),
        imprint=Imprint(("市委办公室", group(("市人大常委会办公室", "市政协办公室"))), OFFICE, DAY),
    )


def wide_table(rows: int) -> Table:
    """A table with a head of two rows."""
    left = (Cell("序号", rows=2), Cell(full_width("县(区)"), rows=2), Cell("专业镇", rows=2))
    head = ((*left, Cell(full_width("产值(万元)"), columns=2), Cell("备注", rows=2)), ("2025年", "2026年"))
    lines = tuple(
        (str(n), COUNTIES[n % 12], f"{COUNTIES[n % 12]}示例专业镇", f"{n * 1234}.50", f"{n * 1300}.00", "")
        for n in range(1, rows + 1)
    )
    aligns = (Align.CENTER, Align.CENTER, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT)
    return Table((6, 12, 24, 14, 14, 16), head, lines, aligns, unit=full_width("单位:万元"))


def full() -> Document:
    """Every element of the head, a document to a superior, a landscape annex of many pages, a figure."""
    head = Head(
        (OFFICE,), number="长专镇办〔2026〕12号", signers=("张某某", "李某", "王某某"), copy_number="000001",
        secrecy="秘密★1年", urgency="特急",
    )  # fmt: skip
    figure = Figure(SVG, "svg", "两个专业镇的产值", 100, "图1 产值比较")
    return replace(
        notice(),
        title="关于推荐长治市上党中药材等3个专业镇申报山西省省级重点专业镇的请示",
        head=head,
        recipients=("山西省专业镇工作领导小组办公室",),
        body=(*notice().body[:4], figure, said("妥否,请批示。")),
        attachments=(
            Attachment("推荐专业镇基本情况表", (wide_table(150),), landscape=True),
            Attachment("推荐理由", (Paragraph(SENTENCE * 3),)),
        ),
    )


def joint() -> Document:
    """Three organs together, stamped."""
    organs = ("长治市工业和信息化局", "长治市农业农村局", "长治市文化和旅游局")
    return replace(
        notice(),
        title="关于公布2026年度长治市市级专业镇名单的通知",
        head=Head(organs, number="长工信发〔2026〕8号"),
        signature=Signature(organs, DAY),
        attachments=(),
        note="",
    )


def letter() -> Document:
    """A letter (信函格式), not stamped."""
    return replace(
        notice(),
        title="关于商请提供专业镇统计数据的函",
        format=Format.LETTER,
        head=Head((OFFICE,), suffix="", number="长专镇办函〔2026〕5号"),
        recipients=("市统计局",),
        body=(Paragraph(SENTENCE), said("专此函达。")),
        signature=Signature((OFFICE,), DAY, stamped=False),
        attachments=(),
        note="",
        imprint=Imprint(("市政府办公室",)),
    )


def minutes() -> Document:
    """Minutes of a meeting."""
    said_there = (Run(full_width("会议强调,")), Run("责任要落到岗位", Face.HEITI), Run(full_width(",时限要写到日期。")))
    return Document(
        title="长治市促进专业镇高质量发展领导小组第三次会议纪要",
        format=Format.MINUTES,
        head=Head(
            ("长治市专业镇工作会议纪要",), suffix="", number="第3期", left="领导小组办公室", right="2026年11月26日"
        ),
        body=(
            Paragraph(SENTENCE * 3),
            Heading(1, "会议议定事项", 1),
            Paragraph(said_there),
            Gap(),
            Labelled("出席", "、".join(f"{county}人民政府" for county in COUNTIES)),
            Labelled("列席", "市统计局、市市场监管局"),
        ),
        imprint=Imprint(("各成员单位",), OFFICE, DAY),
    )


def form() -> Document:
    """A sheet with spanning cells, filled in by hand."""
    rows = (
        ("专业镇名称", Cell("", columns=3)),
        ("主导产业", "", full_width("所在县(区)"), ""),
        (Cell("评审意见", rows=2), Cell("", columns=3)),
        (Cell(full_width("专家签名:"), columns=3, align=Align.LEFT),),
    )
    return Document("市级专业镇专家评审表", (Table((1, 1, 1, 1), (), rows, row_mm=20),), Format.FORM)


def certificate() -> Document:
    """A framed sheet."""
    text = full_width("经评审,认定你县示例专业镇为2026年度长治市市级专业镇。特发此证。")
    body = (
        Gap(3),
        Paragraph(full_width("壶关县:"), indent=False, size_pt=22),
        Gap(),
        Paragraph(text, size_pt=22),
        Gap(4),
    )
    signature = Signature((OFFICE,), DAY)
    return Document("长治市市级专业镇证书", body, Format.FORM, signature=signature, frame=True)


def crowded() -> Document:
    """What strains the layout: a title of eighty characters, forty recipients, a long table, a long last paragraph."""
    recipients = tuple(
        f"{county}{unit}" for unit in ("人民政府", "工信局", "农业农村局", "文旅局") for county in COUNTIES
    )
    table = replace(wide_table(360), caption="2026年度市级专业镇培育情况")
    return replace(
        notice(),
        title="关于对未按期完成2026年度市级专业镇重点项目建设任务和县级专业镇培育任务的县区进行督办"
        "并限期整改有关事项以及做好2027年度市级专业镇申报认定和监测评价准备工作的通知",
        recipients=(group(recipients[:40]),),
        body=(*notice().body[:4], Paragraph(SENTENCE * 7)),
        attachments=(Attachment("2026年度市级专业镇培育情况", (table,)),),
    )


SAMPLES = {make.__name__: make for make in (notice, full, joint, letter, minutes, form, certificate, crowded)}
