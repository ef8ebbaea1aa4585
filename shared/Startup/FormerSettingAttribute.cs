namespace ExportFunctions.Startup;

/// <summary>A setting's former name, which is still read when the setting is missing under its current name.</summary>
/// <param name="name">The former name, within the section.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormerSettingAttribute(string name) : Attribute
{
    /// <summary>The former name.</summary>
    public string Name => name;
}
