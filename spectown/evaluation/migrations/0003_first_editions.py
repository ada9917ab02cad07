"""What was published before there were editions is the first edition."""

from typing import Any

from django.db import migrations


def first_editions(apps: Any, _editor: Any) -> None:
    """Each with the day and the person of its publication."""
    publication = apps.get_model("evaluation", "Publication")
    publication._meta.get_field("made_at").auto_now_add = False
    results = apps.get_model("evaluation", "Result").objects.filter(stage="final").order_by("-pk")
    for evaluation in apps.get_model("evaluation", "Evaluation").objects.filter(state__in=("published", "closed")):
        step = evaluation.steps.filter(move="publish").order_by("-pk").first()
        result = results.filter(snapshot__evaluation=evaluation).first()
        package = evaluation.packages.order_by("-pk").first()
        if step and result and package:
            said = {"made_at": step.made_at, "made_by_id": step.made_by_id}
            publication.objects.create(evaluation=evaluation, number=1, result=result, package=package, **said)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_editions")]

    operations = [migrations.RunPython(first_editions, migrations.RunPython.noop)]
