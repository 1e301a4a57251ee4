"""What a form site exports is recognised by its titles and taken as returns of many units; nothing goes to another, what is wrong is asked about by row."""

import os
from collections import Counter
from pathlib import Path
from random import Random

from tests.parts.drawn_books import CODES, UNITS, office
from tests.parts.drawn_exports import START, export
from tests.parts.test_drawn_books import judged
from tests.small import accepted, issue, small_workspace
from toolkit.flows.intake.collect import collect
from toolkit.model.findings import Code

EXPORTS = 60


def test_no_answer_goes_to_another_unit(tmp_path: Path) -> None:
    """Of random exports each answer is its unit's or is asked about; the later of two counts and both are named; 无封签 is said once a file."""
    random, master = Random(254), office()  # noqa: S311 - no secret
    space = small_workspace(tmp_path, master)
    issue(space)
    made = [export(random, master, random.sample(UNITS, random.choice((2, 3, 5)))) for _ in range(EXPORTS)]
    names = []
    for at, one in enumerate(made):
        charset = random.choice(("", "", "utf-8-sig", "gb18030"))
        path = space.inbox / (f"第{at}份.csv" if charset else f"第{at}份.xlsx")
        path.write_bytes(one.as_csv(charset) if charset else one.as_xlsx())
        os.utime(path, (START.timestamp() + at, START.timestamp() + at))
        names.append(path.name)

    done = collect(space, progress=lambda items, _: items)
    rows = accepted(space)

    counts = {at: judged(one, rows, list(done.arrivals), names[at]) for at, one in enumerate(made)}
    total = sum(counts.values(), Counter[str]())
    print(dict(total), Counter(one.site for one in made))  # noqa: T201 - the figures of the report
    said = {at: [finding for arrival in done.arrivals if arrival.sent.name.startswith(name) for finding in arrival.findings] for at, name in enumerate(names)}
    assert [] == [(made[at].site, names[at], dict(count)) for at, count in counts.items() if count["wrong"] or count["lost"]]
    assert [] == [(names[at], made[at].site) for at, found in said.items() if [one.code for one in found].count(Code.FROM_SITE) != 1]
    assert [one.twice for one in made] == [[one.code for one in found].count(Code.ANSWERED_TWICE) for found in said.values()]
    assert total["asked"] <= sum(len(one.doubtful) for one in made)
    assert not {Code.NO_SEAL, Code.PART_BY_NAME, Code.RETITLED, Code.COLUMN_EXTRA, Code.NAME_GONE} & {one.code for found in said.values() for one in found}
    assert len(CODES) * 4 * EXPORTS < total["right"]
    assert 0 == done.faults
