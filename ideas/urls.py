"""Addresses of ideas under ``/idees/``, in French and stable."""

from django.urls import path

from src.foundations import converters  # noqa: F401 - it registers the references of addresses

from .views import (
    announcements,
    choosing,
    cohorts,
    comments,
    detail,
    listing,
    merging,
    mine,
    moderating,
    moderation_figures,
    passing,
    propose,
    queues,
    reactions,
    reporting,
    study,
    together,
    transitions,
)

app_name = "ideas"


urlpatterns = [
    path("", listing.idea_list, name="list"),
    path("export.csv", listing.export, name="export"),
    path("deposer/", propose.propose, name="new"),
    path("deposer/brouillon/", propose.save_draft, name="save_draft"),
    path("deposer/brouillon/reprendre/", propose.resume, name="resume"),
    path("deposer/brouillon/supprimer/", propose.delete_draft, name="delete_draft"),
    path("proches/", propose.similar, name="similar"),
    path("moderation/", moderation_figures.figures, name="moderation_figures"),
    path("miennes/", mine.my_ideas, name="mine"),
    path("atelier/", queues.workshop, name="workshop"),
    path("atelier/annonces/", announcements.announcements, name="announcements"),
    path("atelier/choix/<slug:slug>/", choosing.choice, name="choice"),
    path("atelier/moderation/", moderating.queue, name="moderation"),
    path("atelier/<slug:name>/", queues.queue, name="queue"),
    path("atelier/<slug:name>/ensemble/", together.together, name="together"),
    path("cohortes/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("cohortes/<slug:slug>/organiser/", cohorts.organise, name="cohort_organise"),
    path("<idea_reference:reference>/", detail.idea, name="detail"),
    path("<idea_reference:reference>/recue/", propose.received, name="received"),
    path("<idea_reference:reference>/modifier/", detail.edit, name="edit"),
    path("<idea_reference:reference>/retirer/", detail.withdraw, name="withdraw"),
    path("<idea_reference:reference>/photo/", detail.photo, name="photo"),
    path("<idea_reference:reference>/soutenir/", reactions.support, name="support"),
    path("<idea_reference:reference>/suivre/", reactions.follow, name="follow"),
    path("<idea_reference:reference>/commenter/", comments.comment, name="comment"),
    path("<idea_reference:reference>/signaler/", reporting.report, name="report"),
    path("<idea_reference:reference>/contester/", reporting.appeal, name="appeal"),
    path("<idea_reference:reference>/moderer/", moderating.moderate, name="moderate"),
    path("<idea_reference:reference>/deplacer/", passing.pass_on, name="pass_on"),
    path("<idea_reference:reference>/regrouper/", merging.merge, name="merge"),
    path("<idea_reference:reference>/evaluer/", study.assess, name="assess"),
    path("<idea_reference:reference>/premiere-lecture/", study.first_reading, name="first_reading"),
    path("<idea_reference:reference>/equipe/", cohorts.team, name="team"),
    path("<idea_reference:reference>/accompagnement/", cohorts.accompany, name="accompany"),
    path("<idea_reference:reference>/revenir/", transitions.take_back, name="take_back"),
    path("<idea_reference:reference>/etape/<slug:transition>/", transitions.take_step, name="transition"),
]
