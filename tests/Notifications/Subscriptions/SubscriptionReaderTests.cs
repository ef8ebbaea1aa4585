namespace ExportFunctions.Tests.Notifications.Subscriptions;

public sealed class SubscriptionReaderTests
{
    [Fact]
    public void Read_TakesAllOfIt()
    {
        var (request, errors) = SubscriptionRequests.Read(
            """{"name":"Failures","to":["a@example.org"],"events":["export.failed","report.weekly"],"datasets":["students"],"formats":["pdf"],"enabled":false}""");

        Assert.Empty(errors);
        Assert.Equal(("Failures", false), (request!.Name, request.Enabled));
        Assert.Equal(["a@example.org"], request.To);
        Assert.Equal(["export.failed", "report.weekly"], request.Filter.Events);
        Assert.Equal(["students"], request.Filter.Datasets);
        Assert.Equal(["pdf"], request.Filter.Formats);
    }

    [Fact]
    public void Read_KeepsTheNamesOfFormats_WhateverTheyAreCalledBy()
    {
        var (request, errors) = SubscriptionRequests.Read("""{"name":"Files","to":["a@example.org"],"formats":["XLSX","Csv"]}""");

        Assert.Empty(errors);
        Assert.Equal(["excel", "csv"], request!.Filter.Formats);
    }

    [Fact]
    public void Read_FindsAFormatGivenTwice_UnderTwoNames()
    {
        var (_, errors) = SubscriptionRequests.Read("""{"name":"Files","to":["a@example.org"],"formats":["excel","xlsx"]}""");

        Assert.Equal(["formats[1]"], errors.Keys);
    }

    [Fact]
    public void Read_StandsForEverything_WhenNothingIsChosen()
    {
        var (request, errors) =
            SubscriptionRequests.Read("""{"name":"All","to":["a@example.org"],"events":null,"datasets":[],"enabled":null}""");

        Assert.Empty(errors);
        Assert.True(request!.Enabled);
        Assert.Empty(request.Filter.Events);
        Assert.Empty(request.Filter.Datasets);
        Assert.Empty(request.Filter.Formats);
    }

    [Theory]
    [InlineData("7", "")]
    [InlineData("""{"to":["a@example.org"]}""", "name")]
    [InlineData("""{"name":" ","to":["a@example.org"]}""", "name")]
    [InlineData("""{"name":"a\nb","to":["a@example.org"]}""", "name")]
    [InlineData("""{"name":"x"}""", "to")]
    [InlineData("""{"name":"x","to":[]}""", "to")]
    [InlineData("""{"name":"x","to":"a@example.org"}""", "to")]
    [InlineData("""{"name":"x","to":["nobody"]}""", "to[0]")]
    [InlineData("""{"name":"x","to":["a@example.com"]}""", "to[0]")]
    [InlineData("""{"name":"x","to":["a@example.org"],"events":"export.failed"}""", "events")]
    [InlineData("""{"name":"x","to":["a@example.org"],"events":["export.done"]}""", "events[0]")]
    [InlineData("""{"name":"x","to":["a@example.org"],"events":[7]}""", "events[0]")]
    [InlineData("""{"name":"x","to":["a@example.org"],"datasets":["student"]}""", "datasets[0]")]
    [InlineData("""{"name":"x","to":["a@example.org"],"formats":["pdf","pdf"]}""", "formats[1]")]
    [InlineData("""{"name":"x","to":["a@example.org"],"enabled":1}""", "enabled")]
    [InlineData("""{"name":"x","to":["a@example.org"],"more":1}""", "more")]
    [InlineData("""{"name":"x","name":"y","to":["a@example.org"]}""", "name")]
    public void Read_NamesTheField_ThatIsWrong(string json, string field)
    {
        var (request, errors) = SubscriptionRequests.Read(json, "example.org");

        Assert.Null(request);
        Assert.Equal([field], errors.Keys);
    }

    [Fact]
    public void Read_SuggestsTheNameThatWasMeant()
    {
        var (_, errors) = SubscriptionRequests.Read("""{"name":"x","to":["a@example.org"],"datasets":["student"]}""");

        Assert.Contains("students", errors["datasets[0]"][0], StringComparison.Ordinal);
    }
}
