"""Addresses of the wall, in French and stable."""

from django.urls import path

from .views import listing, place, sheet

app_name = "wall"

urlpatterns = [
    path("affiches/", listing.sheets, name="list"),
    path("affiches/imprimer/", listing.print_chosen, name="print"),
    path("affiches/export.csv", listing.export, {"extension": "csv"}, name="export_csv"),
    path("affiches/export.xlsx", listing.export, {"extension": "xlsx"}, name="export_xlsx"),
    path("affiches/<slug:sheet>/", sheet.preview, name="sheet"),
    path("affiches/<slug:sheet>/affichee/", sheet.post, name="post"),
    path("affiches/<slug:sheet>/decrochee/", sheet.take_back, name="take_back"),
    path("lieux/<str:code>/", place.place, name="place"),
]
