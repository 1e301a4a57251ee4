"""Climbs the ladder of supervision: which steps are due by the rules, taken once, each with its paper."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from toolkit.assessment.assess import assess
from toolkit.assessment.escalation import Climb, climbs_now, concerns, due_steps, is_gone, is_settled, of_concern
from toolkit.edges.clock import now
from toolkit.edges.ledger.ladder_records import steps_of, take
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.period_standing import quarters_of
from toolkit.flows.report.paper_names import reminder_name, step_name
from toolkit.model.decisions import DecisionSubject
from toolkit.model.ladder import LEFT, USUAL, Cause, Concern, Condition, LadderLine, LadderStep, Level, Rung
from toolkit.model.life_words import ANSWERED, MENDED, RESULT
from toolkit.model.rules import ANSWER_DAYS
from toolkit.model.standing import Round
from toolkit.model.supervision import Step, Supervised
from toolkit.model.word_document import WordDocument
from toolkit.model.workdays import Workdays
from toolkit.views.papers.ladder_papers import ladder_paper, ladder_text
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.node_reminder import judged_on

_YELLOW = Rung(Level.LETTER, Condition(Cause.YELLOW), 0, USUAL[1].to)
_DONE = frozenset({Step.ANSWERED, Step.CLOSED})
NO_ROW = "现行规则已没有这一级"
_RESTS = frozenset({ANSWERED, MENDED})


class Ladder:
    """The ladder of one round as it stands now; `yellow` asks for letters on yellow tasks too, `unattended` leaves only the rows that `watch` takes."""

    def __init__(self, office: OfficeContext, state: Round, *, yellow: bool = False, unattended: bool = False) -> None:
        self._office, self.state, self._rules = office.at(state.period), state, office.rules()
        rungs = (*self._rules.ladder, *((_YELLOW,) if yellow else ()))
        self.rungs = tuple(rung for rung in rungs if rung.unattended or not unattended)
        self._every, self._days = rungs, Workdays(state.master.odd_days)

    @cached_property
    def lights(self) -> Mapping[str, str]:
        """The lights of the round by task number."""
        return assess(self.state, self._rules).lights

    @cached_property
    def concerns(self) -> tuple[Concern, ...]:
        """Everything that it may be climbed for now; rounds before this one are looked at only where a row asks for them."""
        asks = any(rung.condition.cause is Cause.RED_AGAIN for rung in self._every)
        earlier = [quarter.lights for quarter in reversed(quarters_of(self._office, self.state, self._rules))] if asks else []
        return tuple(concerns(self.state, self.lights, earlier, judged_on(self.state, now().date())))

    @property
    def steps(self) -> list[LadderStep]:
        """The steps that were taken in this round."""
        return steps_of(self._office.ledger, str(self.state.period))

    def due(self) -> list[Climb]:
        """Give what may be taken today; a row that `watch` leaves to a person stops it there."""
        begun = self.state.due or self.state.period.ends
        found = climbs_now(self._every, self.concerns, self.steps, self._answered(), begun=begun, days=self._days)
        return [climb for climb in due_steps(found, now().date()) if climb.rung in self.rungs]

    def _answered(self) -> set[str]:
        words = self._office.decided().by.get(DecisionSubject.STEP, {})
        spoken = {reference for reference, fields in words.items() if fields.get(RESULT) in _RESTS}
        letters = {letter.task for letter in self._office.letters() if letter.state in _DONE}
        return spoken | {step.reference for step in self.steps if step.level is Level.LETTER and step.task in letters}

    def letter_tasks(self) -> set[str]:
        """Give the tasks that get a letter of supervision now: due today, or written before and still for the same reason."""
        taken = {step.task for step in self.steps if step.level is Level.LETTER and step.task}
        again = {
            concern.task
            for concern in self.concerns
            for rung in self._every
            if rung.level is Level.LETTER and concern.task in taken and (rung.condition in concern.conditions or rung.condition.cause is Cause.UNANSWERED)
        }
        return again | {climb.concern.task for climb in self.due() if climb.rung.level is Level.LETTER and climb.concern.task}

    def lettered(self, letters: Sequence[tuple[Supervised, str]]) -> None:
        """Record letters of supervision with their papers' names as steps; those that are recorded stay as they are."""
        causes = {concern.task: self._cause(concern, Level.LETTER) for concern in self.concerns}
        take(
            self._office.ledger,
            [
                LadderStep(letter.year, 0, letter.period, letter.unit, letter.task, Level.LETTER, causes.get(letter.task, ""), name, letter.at)
                for letter, name in letters
            ],
        )

    def _cause(self, concern: Concern, level: Level) -> str:
        return next((rung.condition.words for rung in self._every if rung.level is level and rung.condition in concern.conditions), Cause.UNANSWERED.value)

    def climb(self) -> None:
        """Take every step that is due but letters on tasks, which are numbered as they are written."""
        year, period = self.state.period.year, str(self.state.period)
        due = [climb for climb in self.due() if not (climb.rung.level is Level.LETTER and climb.concern.task)]
        take(
            self._office.ledger,
            [
                LadderStep(
                    year, 0, period, climb.concern.unit, climb.concern.task, climb.rung.level, climb.rung.condition.words,
                    step_name(climb.rung.level, climb.concern), now(),
                )
                for climb in due
            ],
        )  # fmt: skip

    def papers(self, letterhead: Letterhead) -> Iterator[tuple[LadderStep, WordDocument | str]]:
        """Give the papers of the steps taken that no other writer writes, each as of its day."""
        steps = self.steps
        for step in steps:
            if step.paper == reminder_name(step.unit) or (step.level is Level.LETTER and step.task):
                continue
            light = self.lights.get(step.task, "")
            by = self._days.after(step.day, int(self._rules.value(ANSWER_DAYS)))
            if step.level is Level.REMIND:
                yield step, ladder_text(step, self.state, light, self._rules, answer_by=by, office=letterhead.office)
                continue
            concern = Concern(step.unit, step.task, frozenset())
            former = tuple(earlier for earlier in of_concern(steps, concern) if earlier.number < step.number)
            dated = letterhead._replace(today=step.day)
            yield step, ladder_paper(step, self.state, light, self._rules, former=former, answer_by=by, letterhead=dated)

    def lines(self) -> tuple[LadderLine, ...]:
        """Give every step with how it stands and what comes next; behind a step that is not the last of its matter nothing does."""
        steps, answered, begun = list(self.state.steps), self._answered(), self.state.due or self.state.period.ends
        ahead = climbs_now(self._every, self.concerns, steps, answered, begun=begun, days=self._days)
        nexts = {of[-1].reference: climb for climb in ahead if (of := of_concern(steps, climb.concern))}
        return tuple(LadderLine(step, self._stands(step, answered), self._next(nexts.get(step.reference), step)) for step in steps)

    def _stands(self, step: LadderStep, answered: set[str]) -> str:
        if is_gone(step, self.state.master):
            return "任务已撤销" if step.task else "单位已撤并"
        return _stands(step, self.concerns, answered)

    def _next(self, climb: Climb | None, step: LadderStep) -> str:
        """Say what comes next, and where the rules as they are now would not lead to the step's own level any more: it stays, with all that comes of it."""
        ahead = f"{climb.rung.level}（{max(climb.since, step.day)} 起）" if climb else ""
        asked = Condition(Cause.YELLOW).words  # letters on yellow tasks are written where a person asks for them, without a row
        known = step.cause in {"", asked} or any(rung.level is step.level and rung.condition.words == step.cause for rung in self._every)
        return "；".join(filter(None, (ahead, "" if known else NO_ROW)))


def _stands(step: LadderStep, now: Sequence[Concern], answered: set[str]) -> str:
    if is_settled(step, now):
        return "已好转" if step.task else "已报送"
    return "已答复" if step.reference in answered else LEFT
