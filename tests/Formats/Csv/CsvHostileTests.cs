using System.Text;
using CsCheck;
using ExportFunctions.Formats.Csv;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>No text becomes a formula, whatever the delimiter a file is opened with.</summary>
public sealed class CsvHostileTests
{
    [Exhaustive]
    [Fact]
    public Task Write_GivesNoCellThatRuns_ForAnyDelimiterAndQuotes() => HostileTexts.File.SampleAsync(
        async file =>
        {
            var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), file.Layout, file.Rows);
            var text = Encoding.UTF8.GetString(output.ToArray());
            foreach (var delimiters in new[] { ",", ";", "\t", "|", file.Layout.Options.Delimiter.ToString()!, ",;\t" })
            {
                foreach (var knowsQuotes in new[] { true, false })
                {
                    var cells = HostileTexts.Cells(text, delimiters, knowsQuotes);
                    Assert.True(
                        !cells.Any(HostileTexts.CanRun), $"{delimiters} {knowsQuotes}: {cells.Find(HostileTexts.CanRun)}\n in \n{text}");
                }
            }
        },
        iter: 10_000,
        print: file => file.Layout.Options.ToString());

    [Fact]
    public Task Write_GivesCsvHelpersBytes_ForHostileTexts() => HostileTexts.File.SampleAsync(
        async file =>
        {
            var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), file.Layout, file.Rows);
            Assert.Equal(Encoding.UTF8.GetString(CsvOracle.Write(file.Layout, file.Rows)), Encoding.UTF8.GetString(output.ToArray()));
        },
        iter: 5000,
        print: file => file.Layout.Options.ToString());
}
