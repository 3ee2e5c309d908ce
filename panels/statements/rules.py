"""Who may do what with statements. The team reads them before they are shown, and answers none."""

from panels import rules as panel_rules

refuse_unless = panel_rules.refuse_unless
may_enter = panel_rules.may_enter_workspace
membership_id = panel_rules.membership_id


def may_run(user, panel) -> bool:
    """Organisers and facilitators prepare rounds, read what is proposed, type sheets."""
    return panel_rules.may_enter_workspace(user, panel) and panel_rules.may_run(user, panel)


def may_answer(user, panel) -> bool:
    """Those who sit, while the panel works."""
    return panel_rules.may_enter_workspace(user, panel) and panel_rules.is_member(user, panel)


def may_close(user, panel) -> bool:
    """Organisers close a round, which makes its map."""
    return panel_rules.may_enter_workspace(user, panel) and panel_rules.may_organise(user, panel)
