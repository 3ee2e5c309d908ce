"""Addresses of the theme: the display page and the gallery of components."""

from django.urls import path

from . import views

app_name = "theme"

urlpatterns = [
    path("affichage/", views.display, name="display"),
    path("galerie/", views.gallery, name="gallery"),
    path("galerie/<slug:name>/", views.gallery_page, name="gallery_page"),
]
