"""From what was typed in the form of the rules to their content; every fault as a Chinese sentence."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from spectown.web.rounds.rulesdraft import Draft
from spectown.web.rounds.rulesparts import Known, chosen, named_limits
from spectown.web.rounds.words import FORMS, PRIORITIES, VISITS


class RulesReader:
    """Reads a draft over the content of the rules before; `faults` says what cannot be read."""

    def __init__(self, draft: Draft, before: Mapping[str, Any], known: Known) -> None:
        self.draft, self.before, self.known = draft, before, known
        self.faults: list[str] = []

    def content(self) -> dict[str, Any]:
        """The content; worth nothing while there are faults."""
        draft = self.draft
        panel = {"size": self._count("size", "专家人数"), "minimum": self._count("minimum", "最少评分人数")}
        return {
            **self.before,
            "window": {name: self._day(name, label) for name, label in (("opens", "开始日"), ("closes", "截止日"))},
            "quota": self._quota(),
            "criteria": chosen(draft["criteria"], self.known.criteria),
            "province": self._province() if self.before["kind"] == "recommendation" else None,
            "materials": [self._material(n, row) for n, row in enumerate(draft["materials"], 1)],
            "sheet": [self._score(n, row) for n, row in enumerate(draft["sheet"], 1)],
            "panel": panel if draft["size"] or draft["minimum"] else None,
            "pass_score": self._decimal(draft["pass_score"], "及格分", 0, 100) if draft["pass_score"] else None,
            "priority": draft["priority"] if draft["priority"] in PRIORITIES else "tie",
            "visit": draft["visit"] if draft["visit"] in VISITS else "none",
            "correction_rounds": self._whole(draft["correction_rounds"], "补正次数", 0, 20),
            "publicity_days": self._whole(draft["publicity_days"], "公示期", 0, 60),
            "validity_years": self._whole(draft["validity_years"], "有效期", 1, 20),
            "terms": {name: self._whole(text, f"期限“{label}”", 1, 400) for name, label, text in draft["terms"]},
            "sources": {name: text for name, _, text in draft["sources"] if text},
        }

    def _quota(self) -> dict[str, Any]:
        names = {"total": "总名额", "per_county": "每县(区)名额", "per_field": "每类别名额"}
        found: dict[str, Any] = {"counties": {}, "fields": {}}
        for name, label in names.items():
            found[name] = self._whole(self.draft[name], label, 1, 10000) if self.draft[name] else None
        for line in self.draft["counties"].splitlines():
            county, _, limit = line.strip().rpartition(" ")
            if line.strip():
                found["counties"][county.strip() or line.strip()] = self._whole(
                    limit, f"分县(区)名额“{line}”", 0, 10000
                )
        for line, code, limit in named_limits(self.draft["fields"], self.known.categories):
            found["fields"][self._code(code, line, "类别")] = self._whole(limit, f"分类别名额“{line}”", 0, 10000)
        return found

    def _province(self) -> dict[str, Any]:
        least = {
            self._code(code, line, "填报数据"): self._decimal(limit, f"“{line}”的数", 0, 10**12, above=True)
            for line, code, limit in named_limits(self.draft["least"], self.known.figures)
        }
        held = self._whole(self.draft["held_years"] or "0", "市级称号已持有", 0, 20)
        return {"held_years": held, "standard_path": self.draft["standard_path"] == "yes", "least": least}

    def _code(self, code: str, line: str, what: str) -> str:
        if not code:
            self.faults.append(f"没有名为“{line.rpartition(' ')[0] or line}”的{what}。")
        return code

    def _material(self, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        place = f"材料第{number}行"
        forms = [form for form in row["forms"] if form in FORMS]
        if not forms:
            self.faults.append(f"{place}:至少选一种文件类型。")
        return {
            "code": row["code"] or self._new_code("materials", "item"),
            "name": self._text(row["name"], f"{place}的名称"),
            "clause": self._text(row["clause"], f"{place}的条款"),
            "required": row["required"] == "yes",
            "forms": forms or ["pdf"],
            "max_mb": self._whole(row["max_mb"], f"{place}的大小上限", 1, 300),
            "expires": row["expires"] == "yes",
        }

    def _score(self, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        place = f"评分表第{number}行"
        return {
            "code": row["code"] or self._new_code("sheet", "score"),
            "title": self._text(row["title"], f"{place}的名称"),
            "clause": self._text(row["clause"], f"{place}的条款"),
            "weight": self._decimal(row["weight"], f"{place}的权重", 0, 100, above=True),
            "max_points": self._decimal(row["max_points"] or "100", f"{place}的满分", 0, 1000, above=True),
        }

    def _new_code(self, table: str, stem: str) -> str:
        """A code that no row of the table has or had."""
        used = {each["code"] for each in (*self.draft[table], *self.before[table])}
        code = next(name for n in range(1, 1000) if (name := f"{stem}_{n}") not in used)
        next(row for row in self.draft[table] if not row["code"])["code"] = code
        return code

    def _text(self, text: str, label: str) -> str:
        if not text:
            self.faults.append(f"{label}没有填写。")
        return text

    def _count(self, name: str, label: str) -> int:
        return self._whole(self.draft[name], label, 1, 50) if self.draft["size"] or self.draft["minimum"] else 0

    def _whole(self, text: str, label: str, low: int, high: int) -> int:
        if text.isascii() and text.isdigit() and len(text) < 7 and low <= int(text) <= high:
            return int(text)
        self.faults.append(f"{label}应为 {low} 到 {high} 的整数,现为“{text}”。")
        return low

    def _decimal(self, text: str, label: str, low: int, high: int, *, above: bool = False) -> str:
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and low <= value <= high and not (above and value == low):
            return str(value)
        self.faults.append(f"{label}应为大于{'' if above else '等于'} {low}、不超过 {high} 的数,现为“{text}”。")
        return "1"

    def _day(self, name: str, label: str) -> str:
        text: str = self.draft[name]
        try:
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            self.faults.append(f"申报{label}应为日期,现为“{text}”。")
            return datetime.date.max.isoformat()
