"""Addresses of editors' pages; the last ones of the site."""

from django.urls import URLResolver, re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtails

from .languages import TreePrefix
from .views.pages import serve

served = [re_path(serve_pattern, serve, name="wagtail_serve")]
urlpatterns = [
    *(entry for entry in wagtails if entry.name != "wagtail_serve"),
    URLResolver(TreePrefix(), served),
]
