"""Several people who work on one case in turns: a window for each, and what they do in it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
PATIENCE_MS = 40_000  # pages of a round are long, and five people look at them in turns


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, text: str) -> None:
    expect(page.locator("body")).to_contain_text(text, timeout=PATIENCE_MS)


def give_reason(page: Page, name: str, reason: str) -> None:
    """Make a move that asks for its reason in a dialog."""
    page.get_by_role("link", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True)).first.click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill(reason)
    dialog.get_by_role("button", name=name, exact=True).click()
