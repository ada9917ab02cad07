"""The rules of the house, checked over the whole project (CONTRIBUTING.md says why each of them is there)."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db import models
from factory.django import DjangoModelFactory

from config.env import SETTINGS
from tests import factories

ROOT = Path(settings.BASE_DIR)
OURS = ("spectown", "config", "tests", "tools", "benchmarks")
LONGEST, LONGEST_TEST = 300, 400
SKIPPED = {"migrations", "node_modules", "vendor"}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("spectown.")]
TEMPLATES = sorted((ROOT / "spectown" / "templates").rglob("*.html"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SETTINGS_DOC = ROOT / "docs" / "operations" / "settings.md"


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not SKIPPED & set(path.parts):
                yield path


def commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if str(app).startswith("spectown"))


def test_files_are_short_enough() -> None:
    """One test over all files: a thousand tests of a line each cost more than what they look at."""
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in sources(*OURS)}
    assert len(lengths) > 1000
    assert {p: n for p, n in lengths.items() if n > (LONGEST_TEST if "tests" in p.parts else LONGEST)} == {}


def test_models_say_what_a_row_is() -> None:
    documents = {model._meta.label: model.__doc__ or f"{model.__name__}(" for model in MODELS}
    own = [label for label, text in documents.items() if text.startswith(f"{label.split('.')[1]}(")]
    assert own == []  # what Django writes where there is none


def test_every_model_has_a_factory() -> None:
    made = {
        f._meta.model for f in vars(factories).values() if isinstance(f, type) and issubclass(f, DjangoModelFactory)
    }
    assert {model._meta.label for model in MODELS if model not in made} == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_by_comes_with_at(model: type[models.Model]) -> None:
    """Somebody did it: then it is known when; both may be empty only together, and a constraint says so."""
    fields = {field.name: field for field in model._meta.fields}
    for name in [n for n in fields if n.endswith("_by")]:
        at = fields.get(f"{name.removesuffix('_by')}_at")
        assert at is not None, f"{name} without its time"
        assert at.null == fields[name].null, f"{name} and {at.name} must be empty together"
        if at.null:
            pairs = [c.name for c in model._meta.constraints if c.name.endswith(f"{at.name}_and_by")]
            assert pairs, f"no constraint binds {name} to {at.name}"


def _leaves(condition: Any) -> Iterator[Any]:
    for child in getattr(condition, "children", ()):
        yield from _leaves(child) if isinstance(child, models.Q) else iter(child[1:])


def test_no_constraint_rests_on_a_set() -> None:
    """Its order is another one in every process, so that equal tables are written differently."""
    conditions = [(c.name, getattr(c, "condition", None)) for model in MODELS for c in model._meta.constraints]
    assert [
        name for name, condition in conditions if any(isinstance(v, set | frozenset) for v in _leaves(condition))
    ] == []
    assert list(_leaves(models.Q(a=1) | ~models.Q(b={2}))) == [1, {2}]


def test_every_setting_is_documented() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*?) \|", SETTINGS_DOC.read_text("utf-8"), re.MULTILINE))
    assert sorted(rows) == sorted(setting.name for setting in SETTINGS)
    for setting in [s for s in SETTINGS if s.name != "SECRETS_DIR"]:  # whose default depends on the machine
        assert rows[setting.name] == (f"`{setting.default}`" if setting.default else "空"), setting.name


def test_settings_are_documented_with_their_meaning() -> None:
    text = SETTINGS_DOC.read_text("utf-8")
    assert [s.name for s in SETTINGS if f"| {s.expected} | {s.meaning} |" not in text] == []


@pytest.mark.parametrize("name", commands())
def test_command_explains_itself_in_chinese(name: str) -> None:
    assert CHINESE.search(load_command_class(get_commands()[name], name).help)


def test_commands_are_found() -> None:
    assert {"load_plan", "verify_audit", "create_user"} <= set(commands())


FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "safe filter": re.compile(r"\|\s*safe\b(?!\s*}}</div>{% endif %}{% if example)"),  # help texts are ours
    "address of another machine": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_templates_obey_the_content_policy(rule: str) -> None:
    lines = [(path.relative_to(ROOT), line) for path in TEMPLATES for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 1000
    assert [where for where in lines if FORBIDDEN[rule].search(where[1])] == []


def links() -> Iterator[tuple[Path, str]]:
    """Relative links of our documents."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for path in sorted(documents):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                yield path, target


def test_links_of_the_documents_lead_somewhere() -> None:
    dead = [f"{path.relative_to(ROOT)}: {target}" for path, target in links() if not (path.parent / target).exists()]
    assert dead == []


def test_documents_name_only_commands_that_exist() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    used = {
        name for path in documents for name in re.findall(r"\bspectown ([a-z]+_[a-z_]+)\b", path.read_text("utf-8"))
    }
    assert used - set(commands()) == set()


def test_services_take_the_actor_by_name() -> None:
    """Public functions of services that change something: keyword-only, with `by`."""
    wrong = []
    for path in sources("spectown"):
        if path.name != "services.py" and "services" not in path.parent.name:
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if any("atomic" in ast.unparse(d) for d in node.decorator_list):
                names = [a.arg for a in node.args.kwonlyargs]
                if node.args.args or "by" not in names:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert wrong == []


def test_url_modules_are_named_after_their_area() -> None:
    for path in sorted((ROOT / "spectown" / "web").glob("*/urls.py")):
        module: Any = import_module(f"spectown.web.{path.parent.name}.urls")
        if path.parent.name != "account":  # holds allauth's own names beside its namespace
            assert module.app_name == path.parent.name
