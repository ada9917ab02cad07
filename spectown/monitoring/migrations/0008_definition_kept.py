"""A version of our own never changes; another one takes its place."""

from django.db import migrations

from spectown.lib.frozen import Frozen


class Migration(migrations.Migration):

    dependencies = [('monitoring', '0007_scheme_definitions')]

    operations = [Frozen('definition', but=('is_current',))]
