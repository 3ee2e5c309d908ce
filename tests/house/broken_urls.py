"""A page with a fault, for the net that catches it."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse('<form method="post"></form>'))]
