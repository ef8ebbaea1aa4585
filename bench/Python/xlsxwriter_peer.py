"""XlsxWriter in constant_memory mode, its fastest and smallest: per cell the write method of the value's type, a date format made once."""

import peer
import xlsxwriter


def write(rows, count, output, font):
    workbook = xlsxwriter.Workbook(output, {"constant_memory": True})
    dates = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet("Students")
    sheet.write_row(0, 0, peer.TITLES)
    for number, row in enumerate(rows, 1):
        sheet.write_number(number, 0, row[0])
        sheet.write_string(number, 1, row[1])
        sheet.write_string(number, 2, row[2])
        sheet.write_string(number, 3, row[3])
        sheet.write_string(number, 4, row[4])
        sheet.write_datetime(number, 5, row[5], dates)
        sheet.write_number(number, 6, row[6])
        sheet.write_number(number, 7, row[7])
        sheet.write_boolean(number, 8, row[8])
    workbook.close()


peer.serve("XlsxWriter " + xlsxwriter.__version__, write)
