"""A short text to be copied into a chat or a short message."""

from typing import NamedTuple


class Message(NamedTuple):
    """A text for a unit ('' for the group of all), and how it is reached: contact and phone of the list, '' where it has none."""

    unit: str
    reach: str
    text: str


class Owed(NamedTuple):
    """What a unit owes: `faults` are sentences on what it has to correct, the first of `places`; both empty where its return itself is missing."""

    unit: str
    faults: tuple[str, ...] = ()
    places: int = 0
