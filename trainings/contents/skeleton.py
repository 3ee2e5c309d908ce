"""What stays of a content without its words: a correction may change words, never how one goes through."""

# Texts that lead somewhere or name a thing: they are no mere words.
_KEPT = {"type", "to", "key", "start", "bank", "category", "feedback_time"}


def skeleton(content, name: str = ""):
    """The content with each text replaced by whether there is one."""
    if isinstance(content, dict):
        return {key: skeleton(value, key) for key, value in sorted(content.items())}
    if isinstance(content, list):
        return [skeleton(one, name) for one in content]
    if isinstance(content, str) and name not in _KEPT:
        return bool(content)
    return content


def texts(content) -> list[str]:
    """Every text of a content."""
    if isinstance(content, dict):
        return [text for value in content.values() for text in texts(value)]
    if isinstance(content, list):
        return [text for one in content for text in texts(one)]
    return [content] if isinstance(content, str) else []
