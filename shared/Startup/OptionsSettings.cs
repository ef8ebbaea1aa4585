using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Startup;

/// <summary>Which settings an options class is bound from.</summary>
/// <param name="Options">The class.</param>
/// <param name="Section">The section that has a setting for each property; null when there is none.</param>
/// <param name="Names">Settings with names of their own, by property; they take precedence over those of the section.</param>
internal sealed record OptionsSettings(Type Options, string? Section, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>The errors in the settings' texts, a sentence each that begins with the setting's path.</summary>
    /// <param name="configuration">The settings.</param>
    public IEnumerable<string> FaultsIn(IConfiguration configuration) => Options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true })
        .SelectMany(
            property => PathsOf(property).SelectMany(path => FaultsOf(new SettingRule(property), configuration.GetSection(path))));

    /// <summary>Applies settings that still have their former names. The current name takes precedence.</summary>
    /// <param name="options">The options, bound by the current names.</param>
    /// <param name="section">Their section.</param>
    public static void BindFormerNames(object options, IConfigurationSection section)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<FormerSettingAttribute>() is { } former
                && section[property.Name] is null && section[former.Name] is { } text)
                property.SetValue(options, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(text));
        }
    }

    private static IEnumerable<string> FaultsOf(SettingRule rule, IConfigurationSection setting)
    {
        if (!rule.IsList)
        {
            if (setting.Value is { } text && !rule.Allows(text))
                yield return $"{setting.Path} is '{text}' and must be {rule.Expected}.";

            yield break;
        }

        // If this were read as no list at all, it would allow what it was meant to forbid.
        if (setting.Value is { Length: > 0 } single)
            yield return $"{setting.Path} is '{single}' and must be a list: the first entry is {setting.Path}:0.";
        foreach (var entry in setting.GetChildren())
        {
            if (entry.Value is { } text && !rule.Allows(text))
                yield return $"{entry.Path} is '{text}' and must be {rule.Expected}.";
        }
    }

    private IEnumerable<string> PathsOf(PropertyInfo property)
    {
        if (Names.TryGetValue(property.Name, out var name))
            yield return name;
        if (Section is null)
            yield break;

        yield return $"{Section}:{property.Name}";
        if (property.GetCustomAttribute<FormerSettingAttribute>() is { } former)
            yield return $"{Section}:{former.Name}";
    }
}

/// <summary>Adds options whose settings are checked before startup.</summary>
public static class OptionsSettingsServices
{
    /// <summary>Adds an options class that is bound from a section; see <see cref="SettingsCheck"/>.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="section">The section; null when all settings have names of their own.</param>
    /// <param name="names">Settings with names of their own, by property. The caller applies their values.</param>
    /// <typeparam name="T">The options class.</typeparam>
    public static OptionsBuilder<T> AddSettings<T>(
        this IServiceCollection services, IConfiguration configuration, string? section, params (string Property, string Setting)[] names)
        where T : class
    {
        var byProperty = names.ToDictionary(name => name.Property, name => name.Setting, StringComparer.Ordinal);
        services.AddSingleton(new OptionsSettings(typeof(T), section, byProperty));
        var options = services.AddOptions<T>();
        if (section is not null)
        {
            var settings = configuration.GetSection(section);
            options.Bind(settings).Configure(bound => OptionsSettings.BindFormerNames(bound, settings));
        }

        return options.ValidateDataAnnotations().ValidateOnStart();
    }
}
