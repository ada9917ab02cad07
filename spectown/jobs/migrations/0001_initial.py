import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='名称')),
                ('holder', models.CharField(max_length=120, verbose_name='后台进程')),
                ('until', models.DateTimeField(verbose_name='有效期')),
            ],
            options={
                'verbose_name': '定时工作',
                'verbose_name_plural': '定时工作',
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='种类')),
                ('title', models.CharField(max_length=200, verbose_name='作业')),
                ('state', models.CharField(choices=[('queued', '等待中'), ('running', '进行中'), ('done', '已完成'), ('failed', '未完成'), ('cancelled', '已取消')], default='queued', max_length=10, verbose_name='状态')),
                ('args', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='参数')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提交时间')),
                ('requester_name', models.CharField(max_length=100, verbose_name='提交人姓名')),
                ('requester_unit', models.CharField(blank=True, max_length=100, verbose_name='提交单位')),
                ('requester_address', models.CharField(blank=True, max_length=60, verbose_name='来源地址')),
                ('membership_id', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='以哪个身份')),
                ('progress_done', models.PositiveBigIntegerField(default=0, verbose_name='已处理')),
                ('progress_total', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='总数')),
                ('progress_message', models.CharField(blank=True, max_length=200, verbose_name='正在做')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已运行次数')),
                ('max_attempts', models.PositiveSmallIntegerField(default=3, verbose_name='最多运行次数')),
                ('worker', models.CharField(blank=True, max_length=120, verbose_name='后台进程')),
                ('token', models.UUIDField(blank=True, null=True, verbose_name='本次运行')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='心跳有效期')),
                ('task_id', models.UUIDField(blank=True, null=True, verbose_name='队列编号')),
                ('cancel_requested_at', models.DateTimeField(blank=True, null=True, verbose_name='要求取消时间')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='开始时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('result', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='结果')),
                ('error', models.TextField(blank=True, verbose_name='原因')),
                ('result_url', models.CharField(blank=True, max_length=300, verbose_name='结果页面')),
                ('cancel_requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='要求取消人')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
            ],
            options={
                'verbose_name': '作业',
                'verbose_name_plural': '作业',
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['requested_by', '-id'], name='job_by_person'), models.Index(fields=['state', 'lease_until'], name='job_by_lease')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cancel_requested_at__isnull', True), ('cancel_requested_by__isnull', True)), models.Q(('cancel_requested_at__isnull', False), ('cancel_requested_by__isnull', False)), _connector='OR'), name='job_cancel_requested_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running'), ('token__isnull', False)), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until__isnull', True), ('token__isnull', True)), _connector='OR'), name='job_running_has_lease'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ('done', 'failed', 'cancelled'))), models.Q(models.Q(('state__in', ('done', 'failed', 'cancelled')), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='job_finished_has_time')],
            },
        ),
    ]
