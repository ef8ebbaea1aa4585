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
    public void Add_KeepsTheFirstOfEachField_BeyondAHundredOfAnother()
    {
        var errors = new FieldErrors();
        for (var i = 0; i < 1_000; i++)
            errors.Add($"filter.value[{i}]", "Is wrong.");
        errors.Add("limit", "Is wrong.");
        errors.Add("limit", "Is wrong again.");
        var whole = new FieldErrors();

        whole.AddAll("export", errors);
        whole.Add("name", "Is wrong.");

        Assert.Equal((101, 1), (errors.ByField.Count, errors.ByField["limit"].Length));
        Assert.Equal(102, whole.ByField.Count);
        Assert.Single(whole.ByField["export.limit"]);
        Assert.Single(whole.ByField["name"]);
    }

    [Fact]
    public void Add_KeepsTwoHundred_WhateverTheFields()
    {
        var errors = new FieldErrors();

        for (var i = 0; i < 1_000; i++)
            errors.Add($"field{i}", "Unknown field.");

        Assert.Equal(200, errors.ByField.Count);
    }

    [Fact]
    public void AddAll_AddsNothing_WhenThePartIsFine()
    {
        var errors = new FieldErrors();

        errors.AddAll("export", new FieldErrors());

        Assert.True(errors.IsEmpty);
    }
}
