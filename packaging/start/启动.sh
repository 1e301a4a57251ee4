#!/bin/sh
# 双击或在终端里运行 ./启动.sh；第一次运行会从 wheels 文件夹安装，不用网络。
cd "$(dirname "$0")" || exit 1
for python in python3.14 python3.13 python3.12 python3.11 python3; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        waits=$#
        [ $# -eq 0 ] && set -- page
        "$python" run.py "$@"
        code=$?
        [ -t 0 ] && [ $waits -eq 0 ] && { printf '按回车键关闭……'; read -r _; }
        exit $code
    fi
done
echo "没有找到 Python 3.11 至 3.14。请管理员先安装（见 安装说明.txt），再运行一次。" >&2
[ -t 0 ] && [ $# -eq 0 ] && { printf '按回车键关闭……'; read -r _; }
exit 1
