"""What the Python peers share: the rows, read before the clock starts, and the protocol of ChildProcessPeer.cs."""

import datetime
import decimal
import gc
import itertools
import os
import sys
import time

TITLES = ["ID", "Student number", "First name", "Last name", "E-mail", "Date of birth", "Year", "Balance", "Active"]


def read_rows(path):
    rows = []
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            f = line.rstrip("\n").split("\t")
            rows.append((int(f[0]), f[1], f[2], f[3], f[4], datetime.date.fromisoformat(f[5]), int(f[6]), decimal.Decimal(f[7]), f[8] == "1"))
    return rows


def serve(version, write):
    """write(rows, count, output, font) makes one file; rows is endless."""
    path, count, output, font = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    rows = read_rows(path)
    print("ready", version, flush=True)
    for _ in sys.stdin:
        gc.collect()
        begun = time.perf_counter()
        write(itertools.islice(itertools.cycle(rows), count), count, output, font)
        print(f"done {time.perf_counter() - begun:.6f} {os.path.getsize(output)}", flush=True)
