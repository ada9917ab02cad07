"""The scheme of an evaluation that counties have seen is never changed, whatever becomes of the rest of its row."""

from django.db import migrations

from spectown.lib.frozen import Frozen


class Migration(migrations.Migration):

    dependencies = [('evaluation', '0004_schemes')]

    operations = [
        Frozen(
            'evaluation',
            since='reply_until',
            but=('name', 'state', 'since', 'round', 'reply_until', 'report', 'commendation', 'is_demo'),
        ),
    ]
