"""The scheme belongs to the freeze. Former freezes get the scheme of their evaluation, which is what was shown until now.

The database refuses any change of a snapshot: for this one change its triggers go, and come again with the new column.
"""

from typing import Any

from django.db import migrations, models

from spectown.lib.frozen import Frozen, drop


def fill(apps: Any, editor: Any) -> None:
    """Copy the scheme of the evaluation into each of its freezes."""
    snapshot = apps.get_model('evaluation', 'Snapshot')
    for statement in drop(editor.connection.vendor, snapshot._meta.db_table):
        editor.execute(statement, params=None)
    for evaluation in apps.get_model('evaluation', 'Evaluation').objects.order_by('pk'):
        snapshot.objects.filter(evaluation=evaluation).update(scheme=evaluation.scheme)


class Migration(migrations.Migration):

    dependencies = [('evaluation', '0005_scheme_kept')]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='scheme',
            field=models.JSONField(null=True, verbose_name='评估方案'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='snapshot',
            name='scheme',
            field=models.JSONField(verbose_name='评估方案'),
        ),
        Frozen('snapshot'),
    ]
