# What was issued, its files and the scans of signatures never change again, whoever asks the database.

from django.db import migrations

from spectown.lib.frozen import Frozen


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0008_signature_scans'),
    ]

    operations = [
        Frozen(
            'officialdocument',
            since='issued_at',
            but=('state', 'replaced_by', 'replaced_at', 'voided_at', 'voided_by', 'void_reason', 'words'),
        ),
        Frozen('documentfile'),
        Frozen('signaturescan'),
    ]
