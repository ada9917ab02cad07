import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import spectown.documents.models.bundles
import spectown.documents.models.files
import spectown.lib.proofs.models
import spectown.documents.models.templates
from django.conf import settings
from django.db import migrations, models

from spectown.lib.frozen import Frozen


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('certification', '0001_initial'),
        ('organisations', '0001_initial'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='名称')),
                ('kind', models.SlugField(max_length=60, verbose_name='文种代码')),
                ('kind_label', models.CharField(max_length=60, verbose_name='文种')),
                ('facts', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='样稿要素')),
                ('ledger', models.SlugField(blank=True, max_length=60, verbose_name='清单')),
                ('targets', models.JSONField(default=list, verbose_name='对象')),
                ('addressing', models.CharField(choices=[('nobody', '不在系统中签收'), ('target', '所选的单位'), ('unit', '每行的责任单位'), ('territory', '每行属地的县(区)政府、开发区管委会')], default='nobody', max_length=20, verbose_name='签收单位')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='签收期限')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='生成时间')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
            ],
            options={
                'verbose_name': '批量公文',
                'verbose_name_plural': '批量公文',
                'ordering': ('-made_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('meeting', '会议包'), ('evidence', '证明材料汇编'), ('batch', '批量公文打印包')], max_length=20, verbose_name='类别')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('file', models.FileField(upload_to=spectown.documents.models.bundles.stored_name, verbose_name='文件')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='材料校验值')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='生成时间')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='certification.application', verbose_name='申报书')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bundles', to='documents.documentbatch', verbose_name='批量公文')),
            ],
            options={
                'verbose_name': '材料包',
                'verbose_name_plural': '材料包',
                'ordering': ('-made_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='NumberSequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organ', models.CharField(blank=True, default='', max_length=120, verbose_name='发文机关')),
                ('code', models.CharField(max_length=60, verbose_name='机关代字')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='最后的顺序号')),
            ],
            options={
                'verbose_name': '发文字号序列',
                'verbose_name_plural': '发文字号序列',
                'ordering': ('organ', 'code', '-year'),
                'constraints': [models.UniqueConstraint(fields=('organ', 'code', 'year'), name='number_sequence_once')],
            },
        ),
        migrations.CreateModel(
            name='OwnTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=60, verbose_name='文种代码')),
                ('kind_label', models.CharField(max_length=60, verbose_name='文种')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('active', '在用'), ('retired', '停用')], default='draft', max_length=20, verbose_name='状态')),
                ('file', models.FileField(upload_to=spectown.documents.models.templates.stored_name, verbose_name='文件')),
                ('filename', models.CharField(max_length=200, verbose_name='文件名')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('faults', models.JSONField(blank=True, default=list, verbose_name='检查结果')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
                ('activated_at', models.DateTimeField(blank=True, null=True, verbose_name='启用时间')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('retire_reason', models.TextField(blank=True, verbose_name='停用理由')),
                ('activated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='启用人')),
                ('retired_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='停用人')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '自有模板',
                'verbose_name_plural': '自有模板',
                'ordering': ('kind_label', 'name', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'active', 'retired'])), name='template_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('activated_at__isnull', True), ('activated_by__isnull', True)), models.Q(('activated_at__isnull', False), ('activated_by__isnull', False)), _connector='OR'), name='template_activated_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', True), ('retired_by__isnull', True)), models.Q(('retired_at__isnull', False), ('retired_by__isnull', False)), _connector='OR'), name='template_retired_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('activated_at__isnull', False), _connector='OR'), name='template_active_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'retired'), _negated=True), models.Q(('retired_at__isnull', False), models.Q(('retire_reason', ''), _negated=True)), _connector='OR'), name='template_retired_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='OfficialDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=60, verbose_name='文种代码')),
                ('kind_label', models.CharField(max_length=60, verbose_name='文种')),
                ('state', models.CharField(choices=[('draft', '起草'), ('returned', '退回修改'), ('checking', '送审'), ('signing', '待签发'), ('issued', '已印发'), ('replaced', '已被替代'), ('voided', '作废')], default='draft', max_length=20, verbose_name='状态')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('facts', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='要素')),
                ('organs', models.JSONField(default=list, verbose_name='发文机关')),
                ('words', models.TextField(blank=True, default='', verbose_name='供查找的文字')),
                ('template_sha256', models.CharField(blank=True, max_length=64, verbose_name='所用模板的 SHA-256')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='修订号')),
                ('dated', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('number_organ', models.CharField(blank=True, default='', max_length=120, verbose_name='编号的机关')),
                ('code', models.CharField(blank=True, max_length=60, verbose_name='机关代字')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='年份')),
                ('serial', models.PositiveIntegerField(blank=True, null=True, verbose_name='顺序号')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='发文字号')),
                ('replaces_how', models.CharField(blank=True, choices=[('correction', '更正'), ('repeal', '废止')], max_length=20, verbose_name='替代方式')),
                ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='被替代时间')),
                ('batch_place', models.PositiveIntegerField(blank=True, null=True, verbose_name='批次中的次序')),
                ('drafted_at', models.DateTimeField(auto_now_add=True, verbose_name='起草时间')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='修改时间')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='送审时间')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='退回时间')),
                ('return_reason', models.TextField(blank=True, verbose_name='退回理由')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='签发时间')),
                ('signer', models.CharField(blank=True, max_length=50, verbose_name='签发人')),
                ('signature_reference', models.CharField(blank=True, max_length=200, verbose_name='纸质签发依据')),
                ('issued_at', models.DateTimeField(blank=True, null=True, verbose_name='印发时间')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('void_reason', models.TextField(blank=True, verbose_name='作废理由')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.documentbatch', verbose_name='所属批次')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='印发人')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.officialdocument', verbose_name='被何公文替代')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replacements', to='documents.officialdocument', verbose_name='替代的公文')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退回人')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签发登记人')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送审人')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='official_documents', to='plans.planversion', verbose_name='方案版本')),
                ('voided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作废人')),
                ('writers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草过的人')),
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.owntemplate', verbose_name='自有模板')),
            ],
            options={
                'verbose_name': '公文',
                'verbose_name_plural': '公文',
                'ordering': ('-drafted_at', '-pk'),
                'indexes': [models.Index(fields=['state', 'kind'], name='document_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned', 'checking', 'signing', 'issued', 'replaced', 'voided'])), name='document_state_is_known'), models.UniqueConstraint(condition=models.Q(('serial__isnull', False)), fields=('number_organ', 'code', 'year', 'serial'), name='document_number_once'), models.UniqueConstraint(condition=models.Q(('serial__isnull', False), models.Q(('code', models.F('kind')), _negated=True)), fields=('number',), name='document_number_printed_once'), models.UniqueConstraint(condition=models.Q(('replaces__isnull', False), models.Q(('state', 'voided'), _negated=True)), fields=('replaces',), name='document_replaced_once'), models.UniqueConstraint(condition=models.Q(('batch__isnull', False)), fields=('batch', 'batch_place'), name='document_batch_place_once'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='document_submitted_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='document_checked_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False)), _connector='OR'), name='document_returned_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='document_signed_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('issued_by__isnull', True)), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False)), _connector='OR'), name='document_issued_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('voided_at__isnull', True), ('voided_by__isnull', True)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False)), _connector='OR'), name='document_voided_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('replaced_at__isnull', True), ('replaced_by__isnull', True)), models.Q(('replaced_at__isnull', False), ('replaced_by__isnull', False)), _connector='OR'), name='document_replaced_at_and_by'), models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(models.Q(('checked_by', models.F('drafted_by')), _negated=True), models.Q(('checked_by', models.F('changed_by')), _negated=True)), _connector='OR'), name='document_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('issued', 'replaced')), _negated=True), models.Q(('checked_at__isnull', False), ('dated__isnull', False), ('issued_at__isnull', False), ('signed_at__isnull', False)), _connector='OR'), name='document_issued_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'voided'), _negated=True), models.Q(('void_reason', ''), _negated=True), _connector='OR'), name='document_void_reason')],
            },
        ),
        migrations.AddField(
            model_name='documentbatch',
            name='template',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.owntemplate', verbose_name='自有模板'),
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='签收期限')),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='documents.officialdocument', verbose_name='公文')),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签收人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='organisations.unit', verbose_name='接收单位')),
            ],
            options={
                'verbose_name': '签收',
                'verbose_name_plural': '签收',
                'ordering': ('unit__order', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('document', 'unit'), name='receipt_once'), models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', True), ('received_by__isnull', True)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='receipt_received_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='SignatureScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to=spectown.lib.proofs.models.stored_name, verbose_name='文件')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=100, verbose_name='类型')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '签批件扫描件',
                'verbose_name_plural': '签批件扫描件',
                'ordering': ('-uploaded_at', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='officialdocument',
            name='signature_scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.signaturescan', verbose_name='签批件扫描件'),
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('docx', 'Word 文档'), ('pdf', 'PDF')], max_length=10, verbose_name='格式')),
                ('file', models.FileField(upload_to=spectown.documents.models.files.stored_name, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('fonts', models.JSONField(blank=True, default=dict, verbose_name='所用字体')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='生成时间')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='documents.officialdocument', verbose_name='公文')),
            ],
            options={
                'verbose_name': '公文文件',
                'verbose_name_plural': '公文文件',
                'ordering': ('document', 'form'),
                'constraints': [models.UniqueConstraint(fields=('document', 'form'), name='document_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_type', models.CharField(max_length=100, verbose_name='类别')),
                ('object_id', models.CharField(max_length=60, verbose_name='编号')),
                ('label', models.CharField(max_length=200, verbose_name='名称')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='documents.officialdocument', verbose_name='公文')),
            ],
            options={
                'verbose_name': '公文所涉事项',
                'verbose_name_plural': '公文所涉事项',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='concern_by_object')],
                'constraints': [models.UniqueConstraint(fields=('document', 'object_type', 'object_id'), name='concern_once')],
            },
        ),
        Frozen(
            'officialdocument',
            since='issued_at',
            but=('state', 'replaced_by', 'replaced_at', 'voided_at', 'voided_by', 'void_reason', 'words'),
        ),
        Frozen('documentfile'),
        Frozen('signaturescan'),
    ]
