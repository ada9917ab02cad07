"""Rows of blocks are kept as compressed parts; the sealed text stays the same, byte for byte and in its order."""

import zlib
from itertools import groupby
from typing import Any

from django.db import migrations, models

FIELD, ROW, STEP = "\x1f", "\x1e", 500


def pack(apps: Any, schema_editor: Any) -> None:
    Change, Part = apps.get_model("audit", "Change"), apps.get_model("audit", "Part")
    rows = Change.objects.order_by("seq", "pk").values_list(
        "seq", "object_type", "object_id", "label", "before_json", "after_json"
    )
    for (seq, kind), found in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[:2]):
        lines = [row[2:] for row in found]
        for start in range(0, len(lines), STEP):
            part = lines[start : start + STEP]
            text = "".join(f"{FIELD.join(line)}{ROW}" for line in part)
            ids = [int(line[0]) for line in part]
            # Parts written from now on are sorted; these keep the order that was sealed.
            Part.objects.create(
                seq=seq, object_type=kind, first_id=min(ids), last_id=max(ids), rows=len(part),
                data=zlib.compress(text.encode(), 1),
            )


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_changes'),
    ]

    operations = [
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
        migrations.RunPython(pack, migrations.RunPython.noop),
        migrations.DeleteModel(name='Change'),
    ]
