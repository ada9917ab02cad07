"""Settings of the lights, as the plan folder has them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """PlanVersion.lights."""

    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="planversion",
            name="lights",
            field=models.JSONField(
                blank=True, default=dict, help_text="lights.yaml 的原样内容", verbose_name="灯号口径"
            ),
        ),
    ]
