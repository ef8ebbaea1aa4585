"""reportlab's LongTable, its table for many rows: A4 landscape, fixed widths, the header repeated, zebra rows, page numbers; values formatted per row."""

import peer
import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

WIDTHS = [62, 66, 102, 110, 190, 70, 40, 80, 50]


def write(rows, count, output, font):
    pdfmetrics.registerFont(TTFont("Body", font))
    table = [peer.TITLES]
    for r in rows:
        table.append([str(r[0]), r[1], r[2], r[3], r[4], r[5].isoformat(), str(r[6]), f"{r[7]:,.2f}", "yes" if r[8] else "no"])
    style = TableStyle([
        ("FONT", (0, 0), (-1, -1), "Body", 8),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.white, colors.HexColor("#EEF2F7")]),
    ])
    document = SimpleDocTemplate(output, pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36)
    document.build([LongTable(table, colWidths=WIDTHS, repeatRows=1, style=style)], onFirstPage=number, onLaterPages=number)


def number(canvas, document):
    canvas.setFont("Body", 8)
    canvas.drawRightString(landscape(A4)[0] - 36, 20, str(canvas.getPageNumber()))


peer.serve("reportlab " + reportlab.Version, write)
