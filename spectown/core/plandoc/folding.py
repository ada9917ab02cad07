"""One writing for many: same-length folding of widths and traditional characters, and blank-free cuts.

`fold` keeps every position, so a range found in folded text is the range in the source. `Cut` is a stretch of
text without blanks and page numbers whose every character still knows where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TRADITIONAL = (
    "縣县區区鄉乡鎮镇廳厅辦办會会員员單单責责負负牽牵頭头協协職职門门關关團团國国資资發发財财農农業业經经濟济"
    "監监應应級级領领導导組组長长書书記记處处總总學学號号條条項项標标達达專专戶户億亿萬万體体產产值值將将為为"
    "與与個个參参設设輕轻藝艺術术規规備备計计劃划實实時时間间進进運运動动機机電电衛卫僑侨檔档館馆銀银險险證证"
    "網网場场環环際际島岛灣湾園园廠厂礦矿鐵铁車车軍军隊队黨党紀纪統统戰战審审稅税務务據据屬属聯联勞劳類类"
    "質质價价滿满優优勢势廣广創创衆众眾众認认請请質质訊讯執执營营開开閉闭無无過过這这對对來来還还於于後后"
    "從从幹干聞闻聽听視视調调論论護护讓让贊赞輔辅邊边遠远選选鄰邻醫医鋼钢錄录鏈链陽阳陸陆隨随雙双難难須须"
    "題题願愿風风飛飞飲饮餘余馬马駐驻驗验魚鱼龍龙麗丽縮缩織织續续維维綠绿線线絡络給给結结純纯細细終终約约"
    "紅红紡纺納纳級级義义習习聲声腦脑腳脚臺台舉举舊旧蘇苏蘭兰號号補补製制複复見见觀观覽览觸触訂订訓训討讨"
    "託托許许訴诉診诊評评詞词試试話话該该詳详誠诚語语誤误說说課课諮咨謀谋謝谢識识譯译議议讀读變变貨货販贩"
    "貫贯貴贵買买費费貿贸賀贺賞赏賽赛購购贈赠趨趋跡迹轉转載载較较輸输辭辞農农適适遲迟遷迁郵邮釋释針针鍵键"
    "鎖锁鑒鉴閣阁閱阅階阶隱隐雜杂離离靈灵靜静響响頁页順顺預预頒颁額额顧顾顯显類类驅驱骨骨點点齊齐齡龄"
    "併并佈布佔占係系倉仓偉伟傳传債债傷伤儀仪償偿兒儿內内兩两冊册凍冻則则剛刚劇剧勝胜匯汇卻却厲厉嚴严喚唤"
    "嘗尝囑嘱圍围圖图執执堅坚報报塊块墊垫壓压壞坏夠够夥伙奪夺奮奋婦妇孫孙宮宫寧宁寬宽寶宝尋寻屆届層层嶺岭"
    "巖岩師师帶带幣币幫帮廢废彈弹強强彙汇徑径徵征恆恒態态慮虑慶庆憑凭憲宪懇恳戲戏擔担撥拨擁拥擇择擊击擴扩"
    "攝摄斷断曆历暢畅暫暂東东極极構构樣样樁桩樓楼樹树橋桥檢检權权歐欧歲岁歷历歸归殘残氣气決决沒没沖冲況况"
    "減减測测準准溝沟滅灭漲涨漢汉潔洁潛潜澤泽澳澳灘滩災灾爭争爾尔獎奖獨独獲获現现瑪玛畫画當当療疗皺皱盡尽"
    "盤盘眾众碼码確确礎础禮礼種种稱称穀谷積积穩稳窮穷競竞筆笔築筑籌筹簽签簡简糧粮緊紧綜综緒绪緩缓編编縱纵"
)
_PAIRS = {a: b for a, b in zip(TRADITIONAL[::2], TRADITIONAL[1::2], strict=True) if a != b}
_WIDTHS = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_BRACKETS = dict(zip("〔［【〖﹝〕］】〗﹞﹙﹚❨❩", "[[[[[]]]]]()()", strict=True))
_BLANKS = dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u2060\ufeff\xad\t\x00\ue004\ue5e5", " ")
_LINES = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
# What PDF files of some makers hold instead of the characters: radicals that look the same.
_SUPPLEMENT = (
    "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻑长⻒长⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⻁虎⺎兀⻎辶"
)
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | {
    ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
}
_OTHER = {"､": "、", "﹑": "、", "﹐": ",", "﹔": ";", "﹕": ":", "∶": ":", "○": "〇", "◯": "〇", "零": "〇", "｡": "。"}
_TABLE = str.maketrans(
    {
        **_WIDTHS,
        **{chr(code): _PAIRS.get(char, char) for code, char in RADICALS.items()},
        **_PAIRS,
        **_BRACKETS,
        **_BLANKS,
        **_LINES,
        **_OTHER,
    }
)

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_PINYIN = re.compile(rf"(?<=[{HAN}])\([a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,6}}\)")
_TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
_PAGE_NUMBER = re.compile(
    r"\n[ ]*(?:[-—–·.]{0,3}[ ]*\d{1,3}[ ]*[-—–·.]{0,3}|第[ ]*\d{1,3}[ ]*页[^\n]{0,12})[ ]*(?=\n)"
    r"|[-—–]{1,2}[ ]*\d{1,3}[ ]*[-—–]{1,2}"
    rf"|(?<=[{HAN}、,;])[ ]+\d{{1,3}}[ ]+(?=[{HAN}、,;])"
)
_UNIT_END = "局委办厅府会心行室院队部处署关"
_UNIT_START = "市县区省州各"


def fold(text: str) -> str:
    """Return `text` in half-width punctuation and simplified characters; same length, same positions."""
    folded = text.translate(_TABLE).replace("\r", " " if "\n" in text else "\n")
    return _PINYIN.sub(_blank_pinyin, folded) if "(" in folded else folded


def _blank_pinyin(match: re.Match[str]) -> str:
    word = match.group()
    return " " * len(word) if _TONES & set(word) else word


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of folded text without blanks; `at[i]` is the source position of `text[i]`."""

    source: str
    text: str
    at: tuple[int, ...]

    def printed(self, start: int, end: int) -> str:
        """Return the characters as the document prints them, blanks left out."""
        return "".join(self.source[i] for i in self.at[start:end]).translate(RADICALS)


def cut(source: str, folded: str, start: int, end: int) -> Cut:
    """Return the blank-free form of `source[start:end]`.

    Page numbers on a line of their own, between dashes, or free-standing between two words are left out. A blank
    between a complete unit and the next one (市工信局 市发改委) counts as 、; any other blank is dropped.
    """
    piece = folded[start:end]
    skip: set[int] = set()
    for match in _PAGE_NUMBER.finditer(piece):
        skip.update(range(match.start(), match.end()))
    chars: list[str] = []
    at: list[int] = []
    gap = -1
    for i, char in enumerate(piece):
        if i in skip:
            continue
        if char in " \n":
            gap = i if gap < 0 else gap
            continue
        if gap >= 0 and chars and chars[-1] in _UNIT_END and char in _UNIT_START:
            chars.append("、")
            at.append(start + gap)
        gap = -1
        chars.append(char)
        at.append(start + i)
    return Cut(source, "".join(chars), tuple(at))


def squeeze(text: str) -> str:
    """Return `text` without any blank."""
    return "".join(text.split())
