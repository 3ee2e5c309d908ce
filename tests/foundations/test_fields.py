"""The column of cleaned HTML."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.utils.safestring import SafeString

from src.foundations.fields import SafeHtmlField
from src.foundations.text import plain_to_html

FIELD = SafeHtmlField()
FIELD.set_attributes_from_name("body_html")


def test_what_comes_from_the_database_is_shown_as_it_is():
    value = FIELD.from_db_value("<p>ok</p>", None, connection)

    assert isinstance(value, SafeString)
    assert Template("{{ body }}").render(Context({"body": value})) == "<p>ok</p>"
    assert FIELD.from_db_value(None, None, connection) is None


def test_only_cleaned_html_is_stored():
    assert FIELD.get_db_prep_save(plain_to_html("ok"), connection) == "<p>ok</p>"
    assert FIELD.get_db_prep_save("", connection) == ""
    with pytest.raises(TypeError):
        FIELD.get_db_prep_save("<script>alert(1)</script>", connection)
