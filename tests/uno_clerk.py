"""A unit's clerk in LibreOffice, run by the system's Python (which has uno): opens workbooks, types, saves in other formats, copies tables.

Reads lists of jobs, each a line of JSON, from standard input, starts one LibreOffice for all of them, and writes a line for each job. A job:
{"source": path, "cells": [[sheet, cell, value], …], "saves": [[path, filter] or [path, filter, password], …], "copy": {"sheet": name, "range": ref, "to": path} or null}
"""

import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = f"task_toolkit_clerk_{os.getpid()}"
XLSX = "Calc MS Excel 2007 XML"


def prop(name, value):
    """Make one named property."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(seconds=900):
    """Wait for LibreOffice and give its desktop."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(seconds * 5):
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return context, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not start")


def url(path):
    """Write a path as a file address."""
    return uno.systemPathToFileUrl(path)


def dispatch(context, frame, command, *properties):
    """Do what a menu command does."""
    helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    helper.executeDispatch(frame, command, "", 0, properties)


def copy_table(context, desktop, book, job):
    """Select a range, copy it, paste it into a new workbook, save that."""
    controller = book.getCurrentController()
    sheet = book.Sheets.getByName(job["sheet"])
    controller.setActiveSheet(sheet)
    controller.select(sheet.getCellRangeByName(job["range"]))
    dispatch(context, controller.Frame, ".uno:Copy")
    target = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    dispatch(context, target.getCurrentController().Frame, ".uno:Paste")
    target.storeToURL(url(job["to"]), (prop("FilterName", XLSX),))
    target.close(True)


def done(context, desktop, job):
    """Do one job; gives what stands in the cells that it reads."""
    book = desktop.loadComponentFromURL(url(job["source"]), "_blank", 0, ())
    for name, cell, value in job["cells"]:
        target = book.Sheets.getByName(name).getCellRangeByName(cell)
        if isinstance(value, str):
            target.setFormula(value)
        else:
            target.setValue(value)
    book.calculateAll()
    answers = {ref: book.Sheets.getByName(ref.split("!")[0]).getCellRangeByName(ref.split("!")[1]).getString() for ref in job.get("reads", [])}
    for path, kind, *password in job["saves"]:
        book.storeToURL(url(path), (prop("FilterName", kind), *(prop("Password", word) for word in password)))
    if job.get("copy"):
        copy_table(context, desktop, book, job["copy"])
    book.close(True)
    return answers


def main():
    """Do every job in one LibreOffice, until nobody asks for more."""
    profile = sys.argv[1]
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={PIPE};urp"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        context, desktop = connect()
        for line in sys.stdin:
            for job in json.loads(line):
                print(json.dumps(done(context, desktop, job), ensure_ascii=False), flush=True)
        try:
            desktop.terminate()
        except Exception:
            pass
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


if __name__ == "__main__":
    main()
