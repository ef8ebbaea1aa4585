using ExportFunctions.Formats.Pdf;
using HarfBuzzSharp;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>A native library that is missing shows at the start, with what to do.</summary>
public sealed class NativeLibraryCheckTests
{
    [Fact]
    public void FaultOf_IsNull_WhenTheLibraryLoads() =>
        Assert.Null(NativeLibraryCheck.FaultOf("libHarfBuzzSharp", typeof(Blob).Assembly));

    [Fact]
    public void FaultOf_NamesLibraryPackageAndRemedy_WhenItDoesNot()
    {
        var fault = NativeLibraryCheck.FaultOf("QuestPdfSkia", typeof(Blob).Assembly);

        Assert.Contains("QuestPdfSkia of HarfBuzzSharp can't be loaded on", fault, StringComparison.Ordinal);
        Assert.Contains("publish the app with -r ", fault, StringComparison.Ordinal);
    }
}
