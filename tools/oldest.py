"""Runs the tests with the oldest versions that pyproject.toml allows: python -m tools.oldest [FOLDER for the environment] [words for pytest].

An office's machine may have such versions already, and pip leaves alone what it finds good enough.
"""

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from packaging.requirements import Requirement

HOME = Path(__file__).parents[1]
_EXTRAS = ("archives", "cluster", "postgres")
_TOOLS = ("cryptography", "hypothesis", "pytest", "pytest-xdist")  # of these any version will do
_NOT = ("structure", "bench")  # tests of the code and of the benches, which need the developers' tools


def oldest(line: str) -> str:
    """Turn a requirement into one of its oldest version: 'lxml>=5.4' → 'lxml==5.4'. Raises ValueError where none is named."""
    wanted = Requirement(line)
    floors = [floor.version for floor in wanted.specifier if floor.operator == ">="]
    if len(floors) != 1:
        raise ValueError(f"no oldest version in {line!r}")
    extras = f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else ""
    return f"{wanted.name}{extras}=={floors[0]}"


def requirements() -> list[str]:
    """List what the program and its extras need, each in its oldest version."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [oldest(line) for line in (*project["dependencies"], *(line for name in _EXTRAS for line in extras[name]))]


def main(folder: Path, *words: str) -> int:
    """Make the environment where there is none and run the tests in it; gives pytest's exit code."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements(), *_TOOLS], check=True)  # noqa: S603 - our own words
    left_out = [f"--ignore=tests/{name}" for name in _NOT]
    return subprocess.run([python, "-m", "pytest", "-p", "no:cacheprovider", *left_out, *words], cwd=HOME, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    at, *more = sys.argv[1:] or [tempfile.mkdtemp(prefix="oldest-")]
    sys.exit(main(Path(at), *more))
