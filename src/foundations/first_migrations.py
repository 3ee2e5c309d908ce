"""What is made before our own rooms in an empty database.

Django draws again, at each step, every model that touches the one it changes. Wagtail's hundred and fifty steps on its
pages and files were drawn with all our models around them; made first, they are drawn alone, and a first start, like
each database of the tests, is ready a quarter of a minute sooner. The rooms name these as dependencies of their first
migration; in a database that has both already, nothing happens.

These numbers never move, not even with a newer Wagtail: a database of before would have our steps without the newer
ones of Wagtail, and Django refuses to go on from there.
"""

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
