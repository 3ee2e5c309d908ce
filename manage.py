#!/usr/bin/env python3
"""Terrain's command line; embedded settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "src.config.settings.embedded")
    # Web servers answer within five seconds or refuse; the relay and the ticker work longer, a migration as it must.
    patience = {"serve": "5000", "runserver": "5000", "relay": "60000", "tick": "60000", "rqworker": "60000"}
    os.environ.setdefault("TERRAIN_STATEMENT_TIMEOUT_MS", patience.get(" ".join(sys.argv[1:2]), "0"))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
