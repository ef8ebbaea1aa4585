using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Infra;

/// <summary>
/// Stands in for the programs that infra/deploy.sh calls: each writes down how it was called and answers as the true one would.
/// </summary>
internal sealed class FakeTools : IDisposable
{
    private const string Job = """{"id": "0198", "status": "succeeded", "dataset": "students"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("exportfunctions-tools-");

    public FakeTools()
    {
        Add("az", """
            # Fails as often as asked to, with the words given.
            refuse() {
              [ "$(grep -c "source config-zip" "$CALLS")" -gt "$2" ] || { echo "$1" >&2; exit 1; }
            }
            case "$*" in
              "group exists"*) echo "${AZ_GROUP:-true}" ;;
              "account show"*) exit "${AZ_ACCOUNT:-0}" ;;
              "deployment group create"*) printf 'func-school\nhttps://school.example.org\n' ;;
              "functionapp deployment source config-zip"*) refuse "${AZ_PACKAGE_ERROR:-}" "${AZ_PACKAGE_REFUSALS:-0}" ;;
              "functionapp keys list"*) echo s3cret ;;
            esac
            """);
        Add("dotnet", """
            while [ "$1" != "-o" ]; do shift; done
            mkdir -p "$2/.azurefunctions" "$2/samples" && touch "$2/host.json" "$2/samples/school-postgres.datasets.json"
            """);
        Add("zip", "ls -A >> \"$CALLS.zip\"; touch ../app.zip");
        Add("sleep", "");
        Add("curl", $$"""
            case "$*" in
              *files.example.org*) while [ "$1" != "--output" ]; do shift; done; echo a,b > "$2" ;;
              *health*) printf '%s' "${HEALTH:-200}" ;;
              *"/file"*) printf 'https://files.example.org/a.csv?sig=x' ;;
              *) printf '%s' "${JOB:-$DEFAULT_JOB}" ;;
            esac
            """);
    }

    /// <summary>What was called, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    /// <summary>What went into the package.</summary>
    public IReadOnlyList<string> Package => File.ReadAllLines(Log + ".zip");

    private string Log => Path.Combine(_folder.FullName, "calls");

    public Task<ProgramRun> DeployAsync(string arguments, string input = "", params (string Name, string Value)[] answers) =>
        RunAsync(["infra/deploy.sh", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], input, answers);

    /// <summary>Runs a step of a workflow.</summary>
    public Task<ProgramRun> RunStepAsync(string script, params (string Name, string Value)[] environment) =>
        RunAsync(["-e", "-c", script], "", environment);

    /// <summary>Puts a file beside the tools.</summary>
    /// <returns>Where it is.</returns>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<ProgramRun> RunAsync(string[] arguments, string input, (string Name, string Value)[] answers)
    {
        var environment = answers.ToDictionary(answer => answer.Name, answer => answer.Value, StringComparer.Ordinal);
        environment["PATH"] = _folder.FullName + ":" + Environment.GetEnvironmentVariable("PATH");
        environment["CALLS"] = Log;
        environment["DEFAULT_JOB"] = Job;
        return ProgramRun.RunAsync("bash", arguments, Repository.Find().Root, environment, input);
    }

    private void Add(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\nset -eu\necho \"{name} $*\" >> \"$CALLS\"\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
