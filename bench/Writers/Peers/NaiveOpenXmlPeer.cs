using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExportFunctions.Bench.Rows;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// The Open XML SDK's <see cref="OpenXmlWriter"/> as its own guide and most answers show it: a document in memory, per row a row element,
/// per cell a new <see cref="Cell"/> with an inline string or a value, no references. The package deflates at the SDK's default level.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
internal sealed class NaiveOpenXmlPeer(PersonRow[] rows)
{
    public async Task WriteAsync(Stream output, long count, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
            WriteDocument(document, count);

        memory.Position = 0;
        await memory.CopyToAsync(output, cancellationToken);
    }

    private void WriteDocument(SpreadsheetDocument document, long count)
    {
        var workbook = document.AddWorkbookPart();
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        var sheet = workbook.AddNewPart<WorksheetPart>();
        using (var writer = OpenXmlWriter.Create(sheet))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteStartElement(new SheetData());
            WriteRow(writer, PersonRow.Titles.Select(Text));
            foreach (var row in PersonRows.Cycle(rows, count))
                WriteRow(writer, Cells(row));

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = "Students", SheetId = 1, Id = workbook.GetIdOfPart(sheet) }));
    }

    private static void WriteRow(OpenXmlWriter writer, IEnumerable<Cell> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
            writer.WriteElement(cell);

        writer.WriteEndElement();
    }

    private static IEnumerable<Cell> Cells(PersonRow row)
    {
        yield return Number(row.Id.ToString(CultureInfo.InvariantCulture));
        yield return Text(row.StudentNumber);
        yield return Text(row.FirstName);
        yield return Text(row.LastName);
        yield return Text(row.Email);
        yield return Number(row.BirthDay.ToOADate().ToString(CultureInfo.InvariantCulture), style: 1);
        yield return Number(row.Year.ToString(CultureInfo.InvariantCulture));
        yield return Number(row.Balance.ToString(CultureInfo.InvariantCulture));
        yield return new Cell { DataType = CellValues.Boolean, CellValue = new CellValue(row.IsActive ? "1" : "0") };
    }

    private static Cell Text(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    private static Cell Number(string number, uint? style = null) =>
        new() { CellValue = new CellValue(number), StyleIndex = style is { } index ? index : null };

    private static Stylesheet Styles() => new(
        new Fonts(new Font()),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }));
}
