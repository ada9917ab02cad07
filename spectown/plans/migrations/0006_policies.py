"""Which tasks the kinds of town policies serve, of a plan version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column of plan data."""

    dependencies = [("plans", "0005_evaluation")]

    operations = [
        migrations.AddField(
            model_name="planversion",
            name="policies",
            field=models.JSONField(
                blank=True, default=list, help_text="policies.yaml 中各类型服务的任务", verbose_name="政策类型"
            ),
        ),
    ]
