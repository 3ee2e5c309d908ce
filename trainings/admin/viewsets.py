"""Screens of editors: tracks with drafts, revisions and a preview; banks; files."""

from django.forms import FileInput
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from ..models import LessonFile, QuestionBank, Track
from ..services import revise_bank
from .forms import BankForm, LessonFileForm, TrackForm
from .importing import ImportQuestionsView
from .policy import PUBLISHERS, WRITERS, WritingPolicy


class WritingViewSet(SnippetViewSet):
    """What the three share: nothing is copied with its keys, nothing is removed."""

    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    create_template_name = "trainings/admin/create.html"
    edit_template_name = "trainings/admin/edit.html"
    index_results_template_name = "trainings/admin/index_results.html"
    actions = {"add": WRITERS, "change": WRITERS, "view": WRITERS}

    @property
    def permission_policy(self):
        return WritingPolicy(self.model, self.actions)

    def get_permissions_to_register(self):
        """Nothing to tick in a group's form: who writes follows from roles."""
        return super().get_permissions_to_register().none()


class TrackViewSet(WritingViewSet):
    """Tracks. Publishing freezes a version."""

    model = Track
    icon = "clipboard-list"
    menu_label = _("Tracks")
    admin_url_namespace = "trainings_tracks"
    base_url_path = "formations/parcours"
    list_display = ["title", "slug", "live"]
    search_fields = ["title", "slug"]
    actions = {"add": WRITERS, "change": WRITERS, "view": WRITERS, "publish": PUBLISHERS}
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("title"), FieldPanel("slug")]),
                    FieldPanel("objectives"),
                    FieldPanel("audience"),
                    FieldPanel("basis"),
                    FieldRowPanel([FieldPanel("nature"), FieldPanel("minutes"), FieldPanel("language")]),
                    FieldPanel("owner_unit"),
                ],
                heading=_("Track"),
            ),
            FieldPanel("modules"),
            MultiFieldPanel(
                [FieldPanel("change_kind"), FieldPanel("change_note")], heading=_("At the next publication")
            ),
        ],
        base_form_class=TrackForm,
    )


class RevisingMixin:
    """What is saved is drawn from the next attempt on."""

    def save_instance(self):
        bank = super().save_instance()
        revise_bank(bank=bank, actor=self.request.user)
        return bank


class BankIndexView(IndexView):
    """The banks; questions also come from a file."""

    @property
    def header_buttons(self):
        url = reverse("trainings_banks:import")
        return [*super().header_buttons, HeaderButton(_("Import questions"), url=url, icon_name="upload")]


class BankCreateView(RevisingMixin, CreateView):
    pass


class BankEditView(RevisingMixin, EditView):
    pass


class BankViewSet(WritingViewSet):
    """Banks of questions."""

    model = QuestionBank
    icon = "help"
    menu_label = _("Question banks")
    admin_url_namespace = "trainings_banks"
    base_url_path = "formations/questions"
    list_display = ["title", "slug"]
    search_fields = ["title", "slug"]
    index_view_class = BankIndexView
    add_view_class = BankCreateView
    edit_view_class = BankEditView
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("title"), FieldPanel("slug")]), FieldPanel("questions")],
        base_form_class=BankForm,
    )

    def get_urlpatterns(self):
        """The import beside Wagtail's own pages."""
        view = self.construct_view(
            ImportQuestionsView, index_url_name=self.get_url_name("list"), edit_url_name=self.get_url_name("edit")
        )
        return [*super().get_urlpatterns(), path("importer/", view, name="import")]


class LessonFileViewSet(WritingViewSet):
    """Films, sounds and captions."""

    model = LessonFile
    icon = "media"
    menu_label = _("Films, sounds and captions")
    admin_url_namespace = "trainings_files"
    base_url_path = "formations/medias"
    list_display = ["title", "kind"]
    search_fields = ["title"]
    edit_handler = ObjectList(
        [FieldPanel("title"), FieldPanel("kind"), FieldPanel("file", widget=FileInput)], base_form_class=LessonFileForm
    )


class TrainingsGroup(SnippetViewSetGroup):
    """One entry of the menu."""

    items = (TrackViewSet, BankViewSet, LessonFileViewSet)
    menu_label = _("Trainings")
    menu_icon = "clipboard-list"
    menu_name = "formations"
    menu_order = 340
    add_to_admin_menu = True
