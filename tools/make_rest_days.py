"""Writes toolkit/resources/rest_days.json: rest days and shifted working days of the years that the library holidays knows, from 2015 on."""

import json
from itertools import count, takewhile
from pathlib import Path

from toolkit.edges.read_holidays import published_exceptions

TARGET = Path(__file__).parents[1] / "toolkit" / "resources" / "rest_days.json"
_FIRST = 2015


def rest_days_text() -> str:
    """Give the whole file, a line for each year: [day, 休息 or 上班, why] of every day that is not as its weekday says."""
    years = takewhile(lambda one: one[1], ((year, published_exceptions(year)) for year in count(_FIRST)))
    lines = (f'"{year}": {json.dumps([(str(day), *words) for day, *words in days], ensure_ascii=False)}' for year, days in years)
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(rest_days_text(), "utf-8")
