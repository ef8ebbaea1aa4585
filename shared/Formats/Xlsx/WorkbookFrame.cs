namespace ExportFunctions.Formats.Xlsx;

/// <summary>The parts before the sheets in a package, and those written after all sheets.</summary>
internal static class WorkbookFrame
{
    /// <summary>Writes what stands before the sheets.</summary>
    /// <param name="package">The package, empty.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="plan">What was decided about its columns.</param>
    public static async ValueTask WriteFrontAsync(
        this XlsxPackage package, FileLayout layout, SheetPlan plan, CancellationToken cancellationToken)
    {
        // Programs that tell a file's kind from its first entries look for these names before an "xl/".
        await package.WritePartAsync("_rels/.rels", XlsxParts.PackageRels(), cancellationToken);
        await package.WritePartAsync("docProps/core.xml", XlsxParts.CoreProperties(layout), cancellationToken);
        await package.WritePartAsync("xl/styles.xml", new XlsxStyles(layout.Columns, plan).ToXml(), cancellationToken);
    }

    /// <summary>Writes the sheets' tables, the workbook, and the package's directory, which completes the file.</summary>
    /// <param name="package">The package, with no sheet begun.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="sheets">The sheets, in order.</param>
    public static async ValueTask WriteEndAsync(
        this XlsxPackage package, FileLayout layout, IReadOnlyList<WrittenSheet> sheets, CancellationToken cancellationToken)
    {
        if (layout.Options.Table)
        {
            var titles = SheetTitles.Of(layout);
            for (var i = 0; i < sheets.Count; i++)
                await package.WritePartAsync(
                    SheetTable.Path(sheets[i].Id), SheetTable.Part(i + 1, titles, sheets[i].Rows), cancellationToken);
        }

        await package.WritePartAsync("docProps/app.xml", XlsxParts.ExtendedProperties(), cancellationToken);
        await package.WritePartAsync("xl/workbook.xml", XlsxParts.Workbook(layout, sheets), cancellationToken);
        await package.WritePartAsync("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRels(sheets), cancellationToken);
        await package.WritePartAsync("[Content_Types].xml", XlsxParts.ContentTypes(sheets, layout.Options.Table), cancellationToken);
        await package.CompleteAsync(cancellationToken);
    }
}
