using System.Globalization;
using System.Security;
using System.Text;
using System.Xml.Linq;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The small parts of a workbook.</summary>
internal static class XlsxParts
{
    /// <summary>The namespace of the parts.</summary>
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Creator = "ExportFunctions";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static readonly XNamespace PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace ContentTypesNamespace = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>The part name of a sheet.</summary>
    /// <param name="id">What it is called by.</param>
    public static string SheetPath(int id) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{id}.xml");

    /// <summary>The part name of a sheet's relationships.</summary>
    /// <param name="id">What the sheet's part is called by.</param>
    public static string SheetRelsPath(int id) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/_rels/sheet{id}.xml.rels");

    /// <summary>The package's relationships.</summary>
    public static string PackageRels() => Rels(
        (Relationships + "/officeDocument", "xl/workbook.xml"),
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        (Relationships + "/extended-properties", "docProps/app.xml"));

    /// <summary>The workbook's relationships: its sheets first, so that their ids are their numbers.</summary>
    /// <param name="sheets">The sheets, in order.</param>
    public static string WorkbookRels(IReadOnlyList<WrittenSheet> sheets) => Rels(
        [.. sheets.Select(
            sheet => (Relationships + "/worksheet", SheetPath(sheet.Id)["xl/".Length..])), (Relationships + "/styles", "styles.xml")]);

    /// <summary>The content types of all parts.</summary>
    /// <param name="sheets">The sheets, in order.</param>
    /// <param name="tables">Whether each has a table.</param>
    public static string ContentTypes(IReadOnlyList<WrittenSheet> sheets, bool tables)
    {
        var types = new XElement(
            ContentTypesNamespace + "Types",
            Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            Default("xml", "application/xml"));
        types.Add(Override("xl/workbook.xml", Spreadsheet + "sheet.main+xml"), Override("xl/styles.xml", Spreadsheet + "styles+xml"));
        foreach (var sheet in sheets)
        {
            types.Add(Override(SheetPath(sheet.Id), Spreadsheet + "worksheet+xml"));
            if (tables)
                types.Add(Override(SheetTable.Path(sheet.Id), Spreadsheet + "table+xml"));
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
    public static string ExtendedProperties() => $"<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>{Creator}</Application></Properties>";

    /// <summary>A text as it stands in an attribute or element.</summary>
    /// <param name="text">Characters that XML can hold.</param>
    public static string Escape(string text) => SecurityElement.Escape(text);

    /// <summary>The workbook: its sheets, their filters, and the header as print title.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="written">The sheets, in order.</param>
    public static string Workbook(FileLayout layout, IReadOnlyList<WrittenSheet> written)
    {
        var (sheets, names) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < written.Count; i++)
        {
            var name = SheetNames.Of(layout.Title, i + 1);
            sheets.Append(CultureInfo.InvariantCulture, $"<sheet name=\"{Escape(name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>");

            var quoted = Escape($"'{name.Replace("'", "''", StringComparison.Ordinal)}'");
            if (!layout.Options.Table)
                names.Append(CultureInfo.InvariantCulture, $"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\""
                    + $" hidden=\"1\">{quoted}!$A$1:${SheetColumn.LettersOf(layout.Columns.Count - 1)}${written[i].Rows}</definedName>");

            names.Append(
                CultureInfo.InvariantCulture,
                $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{i}\">{quoted}!$1:$1</definedName>");
        }

        // Some readers take the properties for granted.
        return $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationships}\"><workbookPr/><bookViews><workbookView/></bookViews><sheets>{sheets}</sheets><definedNames>{names}</definedNames></workbook>";
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
