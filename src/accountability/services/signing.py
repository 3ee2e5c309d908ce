"""The name written under what somebody says for the City."""


def signature_of(user) -> str:
    """ "Sophie Lantier, cheffe du service technique": the name written under the answer."""
    affectation = user.current_affectation
    title = affectation.title_after_name if affectation else ""
    return f"{user.get_full_name()}, {title}" if title else user.get_full_name()
