"""A bundle for this computer, unpacked elsewhere, installs and works with the network forbidden."""

import os
import platform
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from toolkit.edges.bundle_wheels import Fetched
from toolkit.flows.upkeep.bundle import bundle
from toolkit.model.command_error import CommandError

SYSTEM = {("Linux", "x86_64"): "linux-x64", ("Linux", "aarch64"): "linux-arm64"}.get((platform.system(), platform.machine()), "")
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"


def made(folder: Path) -> Path:
    """Make a bundle for this computer, with what a ledger on a server needs; gives the zip. Skips where the package index cannot be reached."""
    try:
        return bundle(folder / "包.zip", systems=(SYSTEM,), pythons=(PYTHON,), more=("postgres",), progress=lambda items, _: items).zip
    except CommandError as trouble:
        if "没有连上软件源" in trouble.message:
            pytest.skip("PyPI cannot be reached, and a bundle is made from it")
        raise


def unpacked(archive: Path, folder: Path) -> Path:
    """Unpack as a person would, start files executable."""
    with zipfile.ZipFile(archive) as box:
        box.extractall(folder)
        for one in box.infolist():
            (folder / one.filename).chmod(one.external_attr >> 16)
    return next(folder.iterdir())


def offline(*command: str) -> str:
    """Run with no network at all where the system can do that, else with pip's index pointing nowhere; gives what was said."""
    can = shutil.which("unshare") and not subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode
    apart = ["unshare", "--net"] if can else []
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    nowhere = kept | {"PATH": path, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    done = subprocess.run([*apart, *command], capture_output=True, encoding="utf-8", env=nowhere, check=False, timeout=3600)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.skipif(not SYSTEM, reason="bundles are tried on Linux; run `bundle` by hand elsewhere")
def test_a_bundle_installs_and_works_without_a_network(tmp_path: Path) -> None:
    """
    The start file of an unpacked bundle installs from its wheels alone and plays the demo; the next run installs nothing.
    """
    home = unpacked(made(tmp_path), tmp_path / "别处")
    start, played = str(home / "启动.sh"), str(tmp_path / "演示")

    first = offline(start, "demo", "--quick", "--to", played)
    second = offline(start, "--workspace", played, "status")

    assert "从 wheels 文件夹安装组件，不用网络" in first
    assert "安装完成。" in first
    assert "2023Q1：发放 63 家，已报 62 家" in second
    assert "安装" not in second
    assert "ok" in offline(str(home / ".venv" / "bin" / "python"), "-c", "import psycopg; print('ok')")


def test_start_files_suit_their_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The start file of Windows is GBK with its line ends, the others are executable; nothing of the office's own is in a bundle.
    """
    monkeypatch.setattr("toolkit.flows.upkeep.bundle.fetch_wheels", lambda target, *_: Fetched(target, 0, 0))  # wheels are the other test's business

    folder = bundle(tmp_path, systems=("windows-x64",), pythons=("3.12",), progress=lambda items, _: items).folder

    assert "没有找到 Python" in (folder / "启动.bat").read_bytes().decode("gbk")
    assert b"\n" not in (folder / "启动.bat").read_bytes().replace(b"\r\n", b"")
    assert os.access(folder / "启动.sh", os.X_OK)
    assert os.access(folder / "启动.command", os.X_OK)
    assert (folder / "安装说明.txt").exists()
    assert not {"records", "inbox", "outbox", "settings.toml", "tests"} & {path.name for path in folder.iterdir()}


def test_unknown_systems_are_named(tmp_path: Path) -> None:
    """
    A system or version that no bundle is made for is answered with those that are.
    """
    with pytest.raises(CommandError) as told:
        bundle(tmp_path, systems=("dos",), pythons=(), progress=lambda items, _: items)

    assert "可以写：windows-x64、macos-x64" in told.value.advice


def test_unknown_components_are_named(tmp_path: Path) -> None:
    """
    What may come along besides is named too.
    """
    with pytest.raises(CommandError) as told:
        bundle(tmp_path, systems=(), pythons=(), more=("oracle",), progress=lambda items, _: items)

    assert ("--with 不能是“oracle”。", "可以写：postgres、cluster。") == (told.value.message, told.value.advice)
