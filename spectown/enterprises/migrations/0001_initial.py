import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import spectown.lists.kinds
from django.conf import settings
from django.db import migrations, models

from spectown.lib.search import SearchIndex


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0001_initial'),
        ('towns', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('search_text', models.CharField(blank=True, editable=False, max_length=1000)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='更新时间')),
                ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='删除时间')),
                ('delete_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='删除理由')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示')),
                ('code', spectown.lists.kinds.CreditCodeField(blank=True, help_text='18 位;家庭农场等没有代码的不填,由系统给出编号。', max_length=18, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('kind', models.CharField(choices=[('company', '企业'), ('sole_trader', '个体工商户'), ('family_farm', '家庭农场'), ('cooperative', '专业合作社')], default='company', max_length=20, verbose_name='主体类型')),
                ('chain_role', models.CharField(blank=True, choices=[('leading', '龙头'), ('upstream', '上游'), ('downstream', '下游'), ('partner', '配套')], max_length=20, verbose_name='链上角色')),
                ('size', models.CharField(blank=True, choices=[('large', '大型'), ('medium', '中型'), ('small', '小型'), ('micro', '微型')], max_length=20, verbose_name='规模')),
                ('above_scale', models.BooleanField(default=False, verbose_name='规上')),
                ('promotion', models.CharField(choices=[('none', '未纳入'), ('pool', '培育库'), ('candidate', '拟升规'), ('promoted', '已升规')], default='none', max_length=20, verbose_name='小升规')),
                ('industry', models.CharField(blank=True, max_length=60, verbose_name='行业')),
                ('products', models.CharField(blank=True, max_length=200, verbose_name='主要产品')),
                ('established', models.DateField(blank=True, null=True, verbose_name='成立日期')),
                ('capital', spectown.lists.kinds.MoneyField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='注册资本')),
                ('legal_person', models.CharField(blank=True, max_length=40, verbose_name='法定代表人')),
                ('contact', models.CharField(blank=True, max_length=40, verbose_name='联系人')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='地址')),
                ('status', models.CharField(choices=[('active', '在营'), ('suspended', '停产停业'), ('closed', '已注销')], default='active', max_length=20, verbose_name='经营状态')),
                ('deleted_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='删除人')),
                ('merged_into', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='enterprises.enterprise', verbose_name='已并入')),
                ('territory', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.territory', verbose_name='属地')),
                ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='towns.town', verbose_name='专业镇')),
                ('unit', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='enterprises', to='organisations.unit', verbose_name='企业账号')),
            ],
            options={
                'verbose_name': '市场主体',
                'verbose_name_plural': '市场主体',
                'indexes': [models.Index(condition=models.Q(('deleted_at', None)), fields=['name', 'id'], name='enterprise_by_name'), models.Index(condition=models.Q(('deleted_at', None)), fields=['capital', 'id'], name='enterprise_by_capital'), models.Index(condition=models.Q(('deleted_at', None)), fields=['territory', 'town', 'kind', 'chain_role', 'promotion', 'above_scale', 'status'], name='enterprise_by_filters'), models.Index(condition=models.Q(('deleted_at', None)), fields=['chain_role', 'id'], name='enterprise_by_role'), models.Index(condition=models.Q(('deleted_at', None)), fields=['promotion', 'id'], name='enterprise_by_promotion'), models.Index(condition=models.Q(('above_scale', True), ('deleted_at', None)), fields=['id'], name='enterprise_above_scale'), models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['id'], name='enterprise_deleted'), models.Index(condition=models.Q(('unit__isnull', False)), fields=['unit'], name='enterprise_by_unit'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='enterprise_by_kept')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', True), ('deleted_by__isnull', True)), models.Q(('deleted_at__isnull', False), ('deleted_by__isnull', False)), _connector='OR'), name='enterprise_deleted_at_and_by'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True), models.Q(('code', ''), _negated=True)), fields=('code',), name='enterprise_code_once'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), ('deleted_at__isnull', False), _connector='OR'), name='enterprise_merged_is_deleted')],
            },
        ),
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('same_code', '代码相同'), ('same_body', '主体标识码相同'), ('same_name', '名称相同'), ('other_form', '名称相近:字号相同,组织形式不同'), ('similar_name', '名称相近'), ('by_hand', '人工指定')], max_length=20, verbose_name='疑似原因')),
                ('score', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)], verbose_name='名称相近度')),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='发现时间')),
                ('state', models.CharField(choices=[('open', '待判断'), ('distinct', '不是重复'), ('merged', '已合并')], default='open', max_length=20, verbose_name='结论')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='判断时间')),
                ('decision_reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='判断人')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enterprises.enterprise', verbose_name='先登记的')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enterprises.enterprise', verbose_name='后登记的')),
            ],
            options={
                'verbose_name': '疑似重复企业',
                'verbose_name_plural': '疑似重复企业',
                'ordering': ('-score', 'pk'),
                'indexes': [models.Index(fields=['state', '-score', 'id'], name='duplicate_pair_open')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='duplicate_pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='duplicate_pair_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='duplicate_pair_decided_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='duplicate_pair_decided_when_closed')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseHonour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('search_text', models.CharField(blank=True, editable=False, max_length=1000)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='更新时间')),
                ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='删除时间')),
                ('delete_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='删除理由')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示')),
                ('kind', models.CharField(choices=[('specialised', '专精特新中小企业'), ('little_giant', '专精特新“小巨人”'), ('champion', '制造业单项冠军'), ('high_tech', '高新技术企业'), ('tech_centre', '企业技术中心'), ('engineering_centre', '工程(技术)研究中心'), ('farm_leader', '农业产业化龙头企业'), ('green_factory', '绿色工厂'), ('time_honoured', '老字号'), ('other', '其他')], max_length=30, verbose_name='荣誉类型')),
                ('title', models.CharField(blank=True, help_text='类型选“其他”时必填。', max_length=120, verbose_name='荣誉名称')),
                ('level', models.CharField(choices=[('state', '国家级'), ('province', '省级'), ('city', '市级'), ('county', '县级')], max_length=20, verbose_name='级别')),
                ('issuer', models.CharField(max_length=100, verbose_name='认定单位')),
                ('document_number', models.CharField(blank=True, max_length=100, verbose_name='认定文号')),
                ('valid_from', models.DateField(verbose_name='认定日期')),
                ('valid_to', models.DateField(blank=True, help_text='没有期限的不填;过期的不计入任何统计。', null=True, verbose_name='有效期至')),
                ('withdrawn_on', models.DateField(blank=True, help_text='自这一天起不再计入。', null=True, verbose_name='撤销日期')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200, verbose_name='撤销理由')),
                ('deleted_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='删除人')),
                ('enterprise', models.ForeignKey(help_text='填名称或代码。', on_delete=django.db.models.deletion.PROTECT, related_name='honours', to='enterprises.enterprise', verbose_name='企业')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.territory', verbose_name='属地')),
                ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='towns.town', verbose_name='专业镇')),
            ],
            options={
                'verbose_name': '企业荣誉',
                'verbose_name_plural': '企业荣誉',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', True), ('deleted_by__isnull', True)), models.Q(('deleted_at__isnull', False), ('deleted_by__isnull', False)), _connector='OR'), name='enterprisehonour_deleted_at_and_by'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('enterprise', 'kind', 'level', 'title', 'valid_from'), name='enterprise_honour_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='enterprise_honour_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_on__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='enterprise_honour_withdrawn_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('search_text', models.CharField(blank=True, editable=False, max_length=1000)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='更新时间')),
                ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='删除时间')),
                ('delete_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='删除理由')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示')),
                ('year', spectown.lists.kinds.YearField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2099)], verbose_name='年度')),
                ('output', spectown.lists.kinds.MoneyField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='产值')),
                ('revenue', spectown.lists.kinds.MoneyField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='营业收入')),
                ('tax', spectown.lists.kinds.MoneyField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='税收')),
                ('employees', models.PositiveIntegerField(blank=True, null=True, verbose_name='从业人数')),
                ('export', spectown.lists.kinds.MoneyField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='出口额')),
                ('rnd', spectown.lists.kinds.MoneyField(blank=True, decimal_places=2, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='研发投入')),
                ('source', models.CharField(help_text='如:县统计局年报、企业自报。', max_length=100, verbose_name='数据来源')),
                ('certified_on', models.DateField(blank=True, null=True, verbose_name='核定日期')),
                ('certifier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit', verbose_name='核定单位')),
                ('deleted_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='删除人')),
                ('enterprise', models.ForeignKey(help_text='填名称或代码。', on_delete=django.db.models.deletion.PROTECT, related_name='years', to='enterprises.enterprise', verbose_name='企业')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.territory', verbose_name='属地')),
                ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='towns.town', verbose_name='专业镇')),
            ],
            options={
                'verbose_name': '企业年度数据',
                'verbose_name_plural': '企业年度数据',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', True), ('deleted_by__isnull', True)), models.Q(('deleted_at__isnull', False), ('deleted_by__isnull', False)), _connector='OR'), name='enterpriseyear_deleted_at_and_by'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('enterprise', 'year'), name='enterprise_year_once'), models.CheckConstraint(condition=models.Q(models.Q(('certified_on__isnull', True), ('certifier__isnull', True)), models.Q(('certified_on__isnull', False), ('certifier__isnull', False)), _connector='OR'), name='enterprise_year_certified_by_and_on')],
            },
        ),
        migrations.CreateModel(
            name='TownMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('search_text', models.CharField(blank=True, editable=False, max_length=1000)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='更新时间')),
                ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='删除时间')),
                ('delete_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='删除理由')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示')),
                ('chain_role', models.CharField(choices=[('leading', '龙头'), ('upstream', '上游'), ('downstream', '下游'), ('partner', '配套')], max_length=20, verbose_name='链上角色')),
                ('deleted_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='删除人')),
                ('enterprise', models.ForeignKey(help_text='填名称或代码。', on_delete=django.db.models.deletion.PROTECT, related_name='town_memberships', to='enterprises.enterprise', verbose_name='企业')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.territory', verbose_name='属地')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='towns.town', verbose_name='专业镇')),
            ],
            options={
                'verbose_name': '兼属专业镇',
                'verbose_name_plural': '兼属专业镇',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', True), ('deleted_by__isnull', True)), models.Q(('deleted_at__isnull', False), ('deleted_by__isnull', False)), _connector='OR'), name='townmembership_deleted_at_and_by'), models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('enterprise', 'town'), name='town_membership_once')],
            },
        ),
        SearchIndex('Enterprise'),
    ]
