"""Several schemes a year: evaluations and drafts say of which scheme they are; former ones of the general scheme."""

from django.db import migrations, models

from spectown.lib.frozen import Frozen


def code() -> models.SlugField:  # type: ignore[type-arg]  # Django's fields are generic to mypy alone
    return models.SlugField(default='evaluation', max_length=40, verbose_name='方案代码')


class Migration(migrations.Migration):

    dependencies = [('evaluation', '0006_snapshot_scheme')]

    operations = [
        migrations.AlterModelOptions(
            name='evaluation',
            options={'ordering': ('-year', 'pk'), 'verbose_name': '年度评估', 'verbose_name_plural': '年度评估'},
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='year',
            field=models.PositiveIntegerField(verbose_name='评估年度'),
        ),
        migrations.AddField(model_name='evaluation', name='code', field=code()),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(fields=('year', 'code'), name='evaluation_once_a_year_and_scheme'),
        ),
        migrations.AddField(model_name='scheme', name='code', field=code()),
        Frozen(
            'evaluation',
            since='reply_until',
            but=('name', 'state', 'since', 'round', 'reply_until', 'report', 'commendation', 'is_demo'),
        ),
        Frozen('scheme', since='decided_at'),
    ]
