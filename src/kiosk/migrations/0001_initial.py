import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True

    dependencies = [
        *WAGTAIL,
        ("directory", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Kiosk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name of the device")),
                ("code_hash", models.CharField(blank=True, editable=False, max_length=32, null=True, unique=True)),
                ("code_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("device_hash", models.CharField(blank=True, editable=False, max_length=32, null=True, unique=True)),
                ("enrolled_on", models.DateField(verbose_name="enrolled on")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("seen_on", models.DateField(blank=True, null=True, verbose_name="last seen on")),
                (
                    "enrolled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "kiosk",
                "verbose_name_plural": "kiosks",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_on__isnull", True),
                            models.Q(("code_hash__isnull", True), ("device_hash__isnull", True)),
                            _connector="OR",
                        ),
                        name="kiosk_revoked_opens_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code_hash__isnull", True), ("code_until__isnull", True)),
                            models.Q(("code_hash__isnull", False), ("code_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="kiosk_code_has_its_end",
                    ),
                ],
            },
        ),
    ]
