@echo off
chcp 936 >nul
cd /d "%~dp0"
set "CHECK=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
set "PY="
for %%v in (3.14 3.13 3.12 3.11) do (
    if not defined PY py -%%v -c "%CHECK%" >nul 2>nul && set "PY=py -%%v"
)
if not defined PY python -c "%CHECK%" >nul 2>nul && set "PY=python"
if not defined PY (
    echo 没有找到 Python 3.11 至 3.14（64 位）。
    echo 请先安装 Python，安装时勾选“Add python.exe to PATH”，再双击本文件。详见 安装说明.txt。
    pause
    exit /b 1
)
if "%~1"=="" (%PY% run.py page) else (%PY% run.py %*)
set "CODE=%ERRORLEVEL%"
if "%~1"=="" pause
exit /b %CODE%
