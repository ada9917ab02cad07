"""The published schema is the one the form's declaration gives."""

import json
from pathlib import Path

from spectown.core.certification.outcomes import NeedKind, Outcome, Overall
from spectown.core.certification.schema import application_schema

DOCS = Path(__file__).parents[3] / "docs" / "reference"


def test_the_schema_is_current(criteria):
    published = json.loads((DOCS / "application.schema.json").read_text("utf-8"))
    assert published == application_schema(criteria)


def test_every_code_of_the_result_is_documented():
    text = (DOCS / "application.md").read_text("utf-8")
    for code in (*Overall, *Outcome, *NeedKind):
        assert f"`{code}`" in text
