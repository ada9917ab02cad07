"""Measures of GB/T 9704-2012 (and of what it leaves open, marked so). Lengths in mm, sizes of type in pt."""

from enum import StrEnum

PAGE = (210.0, 297.0)  # A4
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0  # 5.2.1: 天头 37, 订口 28, hence 版心 156 × 225
TYPE_AREA = (PAGE[0] - LEFT - RIGHT, PAGE[1] - TOP - BOTTOM)
LINES, CHARACTERS = 22, 28  # 5.2.3, filling the 版心
PITCH = TYPE_AREA[1] / LINES
MM_PER_PT = 25.4 / 72

BODY_PT, TITLE_PT, SMALL_PT = 16.0, 22.0, 14.0  # 3号, 2号, 4号
TABLE_PT = 12.0  # 小4号; open in the standard
TITLE_LINE_PT = 36.0  # 2号 and the usual 14 pt between lines; open in the standard
FRAMED_TITLE_PT, FRAMED_TITLE_LINE_PT = 44.0, 66.0  # the title of a 证书; ours
BODY_MM = BODY_PT * MM_PER_PT
ADVANCE_PT = TYPE_AREA[0] / MM_PER_PT / CHARACTERS  # one of 28 places in a line

MARK_TOP = 35.0  # 7.2.4: from the upper edge of the 版心 to that of the 发文机关标志
RULE_BELOW_NUMBER = 4.0  # 7.2.7
PAGE_NUMBER_BELOW = 7.0  # 7.5
LETTER_MARK_TOP = 30.0  # 10.1: from the upper edge of the page
LETTER_RULE_BELOW_MARK = 4.0
LETTER_RULE_FROM_BOTTOM = 20.0
LETTER_RULE_LENGTH = 170.0
SEVEN_EIGHTHS = 7 / 8 * BODY_MM  # 10.1: between the double line and what stands below it
RED_RULE_PT = 1.5  # open in the standard
THICK_RULE, THIN_RULE = 0.35, 0.25  # 7.4.1
STAMPED_RIGHT, UNSTAMPED_RIGHT = 4, 2  # 7.3.5: characters between date or name and the right edge
SEAL_GAP_LINES = 2  # free lines above the name, so that a seal of 42 mm ends within one line of the text
RED = "FF0000"


class Face(StrEnum):
    """What a part is set in; which font serves a face is the renderer's concern."""

    FANGSONG = "仿宋"
    XIAOBIAOSONG = "小标宋"
    HEITI = "黑体"
    KAITI = "楷体"
    SONGTI = "宋体"
