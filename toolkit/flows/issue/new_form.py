"""new-form: a filled example of a form definition, or another form under a new name, for a clerk to change."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process

from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.write_definition import form_bytes, form_like
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.issuing.example_form import example_form
from toolkit.issuing.file_names import safe
from toolkit.issuing.unit_rows import INDICATOR_FACTS, TASK_FACTS
from toolkit.model.command_error import CommandError
from toolkit.model.form import Form
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Master
from toolkit.model.period_words import present_period

_NOT_FORMS = ("任务总表", "考核规则", "通知用语")
_LONGEST_NAME = 20  # characters: a sheet's name holds 31, with 情况 or 清单 behind it
_SIGNS = lazy_pattern(r"[\[\]:*?/\\<>|\"'“”]")  # what file names, sheets' names or formulas do not hold
_NEAR = 50  # of 100: rapidfuzz's ratio from which a name is offered


class NewForm(NamedTuple):
    """What was laid out: the definition, its form, whether a master list was begun beside it, what its first period is called."""

    path: Path
    form: Form
    began_master: bool
    period: str


def new_form(space: Workspace, name: str, like: str) -> NewForm:
    """Write templates/名称.xlsx; `like` names a form of the office or a definition's file, '' the example. Raises CommandError, and overwrites nothing."""
    name = name.strip().removesuffix(".xlsx")
    path = space.templates / f"{name}.xlsx"
    with space.alone():
        _refuse(path, name)
        forms = {form.name: form for file in space.form_files() if (form := load_form(file, space.master)[0])}
        if name in forms:
            raise CommandError(f"已经有叫“{name}”的表单（{forms[name].file}）。", "请换一个名称，或直接修改那个文件。")
        code = _free_code({form.code for form in forms.values()})
        began = not space.master.exists()
        if began:
            write_file(space.master, master_bytes(Master((), (), (), ())))
        write_file(path, _content(space, name, code, like, forms))
    form, faults = load_form(path, space.master)
    if form is None:
        path.unlink()
        raise CommandError(f"“{like}”本身有误，照着做不出来：{faults[0].message}", "请先运行 doctor，改好它再照着做。")
    return NewForm(path, form, began, str(present_period(form.cycle, now().date())))


def _refuse(path: Path, name: str) -> None:
    if not name or _SIGNS.search(name) or safe(name) != name or len(name) > _LONGEST_NAME:
        raise CommandError(f"“{name}”不能作表单的名称。", f"请用 {_LONGEST_NAME} 个字以内的名称，不要用 / \\ : * ? [ ] 引号这些符号。")
    if name.startswith(_NOT_FORMS) or name.startswith((".", "~")):
        raise CommandError(f"“{name}”是程序自己要用的名称。", "请换一个名称。")
    if path.exists():
        raise CommandError(f"templates 文件夹里已经有“{path.name}”，没有动它。", "请换一个名称，或直接修改那个文件。")


def _content(space: Workspace, name: str, code: str, like: str, forms: dict[str, Form]) -> bytes:
    sources = (*TASK_FACTS, *INDICATOR_FACTS)
    if not like:
        master, _ = load_master(space.master)
        units = [unit.name for unit in master.addressees()][:3] if master else []
        return form_bytes(example_form(name, code, units, date(now().year, 12, 31)), sources)
    settings = {"代码": code, "版本": "1", "名称": name, "标题": f"{{期间}}{name}"}
    try:
        return form_like(_path_of(space, like, forms), settings, sources)
    except (OSError, KeyError, ValueError) as error:
        raise CommandError(f"“{like}”打不开，或者不是表单。", "请写 templates 里一张表单的名称，或一个表单文件的路径。") from error


def _path_of(space: Workspace, like: str, forms: dict[str, Form]) -> Path:
    """Find the definition that is meant by a form's name or by a path. Raises CommandError, with names that are near."""
    bare = like.removesuffix(".xlsx")
    if bare in forms:
        return space.templates / forms[bare].file
    if Path(like).is_file():
        return Path(like)
    near = [name for name, *_ in process.extract(bare, list(forms), limit=3, score_cutoff=_NEAR)]
    raise CommandError(f"没有叫“{like}”的表单。", f"是不是“{'”“'.join(near)}”？" if near else f"现在有：{'、'.join(forms)}。")


def _free_code(taken: set[str]) -> str:
    return next(code for number in range(1, 10_000) if (code := f"form{number}") not in taken)
