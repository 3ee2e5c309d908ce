"""Addresses of questionnaires under ``/questionnaires/``, in French and stable."""

from django.urls import path

from .views import answering, coding, double, exchange, going, importing, reading, synthesis, themes, workshop, writing

app_name = "questionnaires"

TEST = {"is_test": True}
ANSWERS = "atelier/<slug:reference>/lecture/"
BOOK = f"{ANSWERS}<slug:key>/"
THEME = f"{BOOK}themes/<slug:theme>/"
WRITTEN = "atelier/<slug:reference>/synthese/"
CSV, XLSX = {"extension": "csv"}, {"extension": "xlsx"}

urlpatterns = [
    path("", reading.questionnaires, name="list"),
    path("atelier/", workshop.workshop, name="workshop"),
    path("atelier/nouveau/", workshop.create, name="create"),
    path("atelier/nouveau/fichier/", exchange.from_file, name="from_file"),
    path("atelier/nouveau/copie/", exchange.copy, name="copy"),
    path("atelier/<slug:reference>/", workshop.build, name="build"),
    path("atelier/<slug:reference>/presentation/", workshop.describe, name="describe"),
    path("atelier/<slug:reference>/ajouter/<slug:kind>/", workshop.add, name="add"),
    path("atelier/<slug:reference>/questions/<slug:key>/", workshop.edit, name="edit"),
    path("atelier/<slug:reference>/questions/<slug:key>/monter/", workshop.move, {"up": True}, name="move_up"),
    path("atelier/<slug:reference>/questions/<slug:key>/descendre/", workshop.move, {"up": False}, name="move_down"),
    path("atelier/<slug:reference>/questions/<slug:key>/retirer/", workshop.remove, name="remove"),
    path("atelier/<slug:reference>/publier/", workshop.publish, name="publish"),
    path("atelier/<slug:reference>/reviser/", workshop.revise, name="revise"),
    path("atelier/<slug:reference>/rappeler/", workshop.remind, name="remind"),
    path("atelier/<slug:reference>/fermer/", workshop.close, name="close"),
    path("atelier/<slug:reference>/textes/", workshop.texts, name="texts"),
    path(ANSWERS, themes.overview, name="reading"),
    path(f"{BOOK}ouvrir/", themes.open_book, name="codebook_open"),
    path(BOOK, themes.codebook, name="codebook"),
    path(f"{BOOK}mots/", themes.words, name="codebook_words"),
    path(f"{BOOK}annuler/", themes.undo, name="coding_undo"),
    path(f"{BOOK}reponses/", coding.coded, name="coded"),
    path(f"{BOOK}suivante/", coding.code_next, name="code_next"),
    path(f"{BOOK}reponses/<slug:text>/", coding.code, name="code"),
    path(f"{BOOK}nouveau-theme/", themes.add_theme, name="theme_add"),
    path(THEME, themes.edit_theme, name="theme_edit"),
    path(f"{THEME}monter/", themes.move_theme, {"up": True}, name="theme_up"),
    path(f"{THEME}descendre/", themes.move_theme, {"up": False}, name="theme_down"),
    path(f"{THEME}reunir/", themes.merge_theme, name="theme_merge"),
    path(f"{THEME}ressortir/", themes.take_out_theme, name="theme_take_out"),
    path(f"{THEME}separer/", coding.split, name="theme_split"),
    path(f"{THEME}retirer/", themes.remove_theme, name="theme_remove"),
    path(f"{BOOK}double/", double.double, name="double"),
    path(f"{BOOK}double/fini/", double.finish, name="double_finish"),
    path(f"{BOOK}double/abandonner/", double.give_up, name="double_give_up"),
    path(WRITTEN, writing.write, name="synthesis_write"),
    path(f"{WRITTEN}titre/", writing.begin, name="synthesis_begin"),
    path(f"{WRITTEN}chapitres/nouveau/", writing.chapter, name="chapter_add"),
    path(f"{WRITTEN}chapitres/<int:chapter>/", writing.chapter, name="chapter_edit"),
    path(f"{WRITTEN}chapitres/<int:chapter>/paragraphe/", writing.paragraph, name="paragraph_add"),
    path(f"{WRITTEN}paragraphes/<int:paragraph>/", writing.paragraph, name="paragraph_edit"),
    path(f"{WRITTEN}ordre/", writing.gesture, name="synthesis_gesture"),
    path(f"{WRITTEN}publier/", writing.publish, name="synthesis_publish"),
    path(f"{WRITTEN}chiffres/<slug:theme>/", writing.behind, name="behind"),
    path("atelier/<slug:reference>/textes/export.csv", workshop.export_texts, CSV, name="texts_csv"),
    path("atelier/<slug:reference>/textes/export.xlsx", workshop.export_texts, XLSX, name="texts_xlsx"),
    path("atelier/<slug:reference>/questions.json", exchange.take_away, name="take_away"),
    path("atelier/<slug:reference>/fichiers/", importing.imports, name="imports"),
    path("atelier/<slug:reference>/fichiers/<slug:batch>/colonnes/", importing.columns, name="import_columns"),
    path("atelier/<slug:reference>/fichiers/<slug:batch>/reponses/", importing.values, name="import_values"),
    path("atelier/<slug:reference>/fichiers/<slug:batch>/essai/", importing.attempt, name="import_try"),
    path("atelier/<slug:reference>/fichiers/<slug:batch>/retirer/", importing.end, name="import_end"),
    path("atelier/<slug:reference>/essai/", answering.start, TEST, name="test_start"),
    path("atelier/<slug:reference>/essai/verifier/", answering.check, TEST, name="test_check"),
    path("atelier/<slug:reference>/essai/<slug:key>/", answering.step, TEST, name="test_step"),
    path("<slug:reference>/", reading.detail, name="detail"),
    path("<slug:reference>/repondre/", answering.start, name="start"),
    path("<slug:reference>/repondre/<slug:key>/", answering.step, name="step"),
    path("<slug:reference>/verifier/", answering.check, name="check"),
    path("<slug:reference>/envoye/", answering.sent, name="sent"),
    path("<slug:reference>/reprendre/", going.resume, name="resume"),
    path("<slug:reference>/effacer/", answering.discard, name="discard"),
    path("<slug:reference>/feuille/", reading.sheet, name="sheet"),
    path("<slug:reference>/synthese/", synthesis.synthesis, name="synthesis"),
    path("<slug:reference>/synthese/imprimer/", synthesis.document, name="synthesis_print"),
    path("<slug:reference>/synthese/themes.csv", synthesis.export, {"kind": "csv"}, name="themes_csv"),
    path("<slug:reference>/synthese/themes.xlsx", synthesis.export, {"kind": "xlsx"}, name="themes_xlsx"),
    path("<slug:reference>/synthese/chiffres/<slug:theme>/", synthesis.figure, name="figure"),
    path("<slug:reference>/resultats/", reading.results, name="results"),
    path("<slug:reference>/resultats/export.csv", reading.export, CSV, name="export"),
    path("<slug:reference>/resultats/export.xlsx", reading.export, XLSX, name="export_xlsx"),
]
