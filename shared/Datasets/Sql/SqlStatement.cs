namespace ExportFunctions.Datasets.Sql;

/// <summary>SQL text with the values it refers to as <c>$1</c>, <c>$2</c>, … in order.</summary>
/// <param name="Text">The statement. No part of it comes from a request.</param>
/// <param name="Parameters">The values: everything that came from a request.</param>
internal sealed record SqlStatement(string Text, IReadOnlyList<SqlParameter> Parameters);

/// <summary>One value of a statement.</summary>
/// <param name="Type">The type of the column it is compared with.</param>
/// <param name="Value">
/// The value as the column type's CLR type; for <see cref="SqlParameterShape.List"/> an <see cref="IReadOnlyList{T}"/> of such objects.
/// </param>
/// <param name="Shape">One value or a list.</param>
internal sealed record SqlParameter(ColumnType Type, object Value, SqlParameterShape Shape = SqlParameterShape.Single);

/// <summary>What a parameter holds.</summary>
internal enum SqlParameterShape
{
    /// <summary>One value.</summary>
    Single,

    /// <summary>Any number of values in one parameter.</summary>
    List,

    /// <summary>A <see cref="Partitioning.KeyValue"/>, of the type of the key column that it is compared with.</summary>
    Key,
}
