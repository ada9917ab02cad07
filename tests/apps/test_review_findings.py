"""What the first review by fresh eyes found: each a case, so that it stays found."""

import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from spectown.accounts.permissions import Role
from spectown.certification import services
from spectown.certification.facts import places_of, result_of
from spectown.certification.models import Application
from spectown.core.certification.places import Places
from spectown.core.plandiff import pieces
from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit
from spectown.plans.folder import read_folder
from spectown.plans.models import PlanVersion
from spectown.towns.management.commands.load_plan import load
from tests import factories

pytestmark = pytest.mark.django_db
CHANGZHI = Path(settings.BASE_DIR) / "plans" / "changzhi-2023"


def changed_folder(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "changed"
    shutil.copytree(CHANGZHI, folder)
    text = folder / "plan.txt"
    text.write_text(text.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return folder


def test_starting_again_leaves_a_later_version_current(tmp_path: Path, settings: Any) -> None:
    settings.DEMO = False  # its demonstration would take longer than all else here
    load(read_folder(CHANGZHI))
    second = load(read_folder(changed_folder(tmp_path, "30个以上", "40个以上")))[0].version
    call_command("start", "--prepare-only", stdout=StringIO())
    assert PlanVersion.objects.current() == second


def test_a_number_that_changed_in_the_text_but_not_in_the_criteria_is_named(tmp_path: Path) -> None:
    loaded, _ = load(read_folder(changed_folder(tmp_path, "10亿元以上", "12亿元以上")))
    assert any("制造业" in notice and "二(四)" in notice for notice in loaded.notices)


def filler(code: str = "huguan") -> Any:
    return factories.actor(Role.COUNTY_FILL, unit=Unit.objects.get(code=code))


def test_a_county_cannot_apply_in_the_name_of_another() -> None:
    load(read_folder(CHANGZHI))
    by = filler()
    application = services.create(by=by, raw={"applicant_county": "长子县", "town_name": "甲专业镇"})
    assert application.unreadable == {"applicant_county": "长子县"}
    assert any("壶关县" in reason for reason in services.obstacles(application))


def test_a_county_that_is_not_of_the_city_is_a_fault_and_counts_as_missing() -> None:
    load(read_folder(CHANGZHI))
    application = services.create(by=filler(), raw={"counties": ["壶关县", "火星县"]})
    assert "counties" in application.unreadable
    found = Application.objects.with_material().get(pk=application.pk)
    county = [f for f in result_of(found, found.made_at.date()).findings if f.criterion.code == "county"]
    assert {f.outcome.value for f in county} == {"missing"}


NEEDED = {
    "town_name": "甲专业镇",
    "leading_industry": "陶瓷",
    "category": "light_industry",
    "counties": ["壶关县"],
    "output_wan": "60000",
    "output_year": "2025",
    "leading_enterprises": "1",
    "chain_partners": "12",
}


@pytest.mark.data
def test_the_same_town_is_not_handed_in_twice() -> None:
    load(read_folder(CHANGZHI))
    by = filler()
    services.submit(application=services.create(by=by, raw=NEEDED), by=by)
    second = services.create(by=by, raw=NEEDED)
    with pytest.raises(Refused, match="重复提交"):
        services.submit(application=second, by=by)


def test_the_own_names_of_a_county_are_those_of_its_territory_and_unit() -> None:
    load(read_folder(CHANGZHI))
    places = places_of(Unit.objects.get(code="huguan"))
    assert places.reasons({"applicant_county": "壶关县政府", "counties": ("壶关县",)}) == {}
    assert Places((), ()).reasons({"applicant_county": "甲县", "counties": ("乙县",)}) == {}


def test_a_changed_number_is_shown_whole() -> None:
    assert [(p.kind, p.text) for p in pieces("达到30个", "达到35个")] == [
        ("kept", "达到"),
        ("deleted", "30"),
        ("inserted", "35"),
        ("kept", "个"),
    ]
