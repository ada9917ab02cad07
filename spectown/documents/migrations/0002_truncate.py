from django.db import migrations

from spectown.lib.frozen import Frozen


class Migration(migrations.Migration):
    """The triggers once more: since then those of PostgreSQL refuse TRUNCATE too."""

    dependencies = [('documents', '0001_initial')]

    operations = [
        Frozen(
            'officialdocument',
            since='issued_at',
            but=('state', 'replaced_by', 'replaced_at', 'voided_at', 'voided_by', 'void_reason', 'words'),
        ),
        Frozen('documentfile'),
        Frozen('signaturescan'),
    ]
