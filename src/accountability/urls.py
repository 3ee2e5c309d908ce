"""Addresses of accountability, in French and stable: answers promised and kept, measures followed."""

from django.urls import path

from src.foundations import converters  # noqa: F401 - it registers the references of addresses

from .views import acting, council, ground, listing, page, planning, plans, reports, responses

app_name = "accountability"
MEASURES = "engagements/"
COUNCIL = "reponses/conseil/"
ONE = f"{MEASURES}<idea_reference:reference>/"
PLANS = f"{MEASURES}plans/"
PLAN = f"{PLANS}<idea_reference:reference>/"
REPORT = f"{PLAN}rapports/<int:year>/"

urlpatterns = [
    path("reponses/", responses.figures, name="responses"),
    path("reponses/export.csv", responses.export_figures, name="responses_csv"),
    path("reponses/promesses/", responses.cases, name="response_cases"),
    path("reponses/promesses/export.csv", responses.export_cases, name="response_cases_csv"),
    path(COUNCIL, council.council, name="council"),
    path(f"{COUNCIL}cas/", council.cases, name="council_cases"),
    path(f"{COUNCIL}<idea_reference:reference>/", council.sign, name="sign"),
    path(f"{COUNCIL}<idea_reference:reference>/demander/", council.ask, name="signature_ask"),
    path(MEASURES, listing.measures, name="measures"),
    path(f"{MEASURES}export.csv", listing.export, {"extension": "csv"}, name="export_csv"),
    path(f"{MEASURES}export.json", listing.export, {"extension": "json"}, name="export_json"),
    path(f"{MEASURES}constat/", ground.from_slip, name="slip"),
    path(f"{MEASURES}atelier/", page.workshop, name="workshop"),
    path(PLANS, plans.plans, name="plans"),
    path(f"{PLANS}nouveau/", planning.create, name="plan_create"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}export.csv", plans.export, {"extension": "csv"}, name="plan_csv"),
    path(f"{PLAN}export.json", plans.export, {"extension": "json"}, name="plan_json"),
    path(f"{PLAN}modifier/", planning.edit, name="plan_edit"),
    path(f"{PLAN}publier/", planning.publish, name="plan_publish"),
    path(f"{PLAN}jeter/", planning.discard, name="plan_discard"),
    path(f"{PLAN}rapports/nouveau/", reports.create, name="report_create"),
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}export.csv", reports.export, name="report_csv"),
    path(f"{REPORT}rapport.pdf", reports.document, name="report_pdf"),
    path(f"{REPORT}ecrire/", reports.write, name="report_write"),
    path(f"{REPORT}figer/", reports.freeze, name="report_freeze"),
    path(f"{REPORT}jeter/", reports.discard, name="report_discard"),
    path(f"{PLAN}composer/", planning.compose, name="plan_compose"),
    path(f"{PLAN}composer/<slug:part>/<int:pk>/", planning.part, name="plan_part"),
    path(ONE, page.measure, name="measure"),
    path(f"{ONE}photos/<uuid:token>/", page.photo, name="photo"),
    path(f"{ONE}constat/", ground.answer, name="ground"),
    path(f"{ONE}constat/feuilles/", ground.slips, name="slips"),
    *(path(f"{ONE}{gesture}/", acting.act, {"gesture": gesture}, name=gesture) for gesture in acting.GESTURES),
]
