"""Full-page screenshots of a running server, at 1440 and 390 px, to look at pages with one's own eyes.

    .venv/bin/python tools/screenshots.py --base http://127.0.0.1:8000 --user X --password Y /path/ ...

Without --user the pages are taken as a visitor sees them. A path may be a file:// or http:// address as well.
Prints one line per picture: status, width of the page (wider than the window = it scrolls sideways), file;
console errors and failed requests follow. Exit code 1 when a page answered 400 or more or had such errors.
"""

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.browser import WIDTHS, context_options, launch_options


def main(argv: list[str] | None = None) -> int:
    """Take the pictures; return 0, or 1 when a page was faulty."""
    args = _arguments().parse_args(argv)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        faults = [fault for width in args.widths for fault in _pictures(browser, int(width), args, out)]
        browser.close()
    for fault in faults:
        print("FAULT", fault)
    return 1 if faults else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--login", default="/account/login/", help="path of the login page")
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    parser.add_argument("--out", default="var/shots")
    parser.add_argument("--widths", nargs="+", default=list(WIDTHS))
    parser.add_argument("--print", action="store_true", help="also write the page as A4 PDF")
    parser.add_argument("paths", nargs="+")
    return parser


def _pictures(browser: Browser, width: int, args: argparse.Namespace, out: Path) -> list[str]:
    context = browser.new_context(**context_options(width))
    faults: list[str] = []
    if args.user:
        _log_in(context, args)
    for path in args.paths:
        page = context.new_page()
        _listen(page, f"{path} @{width}", faults)
        _picture(page, path, width, args, out, faults)
        page.close()
    context.close()
    return faults


def _picture(page: Page, path: str, width: int, args: argparse.Namespace, out: Path, faults: list[str]) -> None:
    address = path if "://" in path else args.base.rstrip("/") + path
    response = page.goto(address, wait_until="networkidle")
    status = response.status if response else 0
    if status >= 400:
        faults.append(f"{path} @{width}: HTTP {status}")
    file = out / f"{_name(path)}-{width}.png"
    page.screenshot(path=file, full_page=True)
    if args.print and width > 600:
        page.pdf(path=file.with_suffix(".pdf"), format="A4")
    print(status, page.evaluate("document.documentElement.scrollWidth"), file)


def _listen(page: Page, where: str, faults: list[str]) -> None:
    page.on("console", lambda m: faults.append(f"{where}: console {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(f"{where}: script {e}"))
    page.on("requestfailed", lambda r: faults.append(f"{where}: request {r.url} {r.failure}"))


def _log_in(context: BrowserContext, args: argparse.Namespace) -> None:
    page = context.new_page()
    page.goto(args.base.rstrip("/") + args.login)
    page.fill("input[name=login], input[name=username]", args.user)
    page.fill("input[name=password]", args.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    if args.login in page.url:
        raise SystemExit(f"login as {args.user} failed; still at {page.url}: {page.inner_text('body')[:300]}")
    page.close()


def _name(path: str) -> str:
    return re.sub(r"[^\w-]+", "_", path.split("://")[-1]).strip("_") or "home"


if __name__ == "__main__":
    sys.exit(main())
