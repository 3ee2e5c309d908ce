"""The column of cleaned HTML: what comes out may be shown as it is, what goes in must have been cleaned."""

from django.db import models
from django.utils.safestring import mark_safe


class SafeHtmlField(models.TextField):
    """Text that comes back as SafeString. Refuses to store what ``clean_html`` or ``plain_to_html`` didn't make.

    A plain ``str`` put on an instance is escaped by templates like any other text, and refused at ``save()``.
    """

    def from_db_value(self, value, expression, connection):
        return value if value is None else mark_safe(value)  # noqa: S308 - stored values were cleaned on their way in

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str) and value and not hasattr(value, "__html__"):
            raise TypeError(f"{self.name}: only the output of text.clean_html or text.plain_to_html may be stored.")
        return super().get_db_prep_save(value, connection)
