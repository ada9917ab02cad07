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
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.SlugField(max_length=40, verbose_name='清单')),
                ('state', models.CharField(choices=[('checking', '检查中'), ('refused', '无法读取'), ('faulty', '有问题待改'), ('ready', '待确认'), ('same', '无变化'), ('applying', '导入中'), ('done', '已导入'), ('cancelled', '已放弃'), ('failed', '导入失败')], default='checking', max_length=20, verbose_name='状态')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('digest', models.CharField(max_length=64, verbose_name='文件校验值')),
                ('upload', models.FileField(blank=True, max_length=200, upload_to='imports/%Y/%m', verbose_name='原文件')),
                ('staged', models.FileField(blank=True, max_length=200, upload_to='imports/%Y/%m', verbose_name='待导入数据')),
                ('fault_table', models.FileField(blank=True, max_length=200, upload_to='imports/%Y/%m', verbose_name='问题明细')),
                ('unit_name', models.CharField(blank=True, max_length=100, verbose_name='填报单位')),
                ('membership_id', models.PositiveBigIntegerField(null=True, verbose_name='任职编号')),
                ('counts', models.JSONField(default=dict, verbose_name='计数')),
                ('notices', models.JSONField(default=list, verbose_name='提示')),
                ('faults', models.JSONField(default=list, verbose_name='问题(前若干条)')),
                ('preview', models.JSONField(default=dict, verbose_name='预览(前若干条)')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='检查时间')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('job_id', models.PositiveBigIntegerField(null=True, verbose_name='作业编号')),
                ('compared_at_seq', models.PositiveBigIntegerField(default=0, verbose_name='核对时的日志序号')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_runs', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '导入',
                'verbose_name_plural': '导入',
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['uploaded_by', 'ledger', 'digest'], name='import_run_same_file')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.SlugField(max_length=40, verbose_name='清单')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='查询串')),
                ('shared', models.BooleanField(default=False, verbose_name='共享')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='所有人')),
            ],
            options={
                'verbose_name': '常用视图',
                'verbose_name_plural': '常用视图',
                'ordering': ('ledger', 'name'),
                'constraints': [models.UniqueConstraint(fields=('owner', 'ledger', 'name'), name='saved_view_once')],
            },
        ),
    ]
