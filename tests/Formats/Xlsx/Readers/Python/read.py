# Reads every workbook of a folder with openpyxl, whole and read-only. Writes a line of JSON for each reader and file, as Node/read.cjs does.
import datetime
import json
import pathlib
import sys

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

EPOCH = datetime.datetime(1899, 12, 30)


def cell(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return "b:" + str(value).lower()
    if isinstance(value, (int, float)):
        return "n:" + repr(value)
    if isinstance(value, datetime.time):
        value = datetime.datetime.combine(EPOCH, value)
    if isinstance(value, datetime.datetime):
        return "d:" + value.isoformat(timespec="milliseconds")
    return "s:" + unescape(value)


def read(path, read_only):
    book = load_workbook(path, read_only=read_only)
    return [{"name": sheet.title, "rows": [[cell(c.value) for c in row] for row in sheet.iter_rows()]} for sheet in book.worksheets]


for name, read_only in (("openpyxl", False), ("openpyxl read-only", True)):
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
        try:
            result = {"sheets": read(path, read_only)}
        except Exception as fault:
            result = {"fault": f"{type(fault).__name__}: {fault}"}
        print(json.dumps({"reader": name, "file": path.name, **result}))
