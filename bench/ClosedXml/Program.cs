using System.Globalization;
using ClosedXML.Excel;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Rows;

// ClosedXML as its guide shows it: the sheet is built cell by cell in memory, typed by the setters, then saved as a file.
var rows = PersonRows.Make(int.Parse(args[0], CultureInfo.InvariantCulture));
var count = long.Parse(args[1], CultureInfo.InvariantCulture);
var path = args[2] + ".xlsx";
PeerProtocol.Serve($"ClosedXML {typeof(XLWorkbook).Assembly.GetName().Version!.ToString(3)}", () =>
{
    using var workbook = new XLWorkbook();
    var sheet = workbook.AddWorksheet("Students");
    for (var column = 0; column < PersonRow.Titles.Count; column++)
        sheet.Cell(1, column + 1).SetValue(PersonRow.Titles[column]);

    var number = 1;
    foreach (var row in PersonRows.Cycle(rows, count))
    {
        number++;
        sheet.Cell(number, 1).SetValue(row.Id);
        sheet.Cell(number, 2).SetValue(row.StudentNumber);
        sheet.Cell(number, 3).SetValue(row.FirstName);
        sheet.Cell(number, 4).SetValue(row.LastName);
        sheet.Cell(number, 5).SetValue(row.Email);
        sheet.Cell(number, 6).SetValue(row.BirthDay);
        sheet.Cell(number, 7).SetValue(row.Year);
        sheet.Cell(number, 8).SetValue(row.Balance);
        sheet.Cell(number, 9).SetValue(row.IsActive);
    }

    workbook.SaveAs(path);
    return new FileInfo(path).Length;
});
