"""List pages with many rows against the same pages without rows, in turns, in one process, on SQLite.

`python -m benchmarks.list_pages --json`: ours_s and floor_s are medians over all pages and rounds in seconds,
median_over_empty is the median over the pages of (filled / empty).
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

ROUNDS = 15
TOWNS, EVENTS, APPLICATIONS, USERS = 2_000, 100_000, 2_000, 1_000


def prepare(folder: Path) -> None:
    """Django on an own database, with the city's plan loaded."""
    os.environ.update(DATA_DIR=str(folder / "data"), SECRETS_DIR=str(folder / "secrets"), DATABASE_URL="")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import_module("django").setup()
    call = import_module("django.core.management").call_command
    call("migrate", verbosity=0)
    call("load_plan", "plans/changzhi-2023", "--json", stdout=StringIO())


def fill() -> None:
    """Many rows of everything that is listed."""
    factories: Any = import_module("tests.factories")
    models: Any = import_module("spectown.certification.models")
    events: Any = import_module("spectown.audit.models")
    towns: Any = import_module("spectown.towns.models")
    place = import_module("spectown.organisations.models").Territory.objects.first()
    body = import_module("spectown.organisations.models").Unit.objects.filter(kind="county").first()
    factories.TownFactory.create_batch(TOWNS, territory=place, responsible_unit=body)
    factories.UserFactory.create_batch(USERS)
    version = import_module("spectown.plans.models").PlanVersion.objects.current()
    user, unit = factories.UserFactory.create(), body
    checker = factories.UserFactory.create()
    now = import_module("django.utils.timezone").now()
    models.Application.objects.bulk_create(
        models.Application(
            version=version,
            unit=unit,
            town_name=f"压测专业镇{n}",
            state="checked",
            category="agriculture",
            output_wan=60000,
            made_by=user,
            changed_by=user,
            submitted_by=user,
            submitted_at=now,
            checked_by=checker,
            checked_at=now,
        )
        for n in range(APPLICATIONS)
    )
    start = events.Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    rows = (factories.EventFactory.build(seq=start + n + 1, digest=f"{n:064d}") for n in range(EVENTS))
    events.Event.objects.bulk_create(rows, batch_size=2000)
    events.ChainHead.objects.update_or_create(pk=1, defaults={"seq": start + EVENTS, "digest": f"{EVENTS - 1:064d}"})
    assert towns.Town.objects.count() > TOWNS


PAGES = {
    "towns": ("/towns/", "/towns/?q=没有这样的名称"),
    "audit": ("/system/audit/", "/system/audit/?action=plan.activate&since=2001-01-01&until=2001-01-02"),
    "applications": ("/certification/", "/certification/?q=没有这样的名称"),
}


def seconds(client: Any, address: str) -> float:
    """One page, from the request to the last byte."""
    start = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - start
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return taken


def measure() -> dict[str, Any]:
    """Every page filled and empty, in turns."""
    factories: Any = import_module("tests.factories")
    client = factories.client_for(import_module("spectown.accounts.permissions").Role.OFFICE)
    client.defaults["SERVER_NAME"] = "127.0.0.1"
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in PAGES}
    for number in range(ROUNDS + 2):
        for name, (filled, empty) in PAGES.items():
            pair = seconds(client, filled), seconds(client, empty)
            if number >= 2:  # the first two warm up
                times[name][0].append(pair[0])
                times[name][1].append(pair[1])
    medians = {name: (statistics.median(full), statistics.median(bare)) for name, (full, bare) in times.items()}
    ours = statistics.median([full for full, _ in medians.values()])
    floor = statistics.median([bare for _, bare in medians.values()])
    return {
        "ours_s": round(ours, 4),
        "floor_s": round(floor, 4),
        "over_floor": round(ours / floor, 2),
        "median_over_empty": round(statistics.median(full / bare for full, bare in medians.values()), 2),
        "pages": {name: {"filled_s": round(f, 4), "empty_s": round(e, 4)} for name, (f, e) in medians.items()},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "rows": TOWNS + EVENTS + APPLICATIONS + USERS,
    }


def main() -> None:
    """Prepare, fill, measure, print."""
    with tempfile.TemporaryDirectory(prefix="spectown-bench-") as folder:
        prepare(Path(folder))
        fill()
        result = measure()
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
