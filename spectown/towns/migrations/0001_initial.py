import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Town',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='名称')),
                ('category', models.SlugField(help_text='现行方案类别表中的代码', max_length=40, verbose_name='类别')),
                ('leading_industry', models.CharField(blank=True, max_length=200, verbose_name='主导产业')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示')),
                ('operator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='operated_towns', to='organisations.unit', verbose_name='运营主体')),
                ('responsible_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='towns', to='organisations.unit', verbose_name='责任主体')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='towns', to='organisations.territory', verbose_name='属地')),
            ],
            options={
                'verbose_name': '专业镇',
                'verbose_name_plural': '专业镇',
                'ordering': ('order', 'code'),
            },
        ),
        migrations.CreateModel(
            name='LevelRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('potential', '潜力'), ('township', '乡级'), ('county', '县级'), ('city', '市级'), ('province', '省级')], max_length=20, verbose_name='层级')),
                ('valid_from', models.DateField(verbose_name='起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('document', models.CharField(max_length=200, verbose_name='依据')),
                ('clause_ref', models.CharField(blank=True, max_length=60, verbose_name='条款号')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='level_records', to='plans.planversion', verbose_name='方案版本')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='towns.town', verbose_name='专业镇')),
            ],
            options={
                'verbose_name': '层级记录',
                'verbose_name_plural': '层级记录',
                'ordering': ('town', 'valid_from', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('town', 'level', 'valid_from'), name='level_record_once'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='level_record_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='TownAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='别名')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('source', models.CharField(max_length=200, verbose_name='出处')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='towns.town', verbose_name='专业镇')),
            ],
            options={
                'verbose_name': '专业镇别名',
                'verbose_name_plural': '专业镇别名',
                'ordering': ('town', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('town', 'name'), name='town_alias_once'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='town_alias_dates_in_order')],
            },
        ),
    ]
