#!/usr/bin/env bash
# `pip download --python-version 3.14 --only-binary=:all:` is expected to collect what a computer with Python 3.14 needs. Conditions of requirements
# ("; python_version < '3.14'") are judged by the Python that pip runs under: py7zr 1.1.4 asks there for a package that has no wheel for 3.14, and
# nothing is found. With --no-deps each wheel is found; whoever collects for another computer reads the wheels' metadata and judges himself.
# Seen with a Python below 3.14 only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -c 'import sys; sys.exit(sys.version_info >= (3, 14))' || { echo "needs a Python below 3.14" >&2; exit 2; }
python3 -m venv "$folder/venv"
pip="$folder/venv/bin/pip"
"$pip" install -q pip==25.3
"$pip" --version
options=(--quiet --only-binary=:all: --platform win_amd64 --python-version 3.14 --implementation cp)
"$pip" download "${options[@]}" --no-deps --dest "$folder/one" py7zr==1.1.4
ls "$folder/one"
unzip -p "$folder/one/"py7zr-*.whl '*/METADATA' | grep -i "^Requires-Dist.*python_version" || true
if "$pip" download "${options[@]}" --dest "$folder/all" py7zr==1.1.4 2>"$folder/said"; then
    echo "with its dependencies: found"
    exit 1
fi
echo "with its dependencies: $(grep -m1 ERROR "$folder/said")"
