using System.Globalization;
using DuckDB.NET.Data;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Rows;

// DuckDB's COPY of a table in memory, which is filled before the clock starts, to a CSV file; one thread, as the other CSV writers have.
var rows = PersonRows.Make(int.Parse(args[0], CultureInfo.InvariantCulture));
var count = long.Parse(args[1], CultureInfo.InvariantCulture);
var path = args[2] + ".csv";
using var connection = new DuckDBConnection("DataSource=:memory:");
connection.Open();
Execute("SET threads = 1");
Execute(
    "CREATE TABLE students (id bigint, number varchar, first varchar, last varchar, email varchar, born date, year integer, balance"
        + " decimal(14, 2), active boolean)");
using (var appender = connection.CreateAppender("students"))
{
    foreach (var row in PersonRows.Cycle(rows, count))
    {
        appender.CreateRow().AppendValue(row.Id).AppendValue(
            row.StudentNumber).AppendValue(row.FirstName).AppendValue(row.LastName).AppendValue(row.Email)
            .AppendValue(row.BirthDate).AppendValue(row.Year).AppendValue(row.Balance).AppendValue(row.IsActive).EndRow();
    }
}

PeerProtocol.Serve($"DuckDB.NET {typeof(DuckDBConnection).Assembly.GetName().Version!.ToString(3)}", () =>
{
    Execute($"COPY students TO '{path}' (FORMAT csv, HEADER)");
    return new FileInfo(path).Length;
});

void Execute(string sql)
{
    using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The benchmark's own statements; COPY takes no parameters.
    command.CommandText = sql;
#pragma warning restore CA2100
    command.ExecuteNonQuery();
}
