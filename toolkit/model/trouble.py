"""What stops a command and is for the clerk to mend (exit 1), as against our own fault (exit 3)."""


class Trouble(Exception):  # noqa: N818 - it is the clerk's word for it, shown as it stands
    """A command cannot go on; `message` says in Chinese what was seen, `advice` what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
