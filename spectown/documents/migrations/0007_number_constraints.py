# Apart from 0006: PostgreSQL changes no table in the transaction that has just written many of its rows.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_number_organs'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='numbersequence',
            constraint=models.UniqueConstraint(fields=('organ', 'code', 'year'), name='number_sequence_once'),
        ),
        migrations.AddConstraint(
            model_name='officialdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('serial__isnull', False)), fields=('number_organ', 'code', 'year', 'serial'), name='document_number_once'),
        ),
        migrations.AddConstraint(
            model_name='officialdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('serial__isnull', False), models.Q(('code', models.F('kind')), _negated=True)), fields=('number',), name='document_number_printed_once'),
        ),
    ]
