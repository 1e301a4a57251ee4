"""The rounds that a clerk's words mean: one, or all forms of a span, each done in turn; what was understood otherwise than written is said."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from toolkit.cli.screen import complain, say
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period

Give = Callable[[object], None]
FormOption = Annotated[str, typer.Option("--form", metavar="表单", help="一期有几种表单时只做这一种；也可写成 2023Q1/表单名称")]


def round_meant(space: Any, text: str) -> Period:
    """Give the round that a text means; raises CommandError with the near ones where that is not clear."""
    from toolkit.flows.office.period_lookup import period_meant

    return _told(text, (period_meant(space, text),))[0]


def for_each_round(space: Any, text: str, form: str, do: Callable[[Period, Give], Any], *, as_json: bool = False) -> None:
    """Do something for every round that is meant, also where one of them is left; with `as_json` what it gives away is written, of several as a list.

    Raises typer's Exit with the worst code of them, CommandError where there is only one.
    """
    from toolkit.flows.office.period_lookup import periods_meant

    periods = _told(text, periods_meant(space, text, form))
    given: list[object] = []
    worst = 0
    for period in periods:
        if len(periods) > 1 and not as_json:
            say(f"—— {period}　{period.label} ——")
        try:
            do(period, given.append)
        except CommandError as trouble:
            if len(periods) == 1:
                raise
            complain(f"{period}：{trouble.message}{trouble.advice}")
            worst = max(worst, 1)
        except typer.Exit as left:
            worst = max(worst, left.exit_code)
    if as_json and given:
        say(json.dumps(given if len(periods) > 1 else given[0], ensure_ascii=False, indent=1))
    if worst:
        raise typer.Exit(worst)


def _told(text: str, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    if text.upper() not in {str(period).upper() for period in periods}:
        complain(f"“{text}”按 {'、'.join(map(str, periods))}（{periods[0].span_label}）办。")
    return periods
