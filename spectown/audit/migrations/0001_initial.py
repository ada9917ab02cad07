from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(verbose_name='最后序号')),
                ('digest', models.CharField(max_length=64, verbose_name='最后校验值')),
            ],
            options={
                'verbose_name': '日志链头',
                'verbose_name_plural': '日志链头',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='chain_head_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('seq', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='序号')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('actor_id', models.PositiveBigIntegerField(null=True, verbose_name='操作人编号')),
                ('actor_name', models.CharField(max_length=100, verbose_name='操作人')),
                ('actor_unit', models.CharField(blank=True, max_length=100, verbose_name='单位')),
                ('action', models.CharField(max_length=60, verbose_name='动作')),
                ('object_type', models.CharField(max_length=60, verbose_name='对象类型')),
                ('object_id', models.CharField(max_length=60, verbose_name='对象编号')),
                ('object_label', models.CharField(max_length=200, verbose_name='对象')),
                ('before', models.JSONField(default=dict, verbose_name='改前')),
                ('after', models.JSONField(default=dict, verbose_name='改后')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('address', models.CharField(blank=True, max_length=60, verbose_name='来源地址')),
                ('key_id', models.CharField(max_length=16, verbose_name='密钥指纹')),
                ('previous', models.CharField(max_length=64, verbose_name='上一条校验值')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='校验值')),
            ],
            options={
                'verbose_name': '操作日志',
                'verbose_name_plural': '操作日志',
                'ordering': ('-seq',),
                'indexes': [models.Index(fields=['object_type', 'object_id', '-seq'], name='event_by_object'), models.Index(fields=['actor_id', '-seq'], name='event_by_actor'), models.Index(fields=['action', '-seq'], name='event_by_action'), models.Index(fields=['at'], name='event_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(verbose_name='所属事件')),
                ('object_type', models.CharField(max_length=60, verbose_name='对象类型')),
                ('first_id', models.PositiveBigIntegerField(verbose_name='最小对象编号')),
                ('last_id', models.PositiveBigIntegerField(verbose_name='最大对象编号')),
                ('rows', models.PositiveIntegerField(verbose_name='行数')),
                ('data', models.BinaryField(verbose_name='明细')),
            ],
            options={
                'verbose_name': '逐行明细',
                'verbose_name_plural': '逐行明细',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['seq'], name='part_by_event'), models.Index(fields=['object_type', 'first_id', 'last_id'], name='part_by_object')],
            },
        ),
    ]
