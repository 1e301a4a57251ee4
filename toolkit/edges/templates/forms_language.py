"""Tells the language that all forms of a workspace are in, without loading what reads workbooks while the forms stay as they are."""

from toolkit.edges.parsed_cache import cached
from toolkit.edges.workspace import Workspace


def forms_language(space: Workspace) -> str:
    """Give the one language (short name) that every form definition names; '' where one is in Chinese, they differ, or there are none."""
    paths = list(space.form_files())
    try:
        contents = [path.read_bytes() for path in paths]
    except OSError:  # said by whoever needs the forms
        return ""

    def read() -> str:
        from toolkit.edges.templates.read_forms import load_form  # a fifth of a second

        found = {form.language if form else "" for path in paths for form, _ in (load_form(path),)}
        return found.pop() if len(found) == 1 else ""

    return cached(space.records, "表单语言", *contents, make=read)
