using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Problems;

public sealed class FieldErrorsTests
{
    [Fact]
    public void AddAll_PutsErrorsUnderTheirPart()
    {
        var part = new FieldErrors();
        part.Add("", "Must be an object.");
        part.Add("format", "Must be one of csv, pdf.");
        part.Add("format", "Is given twice.");
        var errors = new FieldErrors();

        errors.AddAll("export", part);

        Assert.Equal(["export", "export.format"], errors.ByField.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["Must be one of csv, pdf.", "Is given twice."], errors.ByField["export.format"]);
    }

    [Fact]
    public void AddAll_AddsNothing_WhenThePartIsFine()
    {
        var errors = new FieldErrors();

        errors.AddAll("export", new FieldErrors());

        Assert.True(errors.IsEmpty);
    }
}
