"""A round with 300 applications of 12 MB of materials each: its pages and the bundle of one application.

`python -m benchmarks.round_load`, by hand (not part of `make bench`): prints one line of JSON. The database and the
files are its own, gone at the end. One case is brought to the decision through the services, with six scanned PDFs of
2 MB, reviewed by five experts; 299 more are copies in bulk, each with files of its own on the disk (hard links). Per
page: seconds (median of 3, warm), statements, kilobytes of HTML, and by how many MB the peak of the process grew. The
bundle is made as its job makes it: all materials and the form as one PDF; the peak is that of a process of its own.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
FOLDER = tempfile.TemporaryDirectory()
os.environ["DATA_DIR"] = os.environ.get("ROUND_LOAD_DATA") or FOLDER.name
django.setup()

from django.core.management import call_command  # noqa: E402  # after Django is set up
from django.db import connection  # noqa: E402  # the same
from django.test import Client  # noqa: E402  # the same
from django.test.utils import CaptureQueriesContext  # noqa: E402  # the same
from django.urls import reverse  # noqa: E402  # the same
from PIL import Image  # noqa: E402  # the same

from spectown.accounts.models import User  # noqa: E402  # the same
from spectown.rounds.models import CaseVersion, Material  # noqa: E402  # the same
from spectown.web.rounds.printed import print_of  # noqa: E402  # the same
from tests.review_world import pool_of, reviewed  # noqa: E402  # the same
from tests.round_course import accepted, hall, judged  # noqa: E402  # the same
from tests.round_crowd import crowd  # noqa: E402  # the same
from tests.round_world import World  # noqa: E402  # the same

CASES, MB = 300, 1024 * 1024
PAGES = {
    "table": "deciding:table",
    "round": "rounds:round",
    "progress": "experts:progress",
    "what_if": "rounds:whatif",
}


def scan(number: int) -> bytes:
    """A scanned page of about 2 MB: noise does not compress."""
    noise = Image.frombytes("RGB", (1700, 2404), os.urandom(1700 * 2404 * 3))
    out = BytesIO()
    noise.save(out, "PDF", quality=62, title=f"扫描件{number}")
    return out.getvalue()


def seeded() -> World:
    """The round as it comes to the decision."""
    call_command("migrate", verbosity=0)
    here = hall(review=True)
    codes = [item.code for item in here.case.rules.rules.materials if item.required]
    here.fill(**{code: scan(number) for number, code in enumerate(codes)})
    with patch.object(World, "fill", lambda *_args, **_over: None):  # the files are there
        accepted(here)
    reviewed(here, pool_of(here.office), ["80", "85", "90"])
    judged(here)
    crowd(here.fresh(), CASES - 1)
    _own_files(here)
    return here


def _own_files(here: World) -> None:
    """A file on the disk for every material."""
    rows = list(Material.objects.exclude(case=here.case))
    for row in rows:
        source = Path(row.file.path)
        target = source.with_name(f"{row.pk}-{source.name}")
        os.link(source, target)
        row.file.name = str(Path(row.file.name).with_name(target.name))
    Material.objects.bulk_update(rows, ["file"], batch_size=500)


def peak_mb() -> int:
    """Largest memory that this process ever had; what its parent had does not count, as it does in getrusage."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


def page(here: World, name: str) -> dict[str, Any]:
    """One page as the office opens it."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(User.objects.get(pk=here.office.person))
    address = reverse(name, args=[here.round.pk]) + ("?scope=cases" if name == "rounds:whatif" else "")
    before = peak_mb()
    taken = []
    for _turn in range(4):
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as seen:
            answer = browser.get(address)
        taken.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    size = len(answer.content) // 1024
    return {
        "s": round(statistics.median(taken[1:]), 2),
        "queries": len(seen),
        "html_kb": size,
        "peak_mb": peak_mb() - before,
    }


def bundle() -> dict[str, Any]:
    """The bundle of one case, in this process."""
    version = CaseVersion.objects.order_by("-pk")[0]
    size = sum(each["size"] for each in version.content["materials"].values())
    before, start = peak_mb(), time.perf_counter()
    _name, content = print_of(version)
    taken = time.perf_counter() - start
    return {
        "s": round(taken, 2),
        "materials_mb": round(size / MB, 1),
        "pdf_mb": round(len(content) / MB, 1),
        "before_mb": before,
        "peak_mb": peak_mb(),
    }


def main() -> None:
    """Seed, measure, print."""
    if "--bundle" in sys.argv:
        sys.stdout.write(json.dumps(bundle()) + "\n")
        return
    start = time.perf_counter()
    here = seeded()
    found: dict[str, Any] = {"cases": CASES, "seed_s": round(time.perf_counter() - start, 1)}
    found |= {name: page(here, url) for name, url in PAGES.items()}
    command = [sys.executable, "-m", "benchmarks.round_load", "--bundle"]
    environment = {**os.environ, "ROUND_LOAD_DATA": FOLDER.name}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found["bundle"] = json.loads(done.stdout)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
