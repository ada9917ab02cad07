import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import spectown.lib.proofs.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0001_initial'),
        ('plans', '0001_initial'),
        ('towns', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '填报中'), ('checking', '待审核'), ('returned', '已退回'), ('checked', '已审核'), ('withdrawn', '已撤回')], default='draft', max_length=20, verbose_name='状态')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='修订号')),
                ('town_name', models.CharField(blank=True, max_length=80, verbose_name='专业镇名称')),
                ('leading_industry', models.CharField(blank=True, max_length=200, verbose_name='主导产业')),
                ('applicant_county', models.CharField(blank=True, max_length=60, verbose_name='申报县(区)')),
                ('category', models.CharField(blank=True, max_length=40, verbose_name='类别')),
                ('output_wan', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='主导产业年产值(万元)')),
                ('output_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='产值年度')),
                ('leading_enterprises', models.PositiveIntegerField(blank=True, null=True, verbose_name='龙头企业(家)')),
                ('chain_partners', models.PositiveIntegerField(blank=True, null=True, verbose_name='上下游配套(户)')),
                ('family_farms', models.PositiveIntegerField(blank=True, null=True, verbose_name='其中家庭农场(户)')),
                ('cooperatives', models.PositiveIntegerField(blank=True, null=True, verbose_name='其中专业合作社(户)')),
                ('counties', models.JSONField(blank=True, default=list, verbose_name='主导产业所在县(区)')),
                ('counties_reason', models.TextField(blank=True, verbose_name='跨县(区)的理由')),
                ('traditional_origin', models.BooleanField(blank=True, null=True, verbose_name='历史发源地、地理标志等传统特色')),
                ('employees', models.PositiveIntegerField(blank=True, null=True, verbose_name='从业人数')),
                ('tax_wan', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='税收(万元)')),
                ('province_share', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='省内占比(%)')),
                ('national_share', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='国内市场占有率(%)')),
                ('export_wan', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='出口额(万元)')),
                ('unreadable', models.JSONField(blank=True, default=dict, verbose_name='未能读出的内容')),
                ('open_fields', models.JSONField(blank=True, default=list, verbose_name='补正开放的填报项')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='修改时间')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='提交审核时间')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='退回时间')),
                ('return_reason', models.TextField(blank=True, verbose_name='退回理由')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='批次办结时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='建立人')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退回人')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人')),
                ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='towns.town', verbose_name='专业镇')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='organisations.unit', verbose_name='申报单位')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='plans.planversion', verbose_name='方案版本')),
            ],
            options={
                'verbose_name': '申报书',
                'verbose_name_plural': '申报书',
                'ordering': ('-changed_at', '-pk'),
                'indexes': [models.Index(fields=['unit', 'state'], name='application_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'checking', 'returned', 'checked', 'withdrawn'])), name='application_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='application_submitted_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='application_checked_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False)), _connector='OR'), name='application_returned_at_and_by'), models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(models.Q(('checked_by', models.F('submitted_by')), _negated=True), models.Q(('checked_by', models.F('changed_by')), _negated=True)), _connector='OR'), name='application_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'checked'), _negated=True), models.Q(('checked_by__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='application_checked_has_checker')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.SlugField(max_length=60, verbose_name='条件代码')),
                ('file', models.FileField(upload_to=spectown.lib.proofs.models.stored_name, verbose_name='文件')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=100, verbose_name='类型')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='移除时间')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='certification.application', verbose_name='申报书')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='移除人')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '证明文件',
                'verbose_name_plural': '证明文件',
                'ordering': ('criterion', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='evidence_file_removed_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.SlugField(max_length=60, verbose_name='条件代码')),
                ('text', models.TextField(verbose_name='说明')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='certification.application', verbose_name='申报书')),
            ],
            options={
                'verbose_name': '证明说明',
                'verbose_name_plural': '证明说明',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('application', 'criterion'), name='evidence_once')],
            },
        ),
        migrations.CreateModel(
            name='Honour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('factor', models.SlugField(max_length=60, verbose_name='因素代码')),
                ('number', models.PositiveIntegerField(verbose_name='数量')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='honours', to='certification.application', verbose_name='申报书')),
            ],
            options={
                'verbose_name': '优先因素',
                'verbose_name_plural': '优先因素',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('application', 'factor'), name='honour_once')],
            },
        ),
        migrations.CreateModel(
            name='JudgementRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.SlugField(max_length=60, verbose_name='条件代码')),
                ('outcome', models.CharField(choices=[('met', '满足'), ('unmet', '不满足')], max_length=10, verbose_name='判断')),
                ('reason', models.TextField(verbose_name='理由')),
                ('revision', models.PositiveIntegerField(verbose_name='所依据的修订号')),
                ('lapsed_revision', models.PositiveIntegerField(blank=True, null=True, verbose_name='材料改动的修订号')),
                ('judged_at', models.DateTimeField(auto_now_add=True, verbose_name='判断时间')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='certification.application', verbose_name='申报书')),
                ('judged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='判断人')),
            ],
            options={
                'verbose_name': '判断记录',
                'verbose_name_plural': '判断记录',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='judgement_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='ListCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='填报项')),
                ('number', models.PositiveIntegerField(verbose_name='清单数')),
                ('counted_on', models.DateField(verbose_name='计数日期')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='certification.application', verbose_name='申报书')),
            ],
            options={
                'verbose_name': '清单计数',
                'verbose_name_plural': '清单计数',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('application', 'code'), name='list_count_once')],
            },
        ),
    ]
