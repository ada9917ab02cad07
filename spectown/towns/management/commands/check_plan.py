"""spectown check_plan."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils import timezone

from spectown.lib.commands import FINDINGS, FINE, ReportCommand
from spectown.plans.models import PlanVersion
from spectown.towns.facts import plan_checkup


class Command(ReportCommand):
    """Check-up of the current plan."""

    help = "方案体检:无任务的成员、无席位的责任单位、没人提供的数据、没有专业镇的县(区)等。"

    def run(self, **options: Any) -> int:
        """Print every open point of the current plan."""
        version = PlanVersion.objects.current()
        if version is None:
            return self.unusable("还没有装入方案。请先运行 spectown load_plan 方案文件夹。", as_json=options["json"])
        findings = plan_checkup(version, timezone.localdate())
        if options["json"]:
            rows = [
                {"kind": f.kind, "subject": f.subject, "clause": f.clause, "message": f.message, "advice": f.advice}
                for f in findings
            ]
            self.print_json({"plan": version.plan_code, "version": version.number, "findings": rows})
            return FINDINGS if findings else FINE
        for kind, group in groupby(findings, key=lambda f: f.kind):
            self.stdout.write(f"【{kind.label}】")
            for finding in group:
                self.stdout.write(f"  方案 {finding.clause}:{finding.message}")
        return FINDINGS if findings else FINE
