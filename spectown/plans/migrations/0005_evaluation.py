"""The schemes of evaluation of a plan version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column of plan data."""

    dependencies = [("plans", "0004_monitoring")]

    operations = [
        migrations.AddField(
            model_name="planversion",
            name="evaluation",
            field=models.JSONField(
                blank=True, default=list, help_text="evaluation.yaml 中各年度的方案", verbose_name="评估方案"
            ),
        ),
    ]
