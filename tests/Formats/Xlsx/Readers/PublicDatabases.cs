using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>Tables of the shape of Chinook, Northwind and Sakila, the three databases that everyone tries an exporter with.</summary>
internal static class PublicDatabases
{
    public const int RowsOfATable = 60;

    public static IReadOnlyList<PublicTable> All { get; } = [.. Chinook(), .. Northwind(), .. Sakila()];

    private static IEnumerable<PublicTable> Chinook() =>
    [
        Table("chinook", "artist", ("artistId", Values.Key), ("name", Values.Name)),
        Table("chinook", "album", ("albumId", Values.Key), ("title", Values.Title), ("artistId", Values.Reference)),
        Table(
            "chinook",
            "track",
            ("trackId", Values.Key),
            ("name", Values.Title),
            ("composer", Values.OptionalName),
            ("milliseconds", Values.Large),
            ("bytes", Values.Huge),
            ("unitPrice", Values.Price),
            ("explicit", Values.Flag)),
        Table(
            "chinook",
            "employee",
            ("employeeId", Values.Key),
            ("lastName", Values.Name),
            ("firstName", Values.Name),
            ("title", Values.Title),
            ("reportsTo", Values.OptionalReference),
            ("birthDate", Values.Day),
            ("hireDate", Values.Moment),
            ("postalCode", Values.Code),
            ("phone", Values.Phone),
            ("email", Values.Email)),
        Table(
            "chinook",
            "customer",
            ("customerId", Values.Key),
            ("firstName", Values.Name),
            ("company", Values.OptionalName),
            ("address", Values.Address),
            ("postalCode", Values.Code),
            ("email", Values.Email),
            ("supportRepId", Values.OptionalReference)),
        Table(
            "chinook",
            "invoice",
            ("invoiceId", Values.Key),
            ("customerId", Values.Reference),
            ("invoiceDate", Values.Moment),
            ("billingAddress", Values.Address),
            ("total", Values.Price),
            ("paid", Values.OptionalFlag)),
    ];

    private static IEnumerable<PublicTable> Northwind() =>
    [
        Table("northwind", "categories", ("categoryId", Values.Key), ("categoryName", Values.Title), ("description", Values.Html)),
        Table(
            "northwind",
            "customers",
            ("number", Values.Key),
            ("customerId", Values.Letters),
            ("companyName", Values.Name),
            ("region", Values.OptionalName),
            ("fax", Values.Phone),
            ("credit", Values.Balance)),
        Table(
            "northwind",
            "employees",
            ("employeeId", Values.Key),
            ("lastName", Values.Name),
            ("birthDate", Values.OptionalDay),
            ("notes", Values.LongText),
            ("photoPath", Values.Web),
            ("startsAt", Values.TimeOfDay)),
        Table(
            "northwind",
            "orders",
            ("orderId", Values.Key),
            ("customerId", Values.Letters),
            ("orderDate", Values.Day),
            ("shippedDate", Values.OptionalDay),
            ("freight", Values.Price),
            ("shipAddress", Values.Address),
            ("packed", Values.LocalMoment)),
        Table(
            "northwind",
            "orderDetails",
            ("lineId", Values.Key),
            ("orderId", Values.Reference),
            ("quantity", Values.Large),
            ("discount", Values.OwnDigits),
            ("weight", Values.OwnDigits)),
        Table(
            "northwind",
            "products",
            ("productId", Values.Key),
            ("productName", Values.Title),
            ("barcode", Values.Barcode),
            ("unitPrice", Values.Balance),
            ("discontinued", Values.Flag),
            ("precision", Values.LongDecimal)),
    ];

    private static IEnumerable<PublicTable> Sakila() =>
    [
        Table(
            "sakila",
            "actor",
            ("actorId", Values.Key),
            ("firstName", Values.Name),
            ("lastName", Values.Name),
            ("lastUpdate", Values.Moment)),
        Table(
            "sakila",
            "film",
            ("filmId", Values.Key),
            ("title", Values.Title),
            ("description", Values.LongText),
            ("releaseYear", Values.Year),
            ("rentalRate", Values.Price),
            ("rating", Values.Letters),
            ("specialFeatures", Values.Html),
            ("lastUpdate", Values.ExactMoment)),
        Table("sakila", "filmText", ("filmId", Values.Key), ("description", Values.Awkward), ("other", Values.Awkward)),
        Table(
            "sakila",
            "address",
            ("addressId", Values.Key),
            ("address", Values.Address),
            ("address2", Values.Blank),
            ("district", Values.OptionalName),
            ("postalCode", Values.Code),
            ("phone", Values.Phone)),
        Table(
            "sakila",
            "customer",
            ("customerId", Values.Key),
            ("firstName", Values.Name),
            ("email", Values.Email),
            ("active", Values.OptionalFlag),
            ("createDate", Values.LocalMoment),
            ("birthDate", Values.AnyDay)),
        Table(
            "sakila",
            "payment",
            ("paymentId", Values.Key),
            ("rentalId", Values.OptionalReference),
            ("amount", Values.Balance),
            ("paymentDate", Values.ExactMoment),
            ("opensAt", Values.TimeOfDay),
            ("closesAt", Values.ExactTimeOfDay)),
    ];

    private static PublicTable Table(string database, string name, params (string Name, ColumnValues Values)[] columns)
    {
        var random = new Random(name.Length + (database.Length * 1000));
        DatasetColumn[] declared = [.. columns.Select(column => new DatasetColumn { Name = column.Name, Title = Words(
            column.Name), Type = column.Values.Type, SqlName = column.Name, Scale = column.Values.Scale })];
        return new PublicTable(
            database,
            name,
            declared,
            [.. Enumerable.Range(0, RowsOfATable).Select(row => columns.Select(column => column.Values.Make(random, row)).ToArray())]);
    }

    private static string Words(string name) => char.ToUpperInvariant(name[0]) + string.Concat(
        name.Skip(1).Select(sign => char.IsUpper(sign) ? " " + char.ToLowerInvariant(sign) : sign.ToString()));
}
