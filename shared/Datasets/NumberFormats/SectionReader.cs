namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>Resolves the parts of one section, and checks that they are compatible.</summary>
/// <param name="parts">The parts from the lexer.</param>
internal sealed class SectionReader(IReadOnlyList<FormatPart> parts)
{
    private readonly FormatPart[] _shown = [.. parts.Where(part => part.Kind != FormatPartKind.Setting || IsLocale(part)).Select(Currency)];
    private NumberFormatFault? _fault;

    private static ReadOnlySpan<FormatPartKind> NumbersOnly => [FormatPartKind.Digit, FormatPartKind.Exponent, FormatPartKind.Denominator];

    /// <summary>Reads the section; null when the parts are not compatible.</summary>
    /// <param name="fault">The error.</param>
    public FormatSection? Read(out NumberFormatFault? fault)
    {
        var settings = parts.Where(part => part.Kind == FormatPartKind.Setting).ToList();
        var section = ReadShown() with
        {
            Color = One(settings, part => FormatColor.Find(part.Text), "colour"),
            Condition = One(settings, part => FormatCondition.IsCondition(part.Text) ? FormatCondition.Read(part.Text) : null, "condition"),
            Locale = settings.Where(IsLocale).Select(part => FormatLocale.Read(part.Text))
                .FirstOrDefault(locale => locale is { Name.Length: > 0 }),
        };
        CheckOrder();
        fault = _fault;
        return fault is null ? section : null;
    }

    private FormatSection ReadShown()
    {
        if (Array.Exists(_shown, part => part.IsClock))
        {
            RefuseBeside("a date or time", [.. NumbersOnly, FormatPartKind.General, FormatPartKind.Text, FormatPartKind.Percent]);
            return new FormatSection { Kind = SectionKind.Clock, Parts = ClockParts.Of(_shown, Fail) };
        }

        if (Array.Exists(_shown, part => part.Kind == FormatPartKind.Text))
        {
            RefuseBeside("a text (@)", FormatPartKind.Digit, FormatPartKind.General, FormatPartKind.Exponent);
            return Plain(SectionKind.Text);
        }

        if (Array.FindIndex(_shown, part => part.Kind == FormatPartKind.General) is >= 0 and var general)
        {
            RefuseBeside("General", FormatPartKind.Digit, FormatPartKind.Exponent, FormatPartKind.Percent);
            if (Array.FindIndex(_shown, general + 1, part => part.Kind == FormatPartKind.General) is >= 0 and var again)
                Fail(_shown[again].Position, "General stands there for the second time");

            return Plain(SectionKind.General);
        }

        if (Array.Exists(_shown, part => part.Kind == FormatPartKind.Digit))
            return new DigitsReader(_shown, Fail).Read();

        RefuseBeside("text alone", FormatPartKind.Exponent, FormatPartKind.Denominator);
        return Plain(SectionKind.Literal);
    }

    // Spreadsheets reject formats that have them elsewhere.
    private void CheckOrder()
    {
        var isBehind = false;
        foreach (var part in parts)
        {
            var isSetting = part.Kind == FormatPartKind.Setting;
            if (isBehind && isSetting && !part.Text.StartsWith('$'))
                Fail(part.Position, $"[{part.Text}] stands behind other parts; colours and conditions come first in a section");

            isBehind |= !isSetting;
        }
    }

    // Parts that only have a meaning next to digits are text here.
    private FormatSection Plain(SectionKind kind) =>
        new() { Kind = kind, Parts = [.. _shown.Select(part => IsSign(part.Kind) ? part with { Kind = FormatPartKind.Literal } : part)] };

    private static bool IsSign(FormatPartKind kind) =>
        kind is FormatPartKind.Comma or FormatPartKind.Point
            or FormatPartKind.Slash or FormatPartKind.TimeSeparator or FormatPartKind.Percent;

    private static bool IsLocale(FormatPart setting) => setting.Text.StartsWith('$');

    private void RefuseBeside(string what, params ReadOnlySpan<FormatPartKind> kinds)
    {
        foreach (var part in _shown)
        {
            // Digits after the seconds are their fraction.
            if (kinds.Contains(part.Kind) && !(part.Kind == FormatPartKind.Digit && ClockParts.IsSecondFraction(_shown, part)))
                Fail(part.Position, $"{part.Text} stands beside {what}, and the two don't go together; put it into quotes if it is text");
        }
    }

    private T? One<T>(List<FormatPart> settings, Func<FormatPart, T?> read, string what)
        where T : struct
    {
        T? found = null;
        foreach (var setting in settings)
        {
            if (read(setting) is not { } value)
                continue;

            if (found is not null)
                Fail(setting.Position, $"[{setting.Text}] is the section's second {what}; one is allowed");

            found = value;
        }

        return found;
    }

    private static FormatPart Currency(FormatPart part) =>
        part.Kind == FormatPartKind.Setting
            ? part with { Kind = FormatPartKind.Literal, Text = FormatLocale.Read(part.Text)?.Symbol ?? "" }
            : part;

    private void Fail(int position, string message)
    {
        if (_fault is null || position < _fault.Position)
            _fault = new NumberFormatFault(position, message);
    }
}
