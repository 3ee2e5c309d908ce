"""Reading French in tests: its hard spaces as plain ones."""


def plain(text) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")
