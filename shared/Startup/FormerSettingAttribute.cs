namespace ExportFunctions.Startup;

/// <summary>The name that a setting had before; it is still read where the setting is missing under its name of today.</summary>
/// <param name="name">The former name, within the section.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormerSettingAttribute(string name) : Attribute
{
    /// <summary>The former name.</summary>
    public string Name => name;
}
