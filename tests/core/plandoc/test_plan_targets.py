"""False targets are worse than missing ones: what has been, and money given out, are none."""

from spectown.core.plandoc import parse_text

TEXT = """梅岭市陶瓷产业高质量发展行动计划
一、发展基础
截至2022年底,规上企业达到85家。2022年产值达到200亿元。
二、主要目标
到2025年,产值突破300亿元,年均增长10%以上;新增规上企业20家,培育省级以上企业技术中心3—5家。
三、重点任务
(一)培育企业。2024年底前,新培育“小巨人”企业5家以上。
(二)奖励。对2025年底前认定的国家级企业,给予最高不超过100万元奖励。
(三)平台。2021年以来建成平台12个。2023年已建成中心3个。
四、认定条件
(一)年销售收入2000万元以上。
"""


def test_only_what_is_to_come_is_a_target():
    plan = parse_text(TEXT)
    found = [(quantity.clause, quantity.subject, str(quantity.values[0])) for quantity in plan.targets]
    assert found == [
        ("二", "产值", "300"),
        ("二", "年均增长", "10"),
        ("二", "规上企业", "20"),
        ("二", "省级以上企业技术中心", "3"),
        ("三(一)", "新培育“小巨人”企业", "5"),
    ]
    assert [(one.clause, str(one.values[0])) for one in plan.thresholds] == [("四(一)", "2000")]
