"""Stream fields whose blocks stay out of migrations: a new block is a line of Python, not a migration."""

from wagtail.fields import StreamField


class PaletteField(StreamField):
    """A StreamField that migrations see without its blocks; what is stored is JSON all the same."""

    def __init__(self, block_types=(), **kwargs):
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
