"""What is made before our own rooms in an empty database.

Django draws again, at each step, every model that touches the one it changes. Wagtail's hundred and fifty steps on its
pages and files were drawn with all our models around them; made first, they are drawn alone, and a first start, like
each database of the tests, is ready a quarter of a minute sooner. The rooms name these as dependencies of their first
migration; in a database that has both already, nothing happens.

These numbers never move, not even with a newer Wagtail: a database of before would have our steps without the newer
ones of Wagtail, and Django refuses to go on from there.
"""

from django.conf import settings
from django.core.management import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation
from django.utils.translation import gettext as _

WAGTAIL = [
    ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ("wagtailadmin", "0006_formstate"),
    ("wagtailimages", "0027_image_description"),
    ("wagtaildocs", "0014_alter_document_file_size"),
    ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ("wagtailsearch", "0010_add_text_fields"),
    ("wagtailredirects", "0008_add_verbose_name_plural"),
    ("wagtailembeds", "0009_embed_cache_until"),
]


def refuse_halfway(using, **_signal) -> None:
    """What ``pre_migrate`` calls: a database stopped among the steps that a first migration stands for is refused.

    Django would leave the room's migrations out without a word, since the steps are no longer there to go on with.
    """
    held = set(MigrationRecorder(connections[using]).applied_migrations())
    there = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for migration in there.values():
        steps = set(migration.replaces)
        if steps & held and not steps <= held and not steps <= set(there):
            # The command that migrates speaks no language.
            with translation.override(settings.LANGUAGE_CODE):
                words = _(
                    "This database stopped at an older step of %(room)s: install the version before, then this one."
                )
            raise CommandError(words % {"room": migration.app_label})
