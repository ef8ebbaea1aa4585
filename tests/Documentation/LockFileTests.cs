using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ExportFunctions.Tests.Documentation;

/// <summary>The lock file beside each project has what the project refers to.</summary>
public sealed class LockFileTests
{
    public static TheoryData<string> Projects =>
    [
        .. Directory.EnumerateFiles(MarkdownPage.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(MarkdownPage.Root, path))
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin" or "node_modules")),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void LockFile_HasTheDirectReferences_InTheirCentralVersions(string project)
    {
        var path = Path.Combine(MarkdownPage.Root, project);
        var central = XDocument.Load(Path.Combine(MarkdownPage.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(
                package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value, StringComparer.Ordinal);
        var referred = XDocument.Load(path).Descendants("PackageReference")
            .Where(reference => reference.Attribute("Condition") is null)
            .Select(reference => (Id: reference.Attribute("Include")!.Value, Own: reference.Attribute("VersionOverride")?.Value))
            .Select(package => $"{package.Id} {package.Own ?? central[package.Id]}");

        var locked = JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json")))!["dependencies"]!
            .AsObject().SelectMany(framework => framework.Value!.AsObject())
            .Where(package => package.Value!["type"]!.GetValue<string>() == "Direct")
            .Select(package => $"{package.Key} {package.Value!["resolved"]}").ToHashSet(StringComparer.Ordinal);

        Assert.Empty(referred.Except(locked));
    }
}
