
namespace ExportFunctions.Tests.XlsxReaders;

/// <summary>A sheet as a reader found it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Its cells: <c>s:</c>, <c>n:</c>, <c>b:</c> or <c>d:</c> and the value; null for none.</param>
internal sealed record SheetRows(string Name, IReadOnlyList<IReadOnlyList<string?>> Rows);
