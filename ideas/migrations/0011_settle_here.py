from django.db import migrations, models


class Migration(migrations.Migration):
    breaks = "The check is about a column just added, false in every row: it reads the table once, as adding it does."

    dependencies = [
        ("directory", "0002_opening"),
        ("ideas", "0010_thanks"),
    ]

    operations = [
        migrations.AddField(
            model_name="idea",
            name="settle_here",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settle_here", False),
                    models.Q(("identity_mode", "named"), ("site__isnull", False)),
                    _connector="OR",
                ),
                name="idea_settled_here_is_signed",
            ),
        ),
    ]
