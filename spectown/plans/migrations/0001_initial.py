import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='日期')),
                ('kind', models.CharField(choices=[('workday', '调休上班'), ('holiday', '放假')], max_length=20, verbose_name='性质')),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='节日')),
            ],
            options={
                'verbose_name': '日历日',
                'verbose_name_plural': '日历日',
                'ordering': ('day',),
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='年份')),
                ('provisional', models.BooleanField(default=False, verbose_name='暂定')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
            ],
            options={
                'verbose_name': '日历年',
                'verbose_name_plural': '日历年',
                'ordering': ('year',),
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan_code', models.SlugField(max_length=60, verbose_name='方案代码')),
                ('number', models.PositiveIntegerField(verbose_name='版本号')),
                ('city', models.CharField(max_length=40, verbose_name='地区')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('issuer', models.CharField(blank=True, max_length=100, verbose_name='发文机关')),
                ('document_number', models.CharField(blank=True, max_length=80, verbose_name='发文字号')),
                ('signed_date', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('published_date', models.DateField(blank=True, null=True, verbose_name='发布日期')),
                ('disclosure', models.CharField(blank=True, max_length=60, verbose_name='公开属性')),
                ('source_name', models.CharField(max_length=120, verbose_name='源文件')),
                ('source_text', models.TextField(verbose_name='源文本')),
                ('digest', models.CharField(help_text='方案文件夹全部内容的 SHA-256', max_length=64, verbose_name='数据指纹')),
                ('criteria', models.JSONField(default=dict, help_text='criteria.yaml 与 categories.yaml 的原样内容', verbose_name='认定条件')),
                ('lights', models.JSONField(blank=True, default=dict, help_text='lights.yaml 的原样内容', verbose_name='灯号口径')),
                ('round_samples', models.JSONField(blank=True, default=dict, help_text='rounds.yaml 的原样内容', verbose_name='批次规则样本')),
                ('market', models.JSONField(blank=True, default=dict, help_text='market.yaml 的原样内容', verbose_name='市场主体口径')),
                ('documents', models.JSONField(blank=True, default=dict, help_text='documents 文件夹中各文种的原样内容', verbose_name='公文文种')),
                ('problems', models.JSONField(default=list, verbose_name='读取时发现的问题')),
                ('tables', models.JSONField(default=list, verbose_name='其他附表')),
                ('is_current', models.BooleanField(default=False, verbose_name='现行')),
                ('loaded_at', models.DateTimeField(auto_now_add=True, verbose_name='装入时间')),
            ],
            options={
                'verbose_name': '方案版本',
                'verbose_name_plural': '方案版本',
                'ordering': ('plan_code', '-number'),
                'constraints': [models.UniqueConstraint(fields=('plan_code', 'number'), name='plan_version_number_once'), models.UniqueConstraint(fields=('plan_code', 'digest'), name='plan_version_digest_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='one_current_plan')],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=60, verbose_name='条款号')),
                ('level', models.PositiveSmallIntegerField(verbose_name='层级')),
                ('order', models.PositiveIntegerField(verbose_name='次序')),
                ('number', models.CharField(blank=True, max_length=30, verbose_name='编号')),
                ('heading', models.CharField(blank=True, max_length=300, verbose_name='标题')),
                ('text', models.TextField(verbose_name='正文')),
                ('start', models.PositiveIntegerField(verbose_name='起')),
                ('end', models.PositiveIntegerField(verbose_name='止')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='plans.clause', verbose_name='上级条款')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '条款',
                'verbose_name_plural': '条款',
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(fields=('version', 'ref'), name='clause_ref_once'), models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='clause_range_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='代码')),
                ('label', models.CharField(max_length=60, verbose_name='类别')),
                ('has_threshold', models.BooleanField(verbose_name='已定产值标准')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '类别',
                'verbose_name_plural': '类别',
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='category_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('role', models.CharField(choices=[('leader', '组长'), ('deputy', '副组长'), ('member', '成员')], max_length=20, verbose_name='组内职务')),
                ('printed_name', models.CharField(max_length=50, verbose_name='原文姓名')),
                ('printed_post', models.CharField(max_length=120, verbose_name='原文职务')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='organisations.post', verbose_name='职务')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '领导小组席位',
                'verbose_name_plural': '领导小组席位',
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(fields=('version', 'order'), name='seat_order_once')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('subject', models.CharField(max_length=300, verbose_name='对象')),
                ('comparator', models.CharField(max_length=20, verbose_name='比较')),
                ('values', models.JSONField(verbose_name='数值')),
                ('unit', models.CharField(max_length=20, verbose_name='单位')),
                ('text', models.TextField(verbose_name='原文')),
                ('start', models.PositiveIntegerField(verbose_name='起')),
                ('end', models.PositiveIntegerField(verbose_name='止')),
                ('level', models.CharField(blank=True, max_length=20, verbose_name='层级')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='目标年')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='plans.clause', verbose_name='条款')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '目标',
                'verbose_name_plural': '目标',
                'ordering': ('order',),
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('title', models.CharField(max_length=300, verbose_name='任务')),
                ('text', models.TextField(verbose_name='内容')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plans.clause', verbose_name='条款')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '任务',
                'verbose_name_plural': '任务',
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('version', 'number'), name='task_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('lead', '牵头'), ('participant', '配合'), ('collective', '按职责分工')], max_length=20, verbose_name='分工')),
                ('printed_name', models.CharField(max_length=80, verbose_name='原文名称')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='organisations.unit', verbose_name='单位')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='plans.task', verbose_name='任务')),
            ],
            options={
                'verbose_name': '责任',
                'verbose_name_plural': '责任',
                'ordering': ('task__number', 'order'),
                'constraints': [models.UniqueConstraint(fields=('task', 'unit'), name='duty_once_per_task')],
            },
        ),
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('subject', models.CharField(max_length=300, verbose_name='对象')),
                ('comparator', models.CharField(max_length=20, verbose_name='比较')),
                ('values', models.JSONField(verbose_name='数值')),
                ('unit', models.CharField(max_length=20, verbose_name='单位')),
                ('text', models.TextField(verbose_name='原文')),
                ('start', models.PositiveIntegerField(verbose_name='起')),
                ('end', models.PositiveIntegerField(verbose_name='止')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thresholds', to='plans.clause', verbose_name='条款')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thresholds', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '量化条件',
                'verbose_name_plural': '量化条件',
                'ordering': ('order',),
            },
        ),
        migrations.CreateModel(
            name='NeededFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='代码')),
                ('label', models.CharField(max_length=120, verbose_name='数据')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed_figures', to='plans.clause', verbose_name='依据条款')),
                ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needed_figures', to='organisations.unit', verbose_name='建议提供单位')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed_figures', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '所需数据',
                'verbose_name_plural': '所需数据',
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='needed_figure_once')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='代码')),
                ('title', models.CharField(max_length=120, verbose_name='条件')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('data', models.JSONField(verbose_name='内容')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='plans.clause', verbose_name='条款')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criterion_rows', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '认定条件',
                'verbose_name_plural': '认定条件',
                'ordering': ('order',),
                'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='criterion_code_once')],
            },
        ),
    ]
