"""A cell's page: how it was worked out, each input a link; files that prove it, with the right decision."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.monitoring.models import CellFile
from spectown.organisations.models import Unit
from tests import factories
from tests.apps.monitoring.world import OPENS, World, on

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0500f000485018084a98c210000000049454e44ae426082"
)


@pytest.fixture
def world() -> World:
    made = World()
    with on(OPENS):
        made.filled(output="1200", jobs="100")
    return made


def shown(client: Client, world: World, code: str) -> str:
    answer = client.get(reverse("monitoring:history", args=[world.sheet().pk, code]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_computed_figure_is_explained_and_leads_to_its_inputs(world: World) -> None:
    text = shown(factories.client_for(Role.OFFICE), world, "output_per_job")
    assert "1,200万元" in text
    assert "= 12万元/人" in text
    for code in ("output", "jobs"):
        assert reverse("monitoring:history", args=[world.sheet().pk, code]) in text


def test_files_prove_a_value(world: World) -> None:
    fill = factories.client_for(Role.COUNTY_FILL, unit=world.county)
    url = reverse("monitoring:put", args=[world.sheet().pk, "output"])
    with on(OPENS):
        for _ in range(2):
            fill.post(url, {"file": SimpleUploadedFile("报表.png", PNG)})
        fill.post(url, {"file": SimpleUploadedFile("坏.exe", b"MZ")})
        (kept,) = CellFile.objects.all()
        text = shown(fill, world, "output")
        address = reverse("monitoring:file", args=[world.sheet().pk, "output", kept.pk])
        assert address in text
        assert b"".join(fill.get(address).streaming_content) == PNG
        other = factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create())
        assert other.get(address).status_code == 404
        assert 'type="file"' not in shown(factories.client_for(Role.OFFICE), world, "output")
        fill.post(reverse("monitoring:remove", args=[world.sheet().pk, "output", kept.pk]))
        assert fill.get(address).status_code == 404
        assert CellFile.objects.get().removed_at is not None, "taken out, kept on record"
        world.go("hand_in", world.fill)
        fill.post(url, {"file": SimpleUploadedFile("另一.png", PNG + b" ")})
        assert CellFile.objects.count() == 1, "what was handed in is closed"
        for move in ("check", "send"):
            world.go(move, world.check)
        bureau = factories.client_for(Role.DEPARTMENT, unit=Unit.objects.get(code="tongji"))
        bureau.post(url, {"file": SimpleUploadedFile("依据.png", PNG)})
        assert CellFile.objects.filter(removed_at__isnull=True).get().name == "依据.png"
