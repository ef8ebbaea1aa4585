"""openpyxl's write-only mode: per row one append of a tuple of typed values; types and date styles are its own choice."""

import openpyxl
import peer


def write(rows, count, output, font):
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Students")
    sheet.append(peer.TITLES)
    for row in rows:
        sheet.append(row)
    workbook.save(output)


peer.serve("openpyxl " + openpyxl.__version__, write)
