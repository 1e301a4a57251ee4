"""The consolidated workbook: how a period stands, for leaders to read and clerks to work on."""

from toolkit.model.conflicts import conflicts
from toolkit.model.decisions import TOKEN
from toolkit.model.rules import Rules
from toolkit.model.sheet import BookPlan
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated.conflicts import conflict_sheet
from toolkit.views.consolidated.details import detail_sheet
from toolkit.views.consolidated.findings import finding_sheet
from toolkit.views.consolidated.indicators import indicator_sheet
from toolkit.views.consolidated.legend import legend_sheet, parameter_names
from toolkit.views.consolidated.looks import book_looks
from toolkit.views.consolidated.names import book_title
from toolkit.views.consolidated.overview import overview_sheet
from toolkit.views.consolidated.tasks import task_sheet
from toolkit.views.consolidated.units import unit_sheet


def consolidated(round: Round, rules: Rules, assessment: Assessment) -> BookPlan:  # noqa: A002 - the product's own word
    """Plan the whole workbook: 总览, 任务进展, 量化指标, 报送情况, 问题清单, 填报明细, 参数与图例; formulas carry their values."""
    looks = book_looks(rules, round.form)
    legend, classes = legend_sheet(round, rules, looks)
    return BookPlan(
        sheets=(
            overview_sheet(round, rules, assessment, classes, looks),
            task_sheet(round, rules, assessment, looks),
            indicator_sheet(round, assessment, looks),
            unit_sheet(round, looks),
            finding_sheet(round, looks),
            *([conflict_sheet(found, round, looks)] if (found := tuple(conflicts(round))) else []),
            detail_sheet(round, looks),
            legend,
        ),
        looks=looks,
        title=book_title(round.period.label),
        properties={TOKEN: round.decided.token()},
        names=parameter_names(rules),
    )
