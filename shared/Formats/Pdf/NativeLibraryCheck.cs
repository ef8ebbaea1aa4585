using System.Reflection;
using System.Runtime.InteropServices;

namespace ExportFunctions.Formats.Pdf;

/// <summary>
/// Checks that a package's native library can be loaded; otherwise, on a machine it wasn't published for, only the first export would fail.
/// </summary>
internal static class NativeLibraryCheck
{
    /// <summary>What is wrong with the library, and what to do; null when it loads.</summary>
    /// <param name="library">Its name without prefix and extension, as the package imports it.</param>
    /// <param name="assembly">The package's assembly, whose native folder is looked in as well.</param>
    public static string? FaultOf(string library, Assembly assembly)
    {
        if (NativeLibrary.TryLoad(library, assembly, searchPath: null, out var handle))
        {
            NativeLibrary.Free(handle);
            return null;
        }

        var platform = RuntimeInformation.RuntimeIdentifier;
        return $"the native library {library} of {assembly.GetName().Name} can't be loaded on {platform}: "
            + $"publish the app with -r {platform}, and install what 'ldd' says the library lacks";
    }
}
