using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.ExtendedProperties;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The small parts of a workbook.</summary>
internal static class XlsxParts
{
    private const string Creator = "ExportFunctions";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static readonly XNamespace PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace ContentTypesNamespace = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>The part name of a sheet.</summary>
    /// <param name="id">What it is called by.</param>
    public static string SheetPath(int id) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{id}.xml");

    /// <summary>The package's relationships.</summary>
    public static string PackageRels() => Rels(
        (Relationships + "/officeDocument", "xl/workbook.xml"),
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        (Relationships + "/extended-properties", "docProps/app.xml"));

    /// <summary>The workbook's relationships: its sheets first, so that their ids are their numbers.</summary>
    /// <param name="sheets">The sheets, in order.</param>
    public static string WorkbookRels(IReadOnlyList<WrittenSheet> sheets) => Rels(
        [.. sheets.Select(sheet => (Relationships + "/worksheet", SheetPath(sheet.Id)["xl/".Length..])), (Relationships + "/styles", "styles.xml")]);

    /// <summary>The content types of all parts.</summary>
    /// <param name="sheets">The sheets, in order.</param>
    /// <param name="tables">Whether each has a table.</param>
    public static string ContentTypes(IReadOnlyList<WrittenSheet> sheets, bool tables)
    {
        var types = new XElement(ContentTypesNamespace + "Types", Default("rels", "application/vnd.openxmlformats-package.relationships+xml"), Default("xml", "application/xml"));
        types.Add(Override("xl/workbook.xml", Spreadsheet + "sheet.main+xml"), Override("xl/styles.xml", Spreadsheet + "styles+xml"));
        for (var i = 0; i < sheets.Count; i++)
        {
            types.Add(Override(SheetPath(sheets[i].Id), Spreadsheet + "worksheet+xml"));
            if (tables)
                types.Add(Override(SheetTable.Path(i + 1), Spreadsheet + "table+xml"));
        }

        types.Add(Override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"));
        types.Add(Override("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"));
        return types.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The document's title, creator and time.</summary>
    /// <param name="layout">What the file looks like.</param>
    public static string CoreProperties(FileLayout layout)
    {
        XNamespace core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        XNamespace dc = "http://purl.org/dc/elements/1.1/";
        XNamespace terms = "http://purl.org/dc/terms/";
        XNamespace xsi = "http://www.w3.org/2001/XMLSchema-instance";
        var time = layout.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return new XElement(
            core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", core.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dc", dc.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dcterms", terms.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "xsi", xsi.NamespaceName),
            new XElement(dc + "title", Printable(layout.Title)),
            new XElement(dc + "creator", Creator),
            new XElement(terms + "created", new XAttribute(xsi + "type", "dcterms:W3CDTF"), time),
            new XElement(terms + "modified", new XAttribute(xsi + "type", "dcterms:W3CDTF"), time)).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The program's name.</summary>
    public static Properties ExtendedProperties() => new(new Application(Creator));

    /// <summary>The workbook: its sheets, their filters, and the header as print title.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="written">The sheets, in order.</param>
    public static Workbook Workbook(FileLayout layout, IReadOnlyList<WrittenSheet> written)
    {
        var sheets = new Sheets();
        var names = new DefinedNames();
        for (var i = 0; i < written.Count; i++)
        {
            var name = SheetNames.Of(layout.Title, i + 1);
            sheets.Append(new Sheet { Name = name, SheetId = (uint)i + 1, Id = string.Create(CultureInfo.InvariantCulture, $"rId{i + 1}") });

            var quoted = $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
            var last = string.Create(CultureInfo.InvariantCulture, $"${SheetColumn.LettersOf(layout.Columns.Count - 1)}${written[i].Rows}");
            if (!layout.Options.Table)
                names.Append(new DefinedName($"{quoted}!$A$1:{last}") { Name = "_xlnm._FilterDatabase", LocalSheetId = (uint)i, Hidden = true });

            names.Append(new DefinedName($"{quoted}!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i });
        }

        var workbook = new Workbook(new BookViews(new WorkbookView()), sheets, names);
        workbook.AddNamespaceDeclaration("r", Relationships);
        return workbook;
    }

    /// <summary>A relationships part; the ids are rId1 and so on.</summary>
    public static string Rels(params ReadOnlySpan<(string Type, string Target)> targets)
    {
        var root = new XElement(PackageRelationships + "Relationships");
        for (var i = 0; i < targets.Length; i++)
        {
            root.Add(new XElement(
                PackageRelationships + "Relationship",
                new XAttribute("Id", string.Create(CultureInfo.InvariantCulture, $"rId{i + 1}")),
                new XAttribute("Type", targets[i].Type),
                new XAttribute("Target", targets[i].Target)));
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Default(string extension, string type) =>
        new(ContentTypesNamespace + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private static XElement Override(string path, string type) =>
        new(ContentTypesNamespace + "Override", new XAttribute("PartName", "/" + path), new XAttribute("ContentType", type));

    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            printable.Append(rune.Value is 0xFFFE or 0xFFFF || Rune.IsControl(rune) ? " " : rune.ToString());

        return printable.ToString();
    }
}
