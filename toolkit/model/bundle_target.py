"""The kinds of computer that a bundle is made for: what pip and a package's own conditions call them."""

from typing import NamedTuple

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_GLIBC = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_26", "manylinux_2_24", "manylinux_2_17", "manylinux2014", "manylinux_2_12", "manylinux_2_5")


class System(NamedTuple):
    """An operating system on a processor: pip's platform tags, the best first, and the facts that conditions of packages ask for."""

    name: str
    words: str
    tags: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


def _facts(platform: str, name: str, machine: str, os_name: str) -> tuple[tuple[str, str], ...]:
    return (("sys_platform", platform), ("platform_system", name), ("platform_machine", machine), ("os_name", os_name))


# glibc 2.28 is what Kylin V10, UOS 20 and Debian 10 have; macOS 12 is the oldest that the libraries are still made for.
SYSTEMS = (
    System("windows-x64", "Windows（64 位）", ("win_amd64",), _facts("win32", "Windows", "AMD64", "nt")),
    System("macos-x64", "macOS（英特尔）", ("macosx_12_0_x86_64",), _facts("darwin", "Darwin", "x86_64", "posix")),
    System("macos-arm64", "macOS（M 系列）", ("macosx_12_0_arm64",), _facts("darwin", "Darwin", "arm64", "posix")),
    System("linux-x64", "Linux（x86_64）", tuple(f"{tag}_x86_64" for tag in _GLIBC), _facts("linux", "Linux", "x86_64", "posix")),
    System("linux-arm64", "Linux（ARM64）", tuple(f"{tag}_aarch64" for tag in _GLIBC), _facts("linux", "Linux", "aarch64", "posix")),
)


class Target(NamedTuple):
    """A system with a version of CPython."""

    system: System
    python: str

    @property
    def name(self) -> str:
        """Name of its list of packages (system-py3.11); run.py looks for its own."""
        return f"{self.system.name}-py{self.python}"

    def facts(self) -> dict[str, str]:
        """Give what a package's conditions ask for (environment markers of PEP 508), '' for what a bundle cannot know."""
        return {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
            **dict(self.system.facts),
        }
