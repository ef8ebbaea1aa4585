using System.Collections;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Startup;

/// <summary>
/// Checks the settings of every options class before startup, so that an invalid one is reported by name and not by a stack trace.
/// </summary>
public static partial class SettingsCheck
{
    private const int MaxCharacters = 400;

    /// <summary>Checks all settings, and logs those that are invalid.</summary>
    /// <param name="services">The app's services.</param>
    /// <exception cref="OptionsValidationException">
    /// Some are invalid: each of <see cref="OptionsValidationException.Failures"/> is one line, with the setting's name as written in
    /// environment variables, its value, and what it must be.
    /// </exception>
    public static void Run(IServiceProvider services)
    {
        var faults = FaultsIn(services);
        if (faults.Count == 0)
            return;

        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SettingsCheck).FullName!);
        foreach (var fault in faults)
            Log.Wrong(logger, fault);

        throw new OptionsValidationException(Options.DefaultName, typeof(SettingsCheck), faults);
    }

    private static List<string> FaultsIn(IServiceProvider services)
    {
        var all = services.GetServices<OptionsSettings>().ToList();
        // Test hosts may have none.
        if (all.Count == 0)
            return [];

        var configuration = services.GetRequiredService<IConfiguration>();
        var faults = all.SelectMany(settings => settings.FaultsIn(configuration)).ToList();
        // When a text can't be bound, there are no options to validate against each other.
        if (faults.Count == 0)
            faults.AddRange(FailuresOf(services.GetService<IStartupValidator>()));

        return [.. faults.Select(fault => OnOneLine(AsWritten(fault, all))).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> FailuresOf(IStartupValidator? validator)
    {
        try
        {
            validator?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures);
        }
    }

    /// <summary>
    /// Converts setting names to the form that people write: environment variables, such as Azure app settings, can't contain colons.
    /// </summary>
    private static string AsWritten(string fault, List<OptionsSettings> all)
    {
        var written = all.Select(settings => settings.Section).OfType<string>().Distinct(StringComparer.Ordinal)
            .Aggregate(fault, static (text, section) => Regex.Replace(
                text,
                $@"\b{section}(:\w+)+",
                static path => path.Value.Replace(":", "__", StringComparison.Ordinal),
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)));
        var name = written.Split(' ')[0];
        var variable = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => (string)entry.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        return variable is null ? written : variable + written[name.Length..];
    }

    private static string OnOneLine(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= MaxCharacters
            ? line
            : $"{line.AsSpan(0, MaxCharacters / 2)} … {line.AsSpan(line.Length - (MaxCharacters / 2))}";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A setting is wrong: {Fault}")]
        public static partial void Wrong(ILogger logger, string fault);
    }
}
