"""What addresses of the product may hold: a random reference, as people may retype it."""

from django.urls import register_converter


class ReferenceConverter:
    """Six characters of a random reference; views normalise them."""

    regex = "[0-9A-Za-z]{6}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(ReferenceConverter, "idea_reference")
