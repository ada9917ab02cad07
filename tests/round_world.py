"""A round with a county that applies: made through the services, as people would."""

import datetime
import json
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from django.utils import timezone
from pypdf import PdfWriter

from spectown.accounts.permissions import Role
from spectown.certification import services as applications
from spectown.organisations.actors import Actor
from spectown.plans.folder import mapping
from spectown.plans.models import PlanVersion
from spectown.rounds.items import FIELD, items_of
from spectown.rounds.models import Case, Round
from spectown.rounds.services import cases, examining, materials, moves, round_moves, rounds
from tests.criteria import FOLDER, NEEDED, checker, county, filler, plan_criteria
from tests.factories import PlanVersionFactory, actor

DAY = datetime.timedelta(days=1)


def _one_page() -> bytes:
    writer, stream = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(stream)
    return stream.getvalue()


PDF = _one_page()


@dataclass(frozen=True, slots=True)
class World:
    """An open round, a case of a county that is still a draft, and everybody who deals with it."""

    round: Round
    case: Case
    fills: Actor
    checks: Actor
    office: Actor
    second: Actor
    leader: Actor

    def fresh(self) -> Case:
        """The case as it is stored now."""
        return Case.objects.get(pk=self.case.pk)

    def go(self, code: str, by: Actor, reason: str = "") -> Case:
        """Make a move."""
        moves.move(case=self.fresh(), code=code, by=by, reason=reason)
        return self.fresh()

    def fill(self, **over: bytes) -> None:
        """Upload every required material."""
        for item in self.case.rules.rules.materials:
            if item.required:
                later = timezone.localdate() + 100 * DAY
                content = over.get(item.code, PDF + item.code.encode())
                materials.put(
                    case=self.fresh(),
                    item=item.code,
                    name=f"{item.name}.pdf",
                    content=content,
                    by=self.fills,
                    expires_on=later,
                )

    def judge_all(self, **wrong: str) -> None:
        """The formal check: everything is fine but the items named `material__code="…"`."""
        case = self.fresh()
        for item in items_of(case, case.rules.rules):
            note = wrong.get(item.code.replace(":", "__"), "")
            if note or not item.code.startswith(FIELD):
                verdict = "incomplete" if note else "fine"
                examining.judge(case=case, item=item.code, verdict=verdict, note=note, by=self.office)
        examining.judge_fields_fine(case=case, by=self.office)


@cache
def _written() -> str:
    """Samples of rounds and kinds of documents as the plan's folder has them: read once, a copy for each test."""
    kinds = {path.stem: mapping(path.parent, path.name) for path in sorted((FOLDER / "documents").glob("*.yaml"))}
    return json.dumps({"round_samples": mapping(FOLDER, "rounds.yaml"), "documents": kinds}, default=str)


def plan() -> PlanVersion:
    """The city's plan with its criteria, samples of rounds and kinds of documents."""
    return PlanVersionFactory.create(is_current=True, criteria=plan_criteria(), **json.loads(_written()))


def open_round(office: Actor, second: Actor, version: PlanVersion, kind: str = "first") -> Round:
    """A published round whose window is open today."""
    today = timezone.localdate()
    content = rounds.sample_of(version, kind, today - DAY, today + 30 * DAY)
    made = rounds.create(name=f"{today.year}年第一批市级专业镇认定", version=version, content=content, by=office)
    made = round_moves.move(round_=made, code="publish", by=second)
    return round_moves.move(round_=made, code="open", by=second)


def world() -> World:
    """A draft case in an open round."""
    version, unit = plan(), county()
    fills, checks = filler(unit), checker(unit)
    office, second, leader = actor(Role.OFFICE), actor(Role.OFFICE), actor(Role.LEADER)
    round_ = open_round(office, second, version)
    application = applications.create(by=fills, raw=NEEDED)
    application = applications.submit(application=application, by=fills)
    application = applications.check(application=application, by=checks)
    case = cases.begin(round_=round_, application=application, by=fills)
    return World(round_, case, fills, checks, office, second, leader)
