using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Tests.Local.Seeding;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Datasets.Identity;

public sealed class DatasetIdentityTests : IDisposable
{
    private const string Plain = """
        {
          "sources": { "registry": { "provider": "postgres", "connectionString": "Host=db.example.org;Database=registry;Username=reader;Password=%SECRET%" } },
          "datasets": [
            { "name": "courses", "source": "registry", "table": "public.courses", "key": ["id"],
              "columns": [{ "name": "id", "type": "integer" }, { "name": "fee", "type": "decimal", "scale": 2 }] }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"datasets\": [", "// A comment.\n \"datasets\":    [")]
    [InlineData("Username=reader;Password=%SECRET%", "Username=writer;Password=other")]
    [InlineData("Password=%SECRET%",
        "Password=%SECRET%;Timeout=90;Command Timeout=600;Maximum Pool Size=4;SSL Mode=Require;Application Name=x")]
    [InlineData("Host=db.example.org;Database=registry", "Server=DB.Example.org;Port=5432;Database=registry")]
    [InlineData("\"registry\": {", "\"other\": { \"provider\": \"sqlite\", \"connectionString\": \"Data Source=x.db\" }, \"registry\": {")]
    [InlineData("{ \"name\": \"courses\",", "{ \"name\": \"a\", \"source\": \"registry\", \"table\": \"a\", \"key\": [\"id\"], \"columns\": [{ \"name\": \"id\", \"type\": \"integer\" }] }, { \"name\": \"courses\",")]
    [InlineData("{ \"name\": \"id\", \"type\": \"integer\" }", "{ \"type\": \"integer\", \"name\": \"id\" }")]
    [InlineData("registry", "renamed", "\"source\": \"registry\"", "\"source\": \"renamed\"", "\"registry\": {", "\"renamed\": {")]
    public void Identity_IsTheSame_WhenOnlyTheFileOrTheWayToTheDataIsAnother(string from, string to, params string[] more)
    {
        var changed = more.Length == 0 ? Plain.Replace(from, to, StringComparison.Ordinal) : Plain.Replace(
            more[0], more[1], StringComparison.Ordinal).Replace(more[2], more[3], StringComparison.Ordinal);

        Assert.NotEqual(Plain, changed);
        Assert.True(Courses(Plain).IsSameAs(Courses(changed)));
        Assert.Equal(Courses(Plain).Key, Courses(changed).Key);
    }

    [Theory]
    [InlineData("Database=registry", "Database=archive")]
    [InlineData("Host=db.example.org", "Host=db2.example.org")]
    [InlineData("Host=db.example.org", "Host=db.example.org;Port=5433")]
    [InlineData("Username=reader", "Username=reader;Search Path=winter")]
    [InlineData("Username=reader", "Username=reader;Options=-c search_path=winter")]
    public void Source_IsAnother_WhenTheDataLiesElsewhere(string from, string to)
    {
        var changed = Courses(Plain.Replace(from, to, StringComparison.Ordinal));

        Assert.NotEqual(Courses(Plain).Source, changed.Source);
        Assert.Equal(Courses(Plain).Definition, changed.Definition);
        Assert.False(Courses(Plain).IsSameAs(changed));
    }

    [Theory]
    [InlineData("public.courses", "winter.courses")]
    [InlineData("\"table\": \"public.courses\"", "\"query\": \"select * from public.courses\"")]
    [InlineData("\"key\": [\"id\"]", "\"key\": [\"fee\"]")]
    [InlineData("\"name\": \"fee\", ", "\"name\": \"price\", ")]
    [InlineData("\"type\": \"integer\"", "\"type\": \"identifier\"")]
    [InlineData("\"scale\": 2", "\"scale\": 3")]
    [InlineData("\"name\": \"fee\", ", "\"name\": \"fee\", \"column\": \"net_fee\", ")]
    [InlineData("\"name\": \"fee\", ", "\"name\": \"fee\", \"title\": \"Fee\", ")]
    public void Definition_IsAnother_WhenTheDatasetIs(string from, string to)
    {
        var changed = Courses(Plain.Replace(from, to, StringComparison.Ordinal));

        Assert.NotEqual(Courses(Plain).Definition, changed.Definition);
        Assert.Equal(Courses(Plain).Source, changed.Source);
    }

    [Fact]
    public void Definition_FollowsEverySettingOfADatasetAndItsColumns()
    {
        var column = new DatasetColumn { Name = "id", Title = "ID", Type = ColumnType.Integer, SqlName = "id" };
        var dataset = new Dataset
        {
            Name = "courses",
            Title = "Courses",
            Source = "registry",
            Table = ["courses"],
            Key = [column],
            Columns = [column],
        };
        var plain = DefinitionText.Of(dataset);

        foreach (var property in typeof(DatasetColumn).GetProperties().Where(property => property.CanWrite))
        {
            var changed = column with { };
            property.SetValue(changed, Another(property.PropertyType, property.GetValue(column)));
            Assert.True(plain != DefinitionText.Of(dataset with { Columns = [changed] }), $"{property.Name} of a column does not count.");
        }

        Assert.NotEqual(plain, DefinitionText.Of(dataset with { Query = "select 1" }));
    }

    [Theory]
    [InlineData("sqlite", "Data Source=/data/winter/school.db;Mode=ReadOnly", "sqlite winter/school.db")]
    [InlineData("postgres", "Host=db.example.org;Database=registry;Username=reader;Password=hidden", "postgres db.example.org/registry")]
    [InlineData("postgres", "Host=db.example.org;Username=reader;Password=hidden", "postgres db.example.org/reader")]
    public void Words_NameTheSource_AndHoldNoSecret(string provider, string connectionString, string expected)
    {
        var identity = Courses(Plain.Replace("\"provider\": \"postgres\"", $"\"provider\": \"{provider}\"", StringComparison.Ordinal)
            .Replace("Host=db.example.org;Database=registry;Username=reader;Password=%SECRET%", connectionString,
                StringComparison.Ordinal));

        Assert.Equal(expected, identity.SourceInWords);
        Assert.Equal($"the dataset \"courses\" of registry.datasets.json ({expected})", identity.InWords);
    }

    [Fact]
    public void Source_IsTheSame_ForTheServersOfOneDatabaseInAnyOrder_AndForTheNamesOfThisMachine()
    {
        var one = new DataSource("x", SourceProvider.Postgres, "Host=b.example.org,a.example.org:5433;Database=d");
        var other = new DataSource("y", SourceProvider.Postgres, "Host=a.example.org:5433,b.example.org:5432;Database=d");
        var named = new DataSource("x", SourceProvider.Postgres, "Host=localhost;Database=d");
        var numbered = new DataSource("x", SourceProvider.Postgres, "Host=127.0.0.1;Database=d");

        Assert.Equal(SourceIdentity.CanonicalText(one), SourceIdentity.CanonicalText(other));
        Assert.Equal(SourceIdentity.CanonicalText(named), SourceIdentity.CanonicalText(numbered));
    }

    private static object? Another(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var known when known == typeof(string) => value + "x",
        var known when known == typeof(int) => ((int?)value ?? 0) + 1,
        var known when known == typeof(double) => ((double?)value ?? 0) + 1,
        var known when known == typeof(bool) => !((bool?)value ?? false),
        var known when known.IsEnum => Enum.GetValues(known).Cast<object>().First(
            other => !other.Equals(value) && Convert.ToInt32(other, System.Globalization.CultureInfo.InvariantCulture) != 0),
        var known => throw new NotSupportedException($"Say here what else a {known.Name} may be."),
    };

    private DatasetIdentity Courses(string json)
    {
        var path = _folder.File("registry.datasets.json");
        File.WriteAllText(path, json);
        var catalog = DatasetsFileReader.Read(path, new ConfigurationBuilder().AddInMemoryCollection([new("SECRET", "hidden")]).Build());
        return catalog.IdentityOf(catalog.Find("courses")!);
    }
}
