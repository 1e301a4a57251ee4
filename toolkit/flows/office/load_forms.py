"""Loads the forms in templates/, with all that is wrong with each at its cell: in its own book, against the other forms, the register and the languages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.templates.read_forms import load_form, place_of_setting, place_of_source
from toolkit.edges.templates.read_words import has_words
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.blocking_faults import sentences
from toolkit.issuing.unit_rows import repeats_last, sources_of, unknown_sources
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.form_addressees import addressed_form
from toolkit.model.master import Master
from toolkit.model.period import Period

_CODE, _NAME, _LANGUAGE, _ISSUED_TO = "代码", "名称", "语言", "发给"


class LoadedForm(NamedTuple):
    """A definition's file, the form it makes (None: unusable) and what is wrong with it."""

    path: Path
    form: Form | None
    findings: tuple[Finding, ...]


def load_forms(space: Workspace, master: Master | None) -> tuple[LoadedForm, ...]:
    """Load every form; units are called as the register of `master` calls them, without one as the form does. A form of a language without words is Chinese."""
    loaded: list[LoadedForm] = []
    for path in space.form_files():
        form, faults = load_form(path, space.master)
        if form is None:
            loaded.append(LoadedForm(path, None, faults))
            continue
        said = [*faults, *_same(path, form, loaded), *_unknown(path, form)]
        if form.language and not has_words(space.templates, form.language):
            said.append(Finding(Code.NO_LANGUAGE, place_of_setting(path, _LANGUAGE), {"seen": form.language, "choices": "中文、en"}, title=_LANGUAGE))
            form = replace(form, language="")
        called = addressed_form(form, master) if master is not None else (form, ())
        said += [_at_its_cell(finding, path) for finding in called[1]]
        loaded.append(LoadedForm(path, called[0], tuple(said)))
    return tuple(loaded)


def _same(path: Path, form: Form, others: list[LoadedForm]) -> Iterator[Finding]:
    """Say which form of `others` has its code or its name: rounds and returns could be either's."""
    for other in others:
        for key, mine, its in ((_CODE, form.code, other.form.code), (_NAME, form.name, other.form.name)) if other.form is not None else ():
            if mine == its:
                yield Finding(Code.SAME_FORM, place_of_setting(path, key), {"seen": mine, "other": other.path.name}, title=key)


def _unknown(path: Path, form: Form) -> Iterator[Finding]:
    """Point at the 取自 of columns that no row fills in, once a definition."""
    for table, field in unknown_sources(form):
        choices = "、".join(sources_of(form, table)) + ("，或“上期.代码”（代码是本表填报栏目的）" if repeats_last(form, table) else "")
        place = place_of_source(path, field.place)
        yield Finding(Code.UNKNOWN_SOURCE, place, {"name": field.title, "seen": field.taken_from, "choices": choices}, title="取自")


def _at_its_cell(finding: Finding, path: Path) -> Finding:
    """Give a finding about 发给 the cell of that setting."""
    return replace(finding, place=place_of_setting(path, _ISSUED_TO)) if finding.title == _ISSUED_TO and not finding.place.cell else finding


def no_form(period: Period, name: str, forms: Iterable[Form], findings: Iterable[Finding]) -> CommandError:
    """Make the error for a period whose form cannot be used, or is called otherwise in its own file."""
    why = sentences([fault for fault in findings if fault.place.file == f"{name}.xlsx"])
    called = next((form.name for form in forms if form.file == f"{name}.xlsx"), "")
    remedy = f"请检查 templates 文件夹里的“{name}.xlsx”。"
    if called:
        remedy = f"“{name}.xlsx”里的表单叫“{called}”，请把它的“名称”和“日程”里的“表单”改成一样的。"
    return CommandError(f"{period} 用的表单“{name}”没有可用的定义。", why or remedy)
