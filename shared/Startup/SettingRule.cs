using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace ExportFunctions.Startup;

/// <summary>The rule for a setting's text, derived from the property it is bound to.</summary>
/// <param name="property">The property of an options class.</param>
internal sealed class SettingRule(PropertyInfo property)
{
    private readonly Type _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    /// <summary>Whether the setting is a list, whose entries are separate settings.</summary>
    public bool IsList => ElementType is not null;

    /// <summary>What it must be, to follow "must be".</summary>
    public string Expected
    {
        get
        {
            var type = ElementType ?? _type;
            if (type.IsEnum)
                return string.Join(" or ", Enum.GetNames(type));
            if (type == typeof(bool))
                return "true or false";

            var kind = type == typeof(TimeSpan) ? "a duration" : type == typeof(string) ? "a text" : "a whole number";
            return kind + Limits();
        }
    }

    private Type? ElementType =>
        _type.IsGenericType && _type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? _type.GetGenericArguments()[0] : null;

    /// <summary>Whether a text is valid.</summary>
    /// <param name="text">The setting's text, or the text of one list entry.</param>
    public bool Allows(string text)
    {
        var type = ElementType ?? _type;
        if (!TryConvert(type, text, out var value))
            return false;

        return (!type.IsEnum || Enum.IsDefined(type, value!))
            && (IsList || property.GetCustomAttributes<ValidationAttribute>().All(rule => IsValid(rule, value)));
    }

    private static bool IsValid(ValidationAttribute rule, object? value)
    {
        try
        {
            return rule.IsValid(value);
        }
        catch (OverflowException)
        {
            // Limits declared as int can't be compared with a long outside their range.
            return false;
        }
    }

    private static bool TryConvert(Type type, string text, out object? value)
    {
        // The same conversion as the binder's, so that what passes here can be bound.
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            value = null;
            return false;
        }
    }

    private string Limits()
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            return string.Create(CultureInfo.InvariantCulture, $" from {range.Minimum} to {range.Maximum}");
        if (property.GetCustomAttribute<StringLengthAttribute>() is { } length)
            return string.Create(CultureInfo.InvariantCulture, $" of {length.MinimumLength} to {length.MaximumLength} characters");
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern)
            return $" like {pattern.Pattern}";

        return _type == typeof(TimeSpan) || ElementType == typeof(TimeSpan) ? ", such as 00:00:30" : "";
    }
}
