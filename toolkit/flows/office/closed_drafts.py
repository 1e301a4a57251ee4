"""What was closed: the drafts of every period and what each stands on, read from the ledger once."""

from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.frozen_inputs import Frozen, Stage
from toolkit.edges.ledger.ledger import Ledger
from toolkit.model.closing import Draft
from toolkit.model.codec import decode
from toolkit.model.command_error import CommandError
from toolkit.model.form import Form
from toolkit.model.master import Master
from toolkit.model.period import Period
from toolkit.model.rules import Rules


class Drafts:
    """The drafts that the ledger knows."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._drafts: dict[str, list[Draft]] | None = None
        self._frozen: dict[str, Frozen] = {}
        self._loaded: dict[tuple[str, ...], tuple[Master, Rules, tuple[Form, ...]]] = {}

    def forget(self) -> None:
        """Look into the ledger again: a period was closed or opened."""
        self._drafts = None

    def of(self, period: Period) -> list[Draft]:
        """Give a period's drafts, the first one first, also those opened again; [] where it was never closed."""
        return self._all().get(str(period), [])

    def periods(self) -> set[str]:
        """Give the periods (`2023Q1`) that were ever closed, also those opened again."""
        return set(self._all())

    def _all(self) -> dict[str, list[Draft]]:
        if self._drafts is None:
            with self._ledger.reading() as connection:
                self._drafts = closing_records.drafts(connection)
        return self._drafts

    def newest(self, period: Period) -> Draft | None:
        """Give a period's last draft, whether it was opened again or not; None where it was never closed."""
        drafts = self.of(period)
        return drafts[-1] if drafts else None

    def holding(self, period: Period) -> Draft | None:
        """Give the draft with which a period is closed, None where it is open."""
        newest = self.newest(period)
        return newest if newest is not None and newest.holds else None

    def list_of(self, period: Period) -> Master | None:
        """Give the list that a closed period stands on, None where it is open."""
        draft = self.holding(period)
        stage = self.frozen(period, draft.number).stages.get(str(period)) if draft else None
        return self.loaded(stage)[0] if stage else None

    def frozen(self, period: Period, number: int) -> Frozen:
        """Give what a draft stands on. Raises CommandError where the ledger's copy of it is damaged."""
        draft = self.of(period)[number - 1]
        if draft.frozen not in self._frozen:
            with self._ledger.reading() as connection:
                found = closing_records.frozen_of(connection, draft)
            if found is None:
                raise damaged(period, number)
            self._frozen[draft.frozen] = found
        return self._frozen[draft.frozen]

    def loaded(self, stage: Stage) -> tuple[Master, Rules, tuple[Form, ...]]:
        """Give the list, the rules and the forms that a stage names. Raises CommandError where the ledger's copies of them are damaged."""
        key = (stage.master, stage.rules, *stage.forms)
        if key not in self._loaded:
            with self._ledger.reading() as connection:
                texts = [closing_records.stored_content(connection, digest) for digest in key]
            master, rules, *forms = (text.decode() if text is not None else "" for text in texts)
            if not all((master, rules, *forms)):
                raise damaged(Period.parse(stage.period), 0)
            self._loaded[key] = (decode(Master, master), decode(Rules, rules), tuple(decode(Form, form) for form in forms))
        return self._loaded[key]


def damaged(period: Period, number: int) -> CommandError:
    """Make the error for a closing that the ledger cannot give back any more; `number` 0 where the draft is not known."""
    draft = f"第 {number} 稿" if number else "定稿"
    return CommandError(f"{period.label}{draft}在台账里的底稿损坏了。", "请从备份恢复（restore）；records/定稿 里另有定稿文件的副本。")
