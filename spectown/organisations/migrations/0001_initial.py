import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='区划代码')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='名称')),
                ('kind', models.CharField(choices=[('county', '县(区)'), ('zone', '开发区')], max_length=20, verbose_name='类别')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('grid_row', models.PositiveSmallIntegerField(default=0, verbose_name='示意图行')),
                ('grid_column', models.PositiveSmallIntegerField(default=0, verbose_name='示意图列')),
            ],
            options={
                'verbose_name': '属地',
                'verbose_name_plural': '属地',
                'ordering': ('order', 'code'),
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=60, verbose_name='现用简称')),
                ('kind', models.CharField(choices=[('city', '市级领导'), ('office', '领导小组办公室'), ('bureau', '市直单位'), ('county', '县(区)政府'), ('zone', '开发区管委会'), ('collective', '一类单位'), ('town_body', '专业镇运营主体'), ('expert_pool', '专家库'), ('enterprise', '企业')], max_length=20, verbose_name='类别')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('reviewed', models.BooleanField(default=False, verbose_name='已核对')),
                ('members', models.ManyToManyField(blank=True, related_name='collectives', to='organisations.unit', verbose_name='所含单位')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.unit', verbose_name='上级')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisations.territory', verbose_name='属地')),
            ],
            options={
                'verbose_name': '单位',
                'verbose_name_plural': '单位',
                'ordering': ('order', 'code'),
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='职务')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '职务',
                'verbose_name_plural': '职务',
                'ordering': ('unit__order', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('unit', 'title'), name='post_once_per_unit')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('office', '领导小组办公室'), ('leader', '领导小组'), ('department', '成员单位'), ('county_fill', '县(区)填报'), ('county_check', '县(区)审核'), ('town', '专业镇'), ('expert', '专家'), ('enterprise', '企业'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=20, verbose_name='角色')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='收回时间')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收回人')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '用户角色',
                'verbose_name_plural': '用户角色',
                'ordering': ('user', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None), ('valid_to', None)), fields=('user', 'unit', 'role'), name='membership_open_once'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_dates_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='membership_revoked_at_and_by'), models.CheckConstraint(condition=models.Q(('role__in', ['office', 'leader', 'department', 'county_fill', 'county_check', 'town', 'expert', 'enterprise', 'system_admin', 'security_admin', 'audit_admin'])), name='membership_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=80, verbose_name='名称')),
                ('kind', models.CharField(choices=[('official', '规范简称'), ('full', '全称'), ('alias', '别名')], max_length=20, verbose_name='用法')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='organisations.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '单位名称',
                'verbose_name_plural': '单位名称',
                'ordering': ('unit', 'kind', 'valid_from', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('unit', 'name', 'kind', 'valid_from'), name='unit_name_once'), models.UniqueConstraint(condition=models.Q(('valid_from', None)), fields=('unit', 'name', 'kind'), name='unit_name_once_open'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_name_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Incumbency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=50, verbose_name='姓名')),
                ('title', models.CharField(blank=True, help_text='如代区长、副局长主持工作', max_length=80, verbose_name='任职时所称职务')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('document', models.CharField(max_length=200, verbose_name='依据')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incumbencies', to='organisations.post', verbose_name='职务')),
            ],
            options={
                'verbose_name': '任职',
                'verbose_name_plural': '任职',
                'ordering': ('post', 'valid_from', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='incumbency_dates_in_order')],
            },
        ),
    ]
