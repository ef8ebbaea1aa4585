using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules.Requests;

public sealed class ScheduleRequestReaderTests
{
    [Fact]
    public void Read_TakesTheDefaults_WhenOnlyTheRequiredFieldsAreGiven()
    {
        var (request, errors) = ScheduleRequests.Read("""{"name":"Students","export":{"dataset":"students"},"frequency":"daily"}""");

        Assert.Empty(errors);
        Assert.NotNull(request);
        Assert.Equal(("Students", "students", "excel"), (request.Name, request.Export.Rows.Dataset.Name, request.Export.Format.Name));
        Assert.Equal((ScheduleFrequency.Daily, "UTC"), (request.Timing.Frequency, request.Timing.TimeZone));
        Assert.Equal(
            (true, MisfirePolicy.RunOnce, 10, 5, false),
            (request.Enabled, request.Misfire, request.MaxCatchUpRuns, request.SuspendAfter, request.AllowOverlap));
        Assert.Equal((null, null), (request.StartsAt, request.EndsAt));
        Assert.Empty(request.Notify);
    }

    [Fact]
    public void Read_TakesEveryField()
    {
        var (request, errors) = ScheduleRequests.Read("""
            {
              "name": "Φοιτητές", "export": {"dataset": "students", "format": "csv", "limit": 10}, "frequency": "weekly", "weekday": "friday",
              "time": "06:30", "timeZone": "Europe/Athens", "enabled": false, "misfire": "catchUp", "catchUpMost": 100, "suspendAfter": 1,
              "startsAt": "2027-01-01T00:00:00+02:00", "endsAt": "2027-12-31T23:59Z", "allowOverlap": true, "notify": ["a@example.org", "b@example.org"]
            }
            """);

        Assert.Empty(errors);
        Assert.NotNull(request);
        Assert.Equal(("Φοιτητές", """{"dataset":"students","format":"csv","limit":10}"""), (request.Name, request.Export.Json));
        Assert.Equal(
            (DayOfWeek.Friday, new TimeOnly(6, 30), "Europe/Athens"),
            (request.Timing.Weekday, request.Timing.Time, request.Timing.TimeZone));
        Assert.Equal(
            (false, MisfirePolicy.CatchUp, 100, 1, true),
            (request.Enabled, request.Misfire, request.MaxCatchUpRuns, request.SuspendAfter, request.AllowOverlap));
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 22, 0, 0, TimeSpan.Zero), request.StartsAt);
        Assert.Equal(
            (TimeSpan.Zero, new DateTimeOffset(2027, 12, 31, 23, 59, 0, TimeSpan.Zero)), (request.StartsAt!.Value.Offset, request.EndsAt));
        Assert.Equal(["a@example.org", "b@example.org"], request.Notify);
    }

    [Fact]
    public void Read_TakesNullForLeftOut()
    {
        var (request, errors) = ScheduleRequests.Read("""
            {
              "name": "Students", "export": {"dataset": "students"}, "frequency": "daily", "time": null, "timeZone": null, "enabled": null, "misfire": null,
              "catchUpMost": null, "suspendAfter": null, "startsAt": null, "endsAt": null, "allowOverlap": null, "notify": null
            }
            """);

        Assert.Empty(errors);
        Assert.Equal((true, 10), (request!.Enabled, request.MaxCatchUpRuns));
    }

    [Theory]
    [InlineData("""{"export":{"dataset":"students"},"frequency":"daily"}""", "name")]
    [InlineData("""{"name":"x","frequency":"daily"}""", "export")]
    [InlineData("""{"name":"x","export":{"dataset":"students"}}""", "frequency")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("\"daily\"", "")]
    public void Read_NamesWhatIsMissing(string body, string field)
    {
        var (request, errors) = ScheduleRequests.Read(body);

        Assert.Null(request);
        Assert.Equal([field], errors.Keys);
    }

    [Theory]
    [InlineData("name", "7")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "\"  \"")]
    [InlineData("name", "\"a\\nb\"")]
    [InlineData("export", "\"students\"")]
    [InlineData("export", "[]")]
    [InlineData("frequency", "\"DAILY\"")]
    [InlineData("frequency", "\"yearly\"")]
    [InlineData("frequency", "1")]
    [InlineData("time", "\"25:00\"")]
    [InlineData("time", "600")]
    [InlineData("timeZone", "\"Mars/Olympus\"")]
    [InlineData("timeZone", "2")]
    [InlineData("minute", "5")]
    [InlineData("weekday", "\"monday\"")]
    [InlineData("dayOfMonth", "1")]
    [InlineData("cron", "\"* * * * *\"")]
    [InlineData("enabled", "\"yes\"")]
    [InlineData("enabled", "1")]
    [InlineData("misfire", "\"RunOnce\"")]
    [InlineData("misfire", "true")]
    [InlineData("catchUpMost", "0")]
    [InlineData("catchUpMost", "101")]
    [InlineData("catchUpMost", "\"10\"")]
    [InlineData("catchUpMost", "1.5")]
    [InlineData("suspendAfter", "-1")]
    [InlineData("suspendAfter", "99999999999")]
    [InlineData("startsAt", "\"2027-01-01\"")]
    [InlineData("startsAt", "\"2027-01-01T00:00:00\"")]
    [InlineData("startsAt", "\"01/02/2027 10:00 +02:00\"")]
    [InlineData("startsAt", "\"2027-02-30T00:00:00Z\"")]
    [InlineData("endsAt", "20270101")]
    [InlineData("endsAt", "\"2027-01-01T00:00:00+25:00\"")]
    [InlineData("allowOverlap", "\"no\"")]
    [InlineData("notify", "\"a@example.org\"")]
    [InlineData("notify", "{}")]
    [InlineData("owner", "\"me\"")]
    public void Read_NamesTheBadField_AndSaysWhatWasExpected(string field, string value)
    {
        var body = $$"""{{{(field is "name" ? "" : "\"name\":\"x\",")}}{{(field is "export" ? "" : "\"export\":{\"dataset\":\"students\"},")}}{{(field is "frequency" ? "" : "\"frequency\":\"daily\",")}}"{{field}}":{{value}}}""";

        var (request, errors) = ScheduleRequests.Read(body);

        Assert.Null(request);
        Assert.Equal([field], errors.Keys);
        Assert.All(errors[field], message => Assert.EndsWith(".", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TakesANameOf100Characters_AndNotOneOf101()
    {
        var (longest, _) =
            ScheduleRequests.Read($$"""{"name":"{{new string('a', 100)}}","export":{"dataset":"students"},"frequency":"daily"}""");
        var (_, errors) =
            ScheduleRequests.Read($$"""{"name":"{{new string('a', 101)}}","export":{"dataset":"students"},"frequency":"daily"}""");

        Assert.NotNull(longest);
        Assert.Contains("1 to 100 characters", Assert.Single(errors["name"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2027-01-01T01:00:00+02:00", "2026-12-31T23:00:00Z")]
    [InlineData("2027-01-01T01:00:00-02:00", "2027-01-01T02:30:00Z")]
    public void Read_WantsTheEndAfterTheStart(string startsAt, string endsAt)
    {
        var (_, errors) = ScheduleRequests.Read(
            $$"""{"name":"x","export":{"dataset":"students"},"frequency":"daily","startsAt":"{{startsAt}}","endsAt":"{{endsAt}}"}""");

        Assert.Equal(["endsAt"], errors.Keys);
    }

    [Theory]
    [InlineData("""{"format":"csv"}""", "export.dataset")]
    [InlineData("""{"dataset":"nobody"}""", "export.dataset")]
    [InlineData("""{"entity":"students","dataset":"students"}""", "export.entity")]
    [InlineData("""{"dataset":"students","format":"docx"}""", "export.format")]
    [InlineData("""{"dataset":"students","columns":["id","x"]}""", "export.columns[1]")]
    [InlineData("""{"dataset":"students","filter":{"and":[{"column":"id","op":"like","value":1}]}}""", "export.filter.and[0].op")]
    [InlineData("""{"dataset":"students","sort":["-x"]}""", "export.sort[0]")]
    [InlineData("""{"dataset":"students","fileName":"a/b"}""", "export.fileName")]
    [InlineData("""{"dataset":"students","limit":-1}""", "export.limit")]
    [InlineData("""{"dataset":"students","options":{"timeZone":"Mars"}}""", "export.options.timeZone")]
    [InlineData("""{"dataset":"students","name":"x"}""", "export.name")]
    public void Read_NamesWhatIsWrongInTheExport_UnderItsPath(string export, string field)
    {
        var (request, errors) = ScheduleRequests.Read($$"""{"name":"x","export":{{export}},"frequency":"daily"}""");

        Assert.Null(request);
        Assert.Equal([field], errors.Keys);
    }

    [Theory]
    [InlineData("startsAt", "0001-01-01T00:00:00Z")]
    [InlineData("startsAt", "0001-01-01T00:00:00+14:00")]
    [InlineData("startsAt", "1999-12-31T23:59:59Z")]
    [InlineData("startsAt", "2400-01-01T00:00:00Z")]
    [InlineData("startsAt", "9999-12-31T23:59:59Z")]
    [InlineData("startsAt", "9999-12-31T23:59:59.9999999-14:00")]
    [InlineData("endsAt", "0001-01-01T00:00:00+14:00")]
    [InlineData("endsAt", "9999-12-31T23:59:59Z")]
    [InlineData("endsAt", "9999-12-31T23:59:59-00:01")]
    public void Read_NamesTheField_AtTheEndsOfTime(string field, string instant)
    {
        foreach (var timing in new[] { "\"frequency\":\"daily\"", "\"frequency\":\"custom\",\"cron\":\"0 * * * *\"", "\"frequency\":\"hourly\",\"timeZone\":\"Pacific/Apia\"" })
        {
            var (request, errors) = ScheduleRequests.Read(
                $$"""{"name":"x","export":{"dataset":"students"},{{timing}},"{{field}}":"{{instant}}"}""");

            Assert.Null(request);
            Assert.Equal([field], errors.Keys);
        }
    }

    [Theory]
    [InlineData("\"endsAt\":\"2026-08-31T00:00:00Z\"", "endsAt", "Lies in the past")]
    [InlineData("\"endsAt\":\"2026-09-01T08:00:00Z\"", "endsAt", "Lies in the past")]
    [InlineData("\"endsAt\":\"2026-08-31T00:00:00Z\",\"enabled\":false", "endsAt", "Lies in the past")]
    [InlineData("\"endsAt\":\"2026-09-01T23:00:00Z\"", "endsAt", "the first time from its start on is 2026-09-02T00:00:00Z")]
    [InlineData("\"startsAt\":\"2027-01-01T01:00:00Z\",\"endsAt\":\"2027-01-01T23:00:00Z\"", "endsAt", "the first time from its start "
        + "on is 2027-01-02T00:00:00Z")]
    public void Read_RefusesASchedule_ThatWouldNeverBeDue(string limits, string field, string message)
    {
        var (request, errors) = ScheduleRequests.Read($$"""{"name":"x","export":{"dataset":"students"},"frequency":"daily",{{limits}}}""");

        Assert.Null(request);
        Assert.Contains(message, Assert.Single(errors[field]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"startsAt\":\"2027-01-01T00:00:00Z\",\"endsAt\":\"2027-01-01T00:00:01Z\"")]
    [InlineData("\"startsAt\":\"2000-01-01T00:00:00Z\",\"endsAt\":\"2026-09-02T00:00:00Z\"")]
    [InlineData("\"startsAt\":\"2399-12-30T00:00:00Z\"")]
    public void Read_TakesASchedule_ThatIsDueOnce(string limits)
    {
        var (request, errors) = ScheduleRequests.Read($$"""{"name":"x","export":{"dataset":"students"},"frequency":"daily",{{limits}}}""");

        Assert.Empty(errors);
        Assert.NotNull(request);
    }

    [Fact]
    public void Read_SaysEverythingAtOnce()
    {
        var (_, errors) = ScheduleRequests.Read("""
            {"name":"","export":{"dataset":"students","format":"docx","limit":-1},"frequency":"yearly","misfire":"all","catchUpMost":0,"suspendAfter":101,
             "startsAt":"soon","endsAt":"later","enabled":0,"allowOverlap":0,"notify":["x"],"more":1}
            """);

        Assert.Equal(
            ["allowOverlap", "catchUpMost", "enabled", "endsAt", "export.format", "export.limit", "frequency", "misfire", "more", "name", "notify[0]", "startsAt", "suspendAfter"],
            errors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_NamesAFieldThatIsGivenTwice()
    {
        var (_, errors) =
            ScheduleRequests.Read("""{"name":"x","export":{"dataset":"students"},"frequency":"daily","name":"y","frequency":"hourly"}""");

        Assert.Equal(["frequency", "name"], errors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_TakesTheEarlierNames_InTheExportAndForTheFrequency()
    {
        var (request, errors) = ScheduleRequests.Read(
            """{"name":"x","export":{"entity":"students","export_format":"pdf","file_name":"all"},"frequency":"MONTHLY","dayOfMonth":31}""",
            RequestNames.ImportExport);

        Assert.Empty(errors);
        Assert.Equal("""{"dataset":"students","format":"pdf","fileName":"all.pdf"}""", request!.Export.Json);
        Assert.Equal((ScheduleFrequency.Monthly, 31), (request.Timing.Frequency, request.Timing.DayOfMonth));
    }

    [Theory]
    [InlineData("\"Daily\"", "frequency")]
    [InlineData("\"YEARLY\"", "frequency")]
    public void Read_TakesNoOtherSpelling_UnderTheEarlierNames(string frequency, string field)
    {
        var (_, errors) =
            ScheduleRequests.Read($$"""{"name":"x","export":{"entity":"students"},"frequency":{{frequency}}}""", RequestNames.ImportExport);

        Assert.Equal([field], errors.Keys);
    }
}
