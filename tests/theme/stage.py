"""A stage for the browser: our pages, our static files and our policy at one invented address, without a server.

Pages are drawn by the real views or from a text; what is posted is kept, and answered as the test decides.
"""

import mimetypes
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from tests.browser import checks
from tests.theme.test_views import Account
from theme import views

ORIGIN = "http://terrain.test"


def policy() -> str:
    """The site's Content-Security-Policy as its header."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def request_for(path, cookies=None):
    request = RequestFactory().get(path, headers={"host": "testserver"})
    request.user = Account(is_staff=True)
    request.COOKIES.update(cookies or {})
    return request


def draw(path: str, cookies=None) -> str:
    """The page of one of our addresses, in French."""
    with override("fr"):
        request = request_for(path, cookies)
        if path == "/galerie/":
            return views.gallery(request).content.decode()
        if path == "/affichage/":
            return views.display(request).content.decode()
        return views.gallery_page(request, name=path.strip("/").split("/")[-1]).content.decode()


def draw_body(body: str, scripts=(), **values) -> str:
    """A page of the house around a body."""
    modules = "".join(f'<script type="module" src="/static/theme/js/{name}"></script>' for name in scripts)
    source = (
        '{% extends "theme/base.html" %}{% block title %}Essai{% endblock %}'
        "{% block main %}<div class='wrap stack'><h1>Essai</h1>" + body + "</div>{% endblock %}"
        "{% block scripts %}" + modules + "{% endblock %}"
    )
    with override("fr"):
        context = Context(values)
        context.request = request_for("/")
        return Template(source).render(context)


class Stage:
    """Everything a page asks for is answered here; `posted` keeps what was sent, `heard` what the browser refused."""

    def __init__(self, page):
        self.page = page
        self.pages: dict[str, str] = {}
        self.answers: dict[str, tuple] = {}
        self.posted: list[tuple[str, dict]] = []
        self.heard = checks.watch(page)
        page.route("**/*", self._answer)

    def show(self, path, html=None):
        """Open one of our addresses, or a page drawn by the test."""
        if html is not None:
            self.pages[path] = html
        self.page.goto(ORIGIN + path)
        return self.page

    def answer(self, path, body, status=200, kind="application/json"):
        """What a POST to `path`, or a look at /healthz, gets; status 0 is a connection that fails."""
        self.answers[path] = (body, status, kind)

    def _answer(self, route):
        request = route.request
        parts = urlsplit(request.url)
        if parts.path == "/healthz":
            _body, status, _kind = self.answers.get(parts.path, ("", 200, ""))
            return route.fulfill(status=status, body="") if status else route.abort("connectionfailed")
        if request.method == "POST":
            self.posted.append((parts.path, self._form(request)))
            body, status, kind = self.answers.get(parts.path, ("", 404, "text/plain"))
            if status == 0:
                return route.abort("connectionfailed")
            if status in {302, 303}:
                return route.fulfill(status=status, headers={"Location": body})
            return route.fulfill(status=status, content_type=f"{kind}; charset=utf-8", body=body)
        if parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            if not found:
                return route.fulfill(status=404, body="")
            return route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0] or "font/woff2")
        html = self.pages.get(parts.path) or draw(parts.path)
        headers = {"Content-Security-Policy": policy(), "Content-Type": "text/html; charset=utf-8"}
        return route.fulfill(status=200, headers=headers, body=html)

    @staticmethod
    def _form(request) -> dict:
        data = request.post_data or ""
        if "multipart/form-data" not in request.headers.get("content-type", ""):
            return dict(parse_qsl(data, keep_blank_values=True))
        fields = {}
        for part in data.split("------")[1:]:
            if 'name="' in part:
                name = part.split('name="')[1].split('"')[0]
                fields[name] = part.split("\r\n\r\n", 1)[1].removesuffix("\r\n")
        return fields
