"""Migrations that make tables: all at once, since Django draws again every model related to them at each step."""

from django.db import migrations

# What only adds to a table of the same migration: the table's last state says it all.
_FOLDED = (migrations.AddField, migrations.AddConstraint, migrations.AddIndex)


class TablesAtOnce(migrations.Migration):
    """Makes the tables of a migration once all its steps are told: models are drawn once, not once a step.

    The tables are the same as step by step (a test compares both). Refuses any other step than making tables and
    adding fields, constraints or indexes to them.
    """

    def apply(self, project_state, schema_editor, collect_sql=False):
        """Change ``project_state`` and the database; in words of SQL alone (``sqlmigrate``), step by step."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        made = self._made()
        project_state.clear_delayed_apps_cache()
        # Without drawn models, telling a step costs nothing.
        project_state.__dict__.pop("apps", None)
        for step in self.operations:
            step.state_forwards(self.app_label, project_state)
        for step in made:
            step.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state

    def _made(self) -> list[migrations.CreateModel]:
        made: list[migrations.CreateModel] = []
        for step in self.operations:
            if isinstance(step, migrations.CreateModel):
                made.append(step)
            elif not isinstance(step, _FOLDED) or step.model_name.lower() not in {one.name_lower for one in made}:
                raise TypeError(f"{self}: tables made at once take no other step than adding to them: {step!r}")
        return made
