using System.Text;
using System.Text.Json;
using ExportFunctions.Tests.XlsxReaders;

// Reads every workbook of a folder with each library. Writes a line of JSON for each reader and file, as Node/read.cjs does.
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
string[] files = [.. Directory.GetFiles(args[0], "*.xlsx").Order(StringComparer.Ordinal)];
await using var output = Console.OpenStandardOutput();
foreach (var (reader, read) in Readers.All)
{
    foreach (var file in files)
    {
        object result;
        try
        {
            result = new { reader, file = Path.GetFileName(file), sheets = read(file) };
        }
        catch (Exception fault)
        {
            result = new { reader, file = Path.GetFileName(file), fault = $"{fault.GetType().Name}: {fault.Message}" };
        }

        await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(result, JsonSerializerOptions.Web));
        await output.WriteAsync("\n"u8.ToArray());
    }
}
