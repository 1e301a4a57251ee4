"""Reads what stands behind the labels of the sign-off at the foot of a table."""

from collections.abc import Iterator

from toolkit.intake.office_text import OfficeText
from toolkit.intake.title_similarity import plain_title
from toolkit.model.column_kinds import plain
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.returns import Answer, Grid, GridSheet

_BY_HAND = ("盖章", "签字", "签名", "公章")  # what cannot be typed


def read_signatures(grid: Grid, issue: Issue, form: Form) -> dict[str, Answer]:
    """Give what was typed behind each label, '' where nothing; a label that is on no sheet, or is to be stamped, is left out."""
    labels = {plain_title(label): label for label in form.sign_off if not any(word in label for word in _BY_HAND)}
    found: dict[str, Answer] = {}
    ours = OfficeText(form, issue)
    for sheet in (sheet for sheet in grid.sheets if not ours.sheet(sheet.name)):
        for label, answer in _signed(grid, sheet, ours):
            name = labels.get(label)
            if name is not None and (name not in found or (answer.value and not found[name].value)):
                found[name] = answer
    return {label: found[label] for label in form.sign_off if label in found}


def _signed(grid: Grid, sheet: GridSheet, ours: OfficeText) -> Iterator[tuple[str, Answer]]:
    """Give the labels of a sheet with what stands behind the colon, or in the next cell that holds something."""
    for at, row in enumerate(sheet.rows):
        if not ours.sign_off(row):
            continue
        texts = [(column, text) for column, value in enumerate(row) if (text := plain(value))]
        for number, (column, text) in enumerate(texts):
            label, colon, typed = text.replace("：", ":").partition(":")
            following = texts[number + 1][1] if number + 1 < len(texts) else ""
            typed = typed.strip() or (following if ":" not in following.replace("：", ":") else "")
            if colon:
                yield plain_title(label), Answer(typed, text, grid.place(sheet, at, column))
