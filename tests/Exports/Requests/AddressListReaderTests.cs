using ExportFunctions.Tests.Schedules.Requests;

namespace ExportFunctions.Tests.Exports.Requests;

public sealed class AddressListReaderTests
{
    [Theory]
    [InlineData("registrar@example.org")]
    [InlineData("first.last+exports@mail.example.co.uk")]
    public void Read_TakesAnAddress(string address)
    {
        var (request, errors) = Read($"[\"{address}\"]");

        Assert.Empty(errors);
        Assert.Equal([address], request!);
    }

    [Theory]
    [InlineData("\"registrar\"")]
    [InlineData("\"@example.org\"")]
    [InlineData("\"registrar@\"")]
    [InlineData("\"registrar@localhost\"")]
    [InlineData("\"registrar@example..org\"")]
    [InlineData("\"registrar@[10.0.0.1]\"")]
    [InlineData("\"Registrar <registrar@example.org>\"")]
    [InlineData("\"a@example.org,b@example.org\"")]
    [InlineData("\"a@example.org\\r\\nBcc: b@example.org\"")]
    [InlineData("\" a@example.org\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Read_NamesWhatIsNoAddress(string item)
    {
        var (request, errors) = Read($"[\"registrar@example.org\", {item}]");

        Assert.Null(request);
        Assert.Equal(["notify[1]"], errors.Keys);
    }

    [Fact]
    public void Read_NamesAnAddressThatIsGivenTwice()
    {
        var (_, errors) = Read("""["a@example.org", "b@example.org", "A@example.org"]""");

        Assert.Equal(["notify[2]"], errors.Keys);
    }

    [Fact]
    public void Read_TakesTwentyAddresses_AndNotOneMore()
    {
        var (twenty, _) = Read(List(20));
        var (_, errors) = Read(List(21));

        Assert.Equal(20, twenty!.Count);
        Assert.Equal(["notify"], errors.Keys);
    }

    [Fact]
    public void Read_TakesAnAddressOf254Characters_AndNotOneMore()
    {
        var (longest, _) = Read($"[\"{Long(254)}\"]");
        var (_, errors) = Read($"[\"{Long(255)}\"]");

        Assert.NotNull(longest);
        Assert.Equal(["notify[0]"], errors.Keys);
    }

    private static string Long(int length) => $"{new string('a', length - "@example.org".Length)}@example.org";

    private static string List(int count) => $"[{string.Join(", ", Enumerable.Range(1, count).Select(n => $"\"person{n}@example.org\""))}]";

    private static (IReadOnlyList<string>? Notify, IReadOnlyDictionary<string, string[]> Errors) Read(string notify)
    {
        var (request, errors) =
            ScheduleRequests.Read($$"""{"name":"x","export":{"dataset":"students"},"frequency":"daily","notify":{{notify}}}""");
        return (request?.Notify, errors);
    }
}
