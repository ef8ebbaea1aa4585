using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Definitions;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Datasets.Definitions;

public sealed class DatasetsFileReaderTests : IDisposable
{
    private const string Good = """
        {
          // Comments and trailing commas are fine.
          "sources": {
            "school": { "provider": "sqlite", "connectionString": "Data Source=../.local/school.db" },
            "archive": { "provider": "postgres", "connectionString": "Host=localhost;Database=archive;Username=reader;Password=%ArchivePassword%" },
          },
          "datasets": [
            {
              "name": "students", "title": "Students", "source": "school", "table": "students", "key": ["id"],
              "columns": [
                { "name": "id", "type": "integer" },
                { "name": "studentNumber", "title": "Student number", "type": "identifier", "column": "student_no", "width": 12 },
                { "name": "grade", "title": "Grade", "type": "decimal", "scale": 2, "format": "0.00" },
              ],
            },
            { "name": "old-grades", "source": "archive", "table": "school.grades", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] },
            { "name": "recent", "source": "archive", "query": "select id from school.grades", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] },
          ],
        }
        """;

    private const string GoodColumns = """[{ "name": "id", "type": "integer" }]""";

    private readonly string _folder = Directory.CreateTempSubdirectory("exports-definitions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_ReadsSourcesDatasetsAndColumns_WhenTheFileIsGood()
    {
        var catalog = Read(Good, ("ArchivePassword", "s3;cret"));

        Assert.Equal(["students", "old-grades", "recent"], catalog.Datasets.Select(dataset => dataset.Name));
        var students = catalog.Find("students")!;
        Assert.Equal(["students"], students.Table);
        Assert.Equal("id", students.Columns[0].Title);
        Assert.Same(students.Columns[0], Assert.Single(students.Key));
        Assert.Equal(
            new DatasetColumn
            {
                Name = "studentNumber",
                Title = "Student number",
                Type = ColumnType.Identifier,
                SqlName = "student_no",
                Width = 12,
            },
            students.Columns[1]);
        Assert.Equal(
            new DatasetColumn
            {
                Name = "grade",
                Title = "Grade",
                Type = ColumnType.Decimal,
                SqlName = "grade",
                Scale = 2,
                NumberFormat = "0.00",
            },
            students.Columns[2]);
        Assert.Equal(["school", "grades"], catalog.Find("old-grades")!.Table);
        Assert.Equal("select id from school.grades", catalog.Find("recent")!.Query);
    }

    [Fact]
    public void Read_StartsRelativePathsFromTheFilesFolder_AndOpensSqliteReadOnly()
    {
        var source = Read(Good, ("ArchivePassword", "x")).Sources[0];

        Assert.Contains(
            $"Data Source={Path.GetFullPath(Path.Combine(_folder, "..", ".local", "school.db"))}",
            source.ConnectionString,
            StringComparison.Ordinal);
        Assert.Contains("Mode=ReadOnly", source.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TakesWhatIsSaidOfUnreadableValues_ForADatasetAndItsColumns()
    {
        var columns = Read(OneDataset("""
            { "name": "students", "source": "school", "table": "t", "key": ["id"], "onUnreadable": "text", "emptyText": "unreadable", "columns": [
                { "name": "id", "type": "integer" },
                { "name": "born", "type": "date", "stored": "julianDay", "onUnreadable": "null", "emptyText": "null" } ] }
            """)).Datasets[0].Columns;

        Assert.Equal(
            (UnreadableValue.Text, EmptyText.Unreadable, null), (columns[0].OnUnreadable, columns[0].EmptyText, columns[0].Stored));
        Assert.Equal(
            (UnreadableValue.Null, EmptyText.Null, StoredForm.JulianDay),
            (columns[1].OnUnreadable, columns[1].EmptyText, columns[1].Stored));
    }

    [Fact]
    public void Read_KeepsASettingsValueWhole_WhenItHoldsDelimiters()
    {
        var source = Read(Good, ("ArchivePassword", "s3;cret'\"=%x%")).Sources[1];

        Assert.Equal("s3;cret'\"=%x%", new Npgsql.NpgsqlConnectionStringBuilder(source.ConnectionString).Password);
    }

    [Fact]
    public void Read_NamesTheSetting_WhenItHasNoValue()
    {
        var thrown = Assert.Throws<DatasetsFileException>(() => Read(Good));

        Assert.Contains(
            "source 'archive': connectionString refers to the setting 'ArchivePassword', which has no value",
            thrown.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "datasets file", "not valid JSON")]
    [InlineData("[]", "the file", "must be an object")]
    [InlineData("""{ "datasets": [], "datasets": [] }""", "datasets", "uplicate")]
    [InlineData("""{ "datasets": [] }""", "sources is missing")]
    [InlineData("""{ "sources": {}, "datasets": [] }""", "datasets must have at least one dataset")]
    [InlineData("""{ "sources": {}, "datasets": {} }""", "datasets must be a list of datasets")]
    [InlineData("""{ "sources": {}, "dataset": [] }""", "dataset is not a known property; did you mean \"datasets\"?")]
    public void Read_NamesThePlace_WhenTheFileIsBad(string json, params string[] expected) => AssertFault(json, expected);

    [Theory]
    [InlineData("""7""", "source 'school': must be an object")]
    [InlineData("""{ "connectionString": "Data Source=x" }""", "source 'school': provider is missing; expected sqlite or postgres")]
    [InlineData(
        """{ "provider": "sqlit", "connectionString": "Data Source=x" }""",
        "provider \"sqlit\" is not a provider; did you mean \"sqlite\"?")]
    [InlineData("""{ "provider": "sqlite" }""", "connectionString is missing")]
    [InlineData("""{ "provider": "sqlite", "connectionString": "" }""", "connectionString must not be empty")]
    [InlineData("""{ "provider": "sqlite", "connectionString": "Mode=ReadOnly" }""", "connectionString must name the database file")]
    [InlineData("""{ "provider": "sqlite", "connectionString": "Bogus=1" }""", "connectionString is not a SQLite connection string")]
    [InlineData("""{ "provider": "postgres", "connectionString": "Bogus=1" }""", "connectionString is not a PostgreSQL connection string")]
    [InlineData("""{ "provider": "postgres", "connectionString": "Database=x" }""", "connectionString must name the server")]
    [InlineData("""{ "provider": "sqlite", "connectionString": "Data Source=x", "timeout": 1 }""", "timeout is not a known property")]
    public void Read_NamesTheSource_WhenItIsBad(string source, string expected) => AssertFault(
        $$"""{ "sources": { "school": {{source}} }, "datasets": [{ "name": "students", "source": "school", "table": "t", "key": ["id"], "columns": {{GoodColumns}} }] }""", expected);

    [Theory]
    [InlineData("""7""", "datasets[0]: must be an object")]
    [InlineData(
        """{ "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "datasets[0]: name is missing")]
    [InlineData(
        """{ "name": "a b", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "datasets[0]: name \"a b\" must be 1 to 64 letters")]
    [InlineData(
        """{ "name": "students\n", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "must be 1 to 64 letters")]
    [InlineData(
        """{ "name": "students", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': source is missing")]
    [InlineData(
        """{ "name": "students", "source": "schol", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': source \"schol\" is not a source of this file; did you mean \"school\"?")]
    [InlineData(
        """{ "name": "students", "source": "school", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': has neither table nor query")]
    [InlineData("""{ "name": "students", "source": "school", "table": "t", "query": "select 1", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""", "dataset 'students': has both table and query")]
    [InlineData(
        """{ "name": "students", "source": "school", "table": "a..b", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': table must be a table or view")]
    [InlineData(
        """{ "name": "students", "source": "school", "table": 7, "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': table must be a text")]
    [InlineData(
        """{ "name": "students", "source": "school", "table": "t", "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': key is missing")]
    [InlineData(
        """{ "name": "students", "source": "school", "table": "t", "key": [], "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': key must name at least one column")]
    [InlineData(
        """{ "name": "students", "source": "school", "table": "t", "key": ["ID"], "columns": [{ "name": "id", "type": "integer" }] }""",
        "dataset 'students': key \"ID\" is not a declared column; did you mean \"id\"?")]
    [InlineData("""{ "name": "students", "source": "school", "table": "t", "key": ["id", "id"], "columns": [{ "name": "id", "type": "integer" }] }""", "dataset 'students': key names \"id\" twice")]
    [InlineData("""{ "name": "students", "source": "school", "table": "t", "key": ["id"] }""", "dataset 'students': columns is missing")]
    [InlineData(
        """{ "name": "students", "source": "school", "table": "t", "key": ["id"], "columns": [] }""",
        "dataset 'students': columns must have 1 to 16384 columns")]
    [InlineData("""{ "name": "students", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }], "colums": [] }""", "dataset 'students': colums is not a known property; did you mean \"columns\"?")]
    [InlineData("""{ "name": "students", "title": " ", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""", "dataset 'students': title must not be empty")]
    [InlineData("""{ "name": "students", "title": "a\nb", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] }""", "dataset 'students': title must have at most 200 characters and no control characters")]
    public void Read_NamesTheDataset_WhenItIsBad(string dataset, string expected) => AssertFault(OneDataset(dataset), expected);

    [Theory]
    [InlineData("""{ "type": "text" }""", "dataset 'students', columns[1]: name is missing")]
    [InlineData(
        """{ "name": "first-name", "type": "text" }""",
        "columns[1]: name \"first-name\" must be 1 to 64 letters (a-z, A-Z), digits or underscores")]
    [InlineData("""{ "name": "id", "type": "text" }""", "columns[1].name \"id\" is used twice")]
    [InlineData("""{ "name": "grade" }""", "columns[1] 'grade': type is missing; expected one of text, identifier")]
    [InlineData(
        """{ "name": "grade", "type": "decmal" }""", "columns[1] 'grade': type \"decmal\" is not a column type; did you mean \"decimal\"?")]
    [InlineData("""{ "name": "grade", "type": "Text" }""", "type \"Text\" is not a column type; did you mean \"text\"?")]
    [InlineData(
        """{ "name": "grade", "type": "integer", "scale": 2 }""",
        "columns[1] 'grade': scale is for columns of type decimal; this one is integer")]
    [InlineData("""{ "name": "grade", "type": "decimal", "scale": 13 }""", "scale must be a whole number from 0 to 12")]
    [InlineData("""{ "name": "grade", "type": "decimal", "scale": "2" }""", "scale must be a whole number from 0 to 12")]
    [InlineData(
        """{ "name": "grade", "type": "decimal", "stored": "unixSeconds" }""",
        "columns[1] 'grade': stored is for columns of type date, timestamp and localTimestamp; this one is decimal")]
    [InlineData(
        """{ "name": "grade", "type": "date", "stored": "unixSecond" }""",
        "stored \"unixSecond\" is not known; did you mean \"unixSeconds\"? Known are unixSeconds, unixMilliseconds")]
    [InlineData(
        """{ "name": "grade", "type": "decimal", "onUnreadable": "skip" }""",
        "onUnreadable \"skip\" is not known. Known are fail, null, text.")]
    [InlineData("""{ "name": "grade", "type": "decimal", "emptyText": true }""", "emptyText must be a text")]
    [InlineData("""{ "name": "grade", "type": "decimal", "width": 0 }""", "width must be a number from 1 to 255")]
    [InlineData("""{ "name": "grade", "type": "decimal", "width": 256 }""", "width must be a number from 1 to 255")]
    [InlineData("""{ "name": "grade", "type": "decimal", "format": "" }""", "format must not be empty")]
    [InlineData(
        """{ "name": "grade", "type": "decimal", "format": "0.00\"" }""",
        "columns[1] 'grade': format \"0.00\"\" is no number format: at character 5 a quote opens a text that no quote closes.")]
    [InlineData(
        """{ "name": "grade", "type": "decimal", "format": "0;0;0;0;0" }""",
        "format \"0;0;0;0;0\" is no number format: at character 8 a fifth section begins")]
    [InlineData(
        """{ "name": "grade", "type": "decimal", "format": "[$-" }""",
        "format \"[$-\" is no number format: at character 1 a bracket opens that no bracket closes.")]
    [InlineData(
        """{ "name": "grade", "type": "integer", "format": "dd/mm/yyyy" }""",
        "format \"dd/mm/yyyy\" is for dates and times, and the column holds numbers; give one such as #,##0.00.")]
    [InlineData("""{ "name": "grade", "type": "decimal", "column": "a\u0000b" }""", "column must not contain the NUL character")]
    [InlineData(
        """{ "name": "grade", "type": "decimal", "link": "url" }""",
        "columns[1] 'grade': link is for columns of type text and identifier; this one is decimal")]
    [InlineData("""{ "name": "grade", "type": "text", "link": "web" }""", "columns[1] 'grade': link \"web\" is not known")]
    [InlineData("""{ "name": "grade", "type": "decimal", "heading": "x" }""", "columns[1] 'grade': heading is not a known property")]
    public void Read_NamesTheColumn_WhenItIsBad(string column, string expected) => AssertFault(
        OneDataset($$"""{ "name": "students", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }, {{column}}] }"""), expected);

    [Fact]
    public void Read_NamesEveryFault_WhenThereAreMany()
    {
        const string Bad = """
            { "sources": { "school": { "provider": "oracle", "connectionString": "x" } },
              "datasets": [ { "name": "a", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] },
                            { "name": "a", "source": "nowhere", "table": "t", "key": ["x"], "columns": [{ "name": "id", "type": "number" }] },
                            { "name": "b", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] },
                            { "name": "b", "source": "school", "table": "t", "key": ["id"], "columns": [{ "name": "id", "type": "integer" }] } ] }
            """;

        var thrown = Assert.Throws<DatasetsFileException>(() => Read(Bad));

        Assert.Equal(5, thrown.Faults.Count);
        Assert.Contains("datasets.json", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("5 faults", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeepsConnectionStringsOutOfTheMessage_WhenOneIsBad()
    {
        var thrown = Assert.Throws<DatasetsFileException>(
            () => Read(OneDataset("7").Replace("Data Source=x", "Data Source=x;Passwrd=hunter2", StringComparison.Ordinal)));

        Assert.DoesNotContain("hunter2", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SaysWhichSettingNamesTheFile_WhenItIsMissing()
    {
        var thrown = Assert.Throws<DatasetsFileException>(
            () => DatasetsFileReader.Read(Path.Combine(_folder, "none.json"), new ConfigurationBuilder().Build()));

        Assert.Contains("Exports:DatasetsFile", thrown.Message, StringComparison.Ordinal);
    }

    private static string OneDataset(string dataset) =>
        $$"""{ "sources": { "school": { "provider": "sqlite", "connectionString": "Data Source=x" } }, "datasets": [{{dataset}}] }""";

    private void AssertFault(string json, params string[] expected)
    {
        var thrown = Assert.Throws<DatasetsFileException>(() => Read(json));

        Assert.Contains("datasets.json", thrown.Message, StringComparison.Ordinal);
        foreach (var part in expected)
            Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
    }

    private DatasetCatalog Read(string json, params (string Name, string Value)[] settings)
    {
        var path = Path.Combine(_folder, "datasets.json");
        File.WriteAllText(path, json);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.ToDictionary(pair => pair.Name, string? (pair) => pair.Value)).Build();
        return DatasetsFileReader.Read(path, configuration);
    }
}
