"""form_cycles: which forms of the workspace are filled in each year, quarter and month, for the calendar of a notice."""

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.workspace import Workspace
from toolkit.model.appeals import APPEAL_FORM
from toolkit.model.form import Form, LightRule
from toolkit.notice.report_schedule import FormCycles

_PLANNED = ("plan1", "plan2", "plan3", "plan4")  # the codes of what is planned by the end of each quarter


def form_cycles(space: Workspace) -> FormCycles:
    """Sort the usable forms by their cycle; first comes the yearly one that plans tasks and the quarterly one with progress, which notices speak of.

    The form to appeal with goes along with scorecards and has no round of its own.
    """
    forms = [form for path in space.form_files() if (form := load_form(path, space.master)[0]) is not None and form.code != APPEAL_FORM]
    yearly = sorted((form for form in forms if form.cycle == "年"), key=lambda form: not _plans(form))
    quarterly = sorted((form for form in forms if form.cycle == "季"), key=lambda form: form.light is not LightRule.PROGRESS)
    return FormCycles(*(tuple(form.name for form in found) for found in (yearly, quarterly, [form for form in forms if form.cycle == "月"])))


def _plans(form: Form) -> bool:
    return all(form.main.field(code) is not None for code in _PLANNED)
