namespace ExportFunctions.Tests.Infra;

/// <summary>How the app is published, wherever it goes to.</summary>
internal static class Publishing
{
    public const string Arguments = "dotnet publish functions -c Release -r linux-x64 --no-self-contained -o ";
}
