using System.Globalization;

namespace ExportFunctions.Tests.Integration;

/// <summary>Clocks that are wrong, for programs that a test starts: by libfaketime.</summary>
internal static class WrongClock
{
    public const string Missing = "Needs the package faketime, which test.sh installs.";

    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private const string LibraryOnArm = "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1";

    public static bool IsInstalled => File.Exists(Library) || File.Exists(LibraryOnArm);

    /// <summary>Settings of a host whose clock is so many minutes ahead, or behind.</summary>
    public static Dictionary<string, string?> Of(IReadOnlyDictionary<string, string?> settings, int minutes)
    {
        var wrong = new Dictionary<string, string?>(settings, StringComparer.Ordinal);
        if (minutes == 0)
            return wrong;

        wrong["LD_PRELOAD"] = File.Exists(Library) ? Library : LibraryOnArm;
        wrong["FAKETIME"] = minutes.ToString("+0m;-0m", CultureInfo.InvariantCulture);
        wrong["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        // Else each of .NET's waits with a time limit ends at once, and begins again: a host takes a whole processor.
        wrong["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
        return wrong;
    }
}
