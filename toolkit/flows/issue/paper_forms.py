"""paper_forms: where the settings ask for it, a 签批表 beside each unit's form: to be printed and signed, and mailed with the form."""

from pathlib import Path

from toolkit.edges.files import open_elsewhere, write_file
from toolkit.edges.ledger.mail_log import MailLog
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_documents import NAME, draw_paper, load_template
from toolkit.flows.issue.dispatch_forms import last_word
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import words_of
from toolkit.issuing.file_names import safe
from toolkit.model import seal
from toolkit.model.command_error import CommandError
from toolkit.model.dispatch import DispatchAction
from toolkit.model.form import Form
from toolkit.model.period import Period
from toolkit.views.form_table import NOTHING_SAID
from toolkit.views.kept_texts import texts_of_issue
from toolkit.views.papers.paper_form import paper_form
from toolkit.views.shown_book import document_in

FOLDER, SETTING = "签批表", "paper_forms"


def asks_for_paper(space: Workspace) -> bool:
    """Say whether the settings ask for forms on paper. Raises CommandError for anything but true and false."""
    asked = space.settings().get(SETTING, False)
    if not isinstance(asked, bool):
        raise CommandError(f"settings.toml 里的 {SETTING} 不能是“{asked}”。", "请写 true（发表时另附签批表）或 false。")
    return asked


def paper_of(folder: Path, unit: str) -> Path:
    """Give the path of a unit's 签批表 below the folder 发放; it need not be there."""
    return folder / FOLDER / f"{FOLDER}_{safe(unit)}.docx"


def write_paper_forms(office: OfficeContext, period: Period, form: Form) -> tuple[str, ...]:
    """Write the papers of all who hold a form, where they differ from what is there; take away those of who holds none any more.

    Gives sentences on those that are open elsewhere; nothing is done where the settings do not ask.
    """
    if not asks_for_paper(office.space):
        return ()
    folder, template, left = office.space.out(period, "发放"), load_template(office.space.templates / NAME).content, []
    withdrawn = {unit for unit, word in last_word(office, period).items() if word.deed is DispatchAction.WITHDRAWN}
    for unit, receipt in MailLog(office.ledger).receipt_codes(form.code, str(period)).items():
        try:
            _lay(office, paper_of(folder, unit), "" if unit in withdrawn else receipt, form, template)
        except PermissionError:
            trouble = open_elsewhere(paper_of(folder, unit))
            left.append(f"{trouble.message}{trouble.advice}")
    return tuple(left)


def _lay(office: OfficeContext, path: Path, receipt: str, form: Form, template: bytes) -> None:
    """Bring one paper to what its form says; no receipt code: take it away."""
    sealed = office.ledger.seal_of(receipt) if receipt else None
    if sealed is None:
        path.unlink(missing_ok=True)
        return
    issue = seal.open_seal(sealed, office.key)
    words = words_of(office, form).keeping(texts_of_issue(issue, form, NOTHING_SAID))
    content = draw_paper(document_in(paper_form(issue, form, office.space.office()), words), template)
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
