"""The list of a million enterprises with two filters and a search, over real HTTP, on SQLite and on PostgreSQL.

`python -m benchmarks.list_pages --json [--rows N] [--database sqlite|postgresql]`. gunicorn with two workers, a
logged-in official, twelve addresses in turns. ours_s: median of our pages with one client; floor_s: of an empty page
behind the same middleware; peer_s: of the page made the plain way (benchmarks/list_plain.py); median_over_empty =
ours_s / floor_s; peer_over_ours: pages in a second of ours with 16 clients, divided by those of the plain way (the
mean time of a page with it, in multiples of ours). peak_mb: the largest web process. pg_…: the same on PostgreSQL.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks import http_load

ROWS, ROUNDS, CLIENTS, LASTING = 1_000_000, 12, 16, 10.0
TARGETS = {"median_over_empty": 10, "peer_over_ours": 4, "peak_mb": 400}


def prepare(rows: int) -> dict[str, Any]:
    """In a process of its own: tables, plan, rows, a session; returns what the clients need."""
    import_module("django").setup()
    call = import_module("django.core.management").call_command
    call("migrate", verbosity=0)
    call("load_plan", "plans/changzhi-2023", "--json", stdout=StringIO())
    time = import_module("time")
    start = time.perf_counter()
    import_module("benchmarks.list_rows").seed(rows)
    taken = time.perf_counter() - start
    factories: Any = import_module("tests.factories")
    client = factories.client_for(import_module("spectown.accounts.permissions").Role.OFFICE)
    return {
        "cookie": f"sessionid={client.cookies['sessionid'].value}",
        "queries": [urlencode(each) for each in choices()],
        "seed_s": round(taken, 1),
    }


def choices() -> list[dict[str, str]]:
    """Twelve choices with two filters and a search: common and rare words, two characters, initials, part of a code."""
    territory = import_module("spectown.organisations.models").Territory
    town = import_module("spectown.towns.models").Town
    places = [str(pk) for pk in territory.objects.values_list("pk", flat=True)]
    towns = [str(pk) for pk in town.objects.exclude(territory=None).values_list("pk", flat=True)]
    return [
        {"territory": places[0], "kind": "company", "q": "小米"},
        {"territory": places[1], "status": "active", "q": "沁县"},
        {"territory": places[-1], "kind": "cooperative", "q": "潞绸"},
        {"town": towns[0], "status": "active", "q": "有限公司"},
        {"town": towns[-1], "kind": "sole_trader", "q": "机械"},
        {"town": towns[5], "chain_role": "upstream", "q": "农业科技"},
        {"chain_role": "leading", "status": "active", "q": "太行"},
        {"kind": "company", "above_scale": "1", "q": "晋鑫源"},
        {"promotion": "pool", "status": "active", "q": "华盛"},
        {"kind": "family_farm", "status": "active", "q": "czjy"},
        {"territory": places[2], "status": "active", "q": "金瑞"},
        {"kind": "company", "status": "active", "q": "MA0123"},
    ]


def measured(environment: dict[str, str], made: dict[str, Any]) -> dict[str, float]:
    """Figures of one database."""
    pages = [f"/lists/enterprises/?{query}" for query in made["queries"]]
    plain = [f"/plain/enterprises/?{query}" for query in made["queries"]]
    cookie = made["cookie"]
    with http_load.server(environment) as (port, process):
        check(port, pages, plain, cookie)
        ours, peer, floor = [], [], []
        for number in range(ROUNDS):
            ours += http_load.seconds(port, pages, cookie)
            floor += http_load.seconds(port, ["/empty/"] * len(pages), cookie)
            peer += http_load.seconds(port, plain, cookie) if number % 4 == 0 else []
        rates = [http_load.throughput(port, each, cookie, CLIENTS, LASTING) for each in (pages, plain, pages, plain)]
        peak = http_load.peak_mb(process)
    median = statistics.median
    by_page = {query: median(ours[i :: len(pages)]) for i, query in enumerate(made["queries"])}
    print(json.dumps({key: round(value, 4) for key, value in by_page.items()}, ensure_ascii=False), file=sys.stderr)
    ours_rate, peer_rate = (rates[0] + rates[2]) / 2, (rates[1] + rates[3]) / 2
    return {
        "ours_s": round(median(ours), 5),
        "floor_s": round(median(floor), 5),
        "over_floor": round(median(ours) / median(floor), 2),
        "median_over_empty": round(median(ours) / median(floor), 2),
        "p95_s": round(statistics.quantiles(ours, n=20)[-1], 5),
        "peer_s": round(median(peer), 5),
        "ours_per_s": round(ours_rate, 1),
        "peer_per_s": round(peer_rate, 2),
        "peer_over_ours": round(ours_rate / peer_rate, 2),
        "peak_mb": peak,
        "seed_s": made["seed_s"],
    }


def check(port: int, pages: list[str], plain: list[str], cookie: str) -> None:
    """Both ways show the same rows, and the pages warm up."""
    for ours, other in zip(pages, plain, strict=True):
        found = [http_load.get(port, address, cookie).count(b"<tr data-href") for address in (ours, other)]
        if found[0] != found[1]:
            raise SystemExit(f"{ours}: {found[0]} rows, the plain way {found[1]}")


def run(rows: int, url: str) -> dict[str, float]:
    """One database from nothing to its figures."""
    with tempfile.TemporaryDirectory(prefix="spectown-bench-") as folder:
        data = Path(folder)
        environment = {
            "DATA_DIR": str(data / "data"),
            "SECRETS_DIR": str(data / "secrets"),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "benchmarks.list_settings",
        }
        command = [sys.executable, "-m", "benchmarks.list_pages", "--prepare", "--rows", str(rows)]
        made = subprocess.run(command, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE).stdout
        return measured(environment, json.loads(made.splitlines()[-1]))


def main() -> None:
    """Both databases, one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="(always)")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.prepare:
        sys.stdout.write(json.dumps(prepare(asked.rows)) + "\n")
        return
    result: dict[str, float] = {"rows": asked.rows}
    if asked.database != "postgresql":
        result |= run(asked.rows, "")
    if asked.database != "sqlite":
        with import_module("tools.with_postgres").cluster() as url:
            result |= {f"pg_{name}": value for name, value in run(asked.rows, url).items()}
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
