"""Addresses of publishing besides the pages themselves, in French and stable."""

from django.urls import path

from src.foundations import converters  # noqa: F401 - it registers the references of addresses

from .views import cards, quotes, resources

app_name = "publishing"

urlpatterns = [
    path("telechargements/<int:page>/", resources.take, name="resource_take"),
    path("citations/<idea_reference:reference>/", quotes.answer, name="quote"),
    path("cartes/", cards.choose, name="cards"),
    path("cartes/flux.xml", cards.feed, name="cards_feed"),
    path("cartes/<slug:kind>/<str:reference>/", cards.take, name="card"),
    path("cartes/<slug:kind>/<str:reference>/fragment.html", cards.fragment, name="card_fragment"),
    path("cartes/<slug:kind>/<str:reference>/ecran.png", cards.screen, name="card_screen"),
]
