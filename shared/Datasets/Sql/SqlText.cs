using System.Globalization;
using System.Text;

namespace ExportFunctions.Datasets.Sql;

/// <summary>Builds a statement: text from definitions, values as numbered parameters.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<SqlParameter> _parameters = [];

    /// <summary>An identifier in double quotes, which both engines accept; embedded quotes are doubled.</summary>
    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Adds SQL. Only for text that is constant or made from definitions.</summary>
    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Adds a value and returns its parameter name.</summary>
    public string Parameter(ColumnType type, object value, SqlParameterShape shape = SqlParameterShape.Single)
    {
        _parameters.Add(new SqlParameter(type, value, shape));
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>The statement so far.</summary>
    public SqlStatement ToStatement() => new(_text.ToString(), _parameters);
}
