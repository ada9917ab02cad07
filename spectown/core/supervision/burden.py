"""What is asked of a unit (减负): notices and demands of a year against the cap. Prose: docs/algorithms/notices.md."""

from __future__ import annotations

from dataclasses import dataclass

from spectown.core.supervision.noticesettings import NoticeSettings


@dataclass(frozen=True, slots=True)
class Burden:
    """Of one unit in one year: notices sent (withdrawn ones are not counted), and their demands."""

    notices: int
    demands: int
    cap: int

    @property
    def left(self) -> int:
        """How many notices may still be sent without a reason."""
        return max(self.cap - self.notices, 0)

    @property
    def is_full(self) -> bool:
        """True where another one needs a written reason."""
        return self.notices >= self.cap


def cap_refusals(burden: Burden, demands: int, settings: NoticeSettings, reason: str) -> tuple[str, ...]:
    """Why a notice with so many demands cannot go on without a reason; () = it can."""
    if reason.strip():
        return ()
    found = []
    if burden.is_full:
        found.append(f"该单位今年已有 {burden.notices} 件督办通知书,达到上限 {burden.cap} 件,确需发出的须写明理由。")
    if demands > settings.demands:
        found.append(f"整改要求有 {demands} 条,超过 {settings.demands} 条,请合并精简,或写明理由。")
    return tuple(found)
