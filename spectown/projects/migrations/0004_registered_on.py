"""Day on which a project was entered; unknown (empty) of those that were there before."""

from typing import Any

import django.utils.timezone
from django.db import migrations, models

TOLD: dict[str, Any] = {"blank": True, "editable": False, "null": True, "verbose_name": "登记日期"}
TOLD["help_text"] = "从这个月起要求月报。"


class Migration(migrations.Migration):
    dependencies = (("projects", "0003_lights"),)
    operations = (
        migrations.AddField(model_name="project", name="registered_on", field=models.DateField(**TOLD)),
        migrations.AlterField(
            model_name="project",
            name="registered_on",
            field=models.DateField(default=django.utils.timezone.localdate, **TOLD),
        ),
    )
