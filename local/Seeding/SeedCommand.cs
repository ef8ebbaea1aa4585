using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;

namespace ExportFunctions.Local.Seeding;

/// <summary>The command <c>seed</c>, which generates the sample school in a SQLite file or in PostgreSQL.</summary>
internal sealed class SeedCommand
{
    private const int DefaultStudents = 10_000;
    private const int Failed = 1;

    // The shells' convention for a program ended by Ctrl+C.
    private const int Interrupted = 130;

    private readonly Option<int> _students = new("--students")
    {
        Description = "The number of students, 1 to 10,000,000; each has ten grades.",
        HelpName = "number",
        DefaultValueFactory = _ => DefaultStudents,
        CustomParser = ParseStudents,
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "The SQLite file to make. [default: .local/school.db in the repository]",
    };

    private readonly Option<string> _postgres = new("--postgres")
    {
        Description =
            "Fill the schema \"school\" of this PostgreSQL database instead: a connection string, or %NAME% for the setting that holds it.",
    };

    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Make everything again: overwrite the file whatever it is, or drop the school's tables in PostgreSQL.",
    };

    private readonly string _repositoryRoot;
    private readonly Func<string, string?> _findSetting;
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;

    private SeedCommand(string repositoryRoot, Func<string, string?> findSetting, IAnsiConsole console, TimeProvider time)
    {
        _repositoryRoot = repositoryRoot;
        _findSetting = findSetting;
        _console = console;
        _time = time;
    }

    /// <summary>Creates the command, to be added to the root command.</summary>
    /// <param name="repositoryRoot">The folder under which <c>.local/school.db</c> lies.</param>
    /// <param name="findSetting">Finds the value of a setting by name; null when there is none.</param>
    /// <param name="console">Receives progress.</param>
    /// <param name="time">Measures the rate and the time left.</param>
    public static Command Create(string repositoryRoot, Func<string, string?> findSetting, IAnsiConsole console, TimeProvider time) =>
        new SeedCommand(repositoryRoot, findSetting, console, time).Build();

    private Command Build()
    {
        var command = new Command("seed", "Make the sample school database.") { _students, _output, _postgres, _replace };
        command.Validators.Add(result =>
        {
            if (result.GetResult(_output) is not null && result.GetResult(_postgres) is not null)
                result.AddError("--output and --postgres exclude each other; name one target.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var target = ChooseTarget(arguments);
            await SeedAsync(target, arguments, cancellationToken);
            return 0;
        }
        catch (SeedFailedException exception)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync("Canceled; everything is as it was before.");
            return Interrupted;
        }
    }

    private async Task SeedAsync(ISeedTarget target, ParseResult arguments, CancellationToken cancellationToken)
    {
        var students = arguments.GetValue(_students);
        if (!arguments.GetValue(_replace) && await SchoolSeeder.IsCurrentAsync(target, students, cancellationToken))
        {
            WriteLine($"{target.Name} holds {students:N0} students already.");
            return;
        }

        WriteLine($"Making a school of {students:N0} students in {target.Name}.");
        var start = _time.GetTimestamp();
        var rows =
            await SeedDisplay.RunAsync(_console, _time, progress => SchoolSeeder.SeedAsync(target, students, progress, cancellationToken));
        var seconds = _time.GetElapsedTime(start).TotalSeconds;
        WriteLine($"Done: {rows:N0} rows in {seconds:N1} s, {rows / seconds:N0} rows/s.");
    }

    // Bypasses the console's word wrap, which would break paths.
    private void WriteLine(FormattableString line) => _console.Profile.Out.Writer.WriteLine(FormattableString.Invariant(line));

    private static int ParseStudents(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var students)
            && students is >= 1 and <= SchoolSeeder.MaxStudents)
            return students;

        result.AddError("--students must be a whole number from 1 to 10,000,000, in digits alone.");
        return 0;
    }

    private ISeedTarget ChooseTarget(ParseResult arguments)
    {
        var existing = arguments.GetValue(_replace) ? ExistingData.Replace : ExistingData.Refuse;
        if (arguments.GetValue(_postgres) is not { } postgres)
            return new SqliteSeedTarget(arguments.GetValue(_output) ?? SchoolDatabase.DefaultPath(_repositoryRoot), existing);

        var connectionString = postgres;
        if (postgres is ['%', .. { Length: > 0 } name, '%'])
        {
            connectionString = _findSetting(name);
            if (string.IsNullOrWhiteSpace(connectionString))
                throw new SeedFailedException(
                    $"The setting {name} that --postgres names is not set; set it to a connection string, such as"
                        + " Host=localhost;Database=school;Username=me.");
        }

        try
        {
            return new PostgresSeedTarget(connectionString, existing);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new SeedFailedException(
                "--postgres is no connection string; write it as Host=localhost;Database=school;Username=me;Password=…", exception);
        }
    }
}
