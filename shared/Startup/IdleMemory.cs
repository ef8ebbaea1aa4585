using System.Runtime.InteropServices;

namespace ExportFunctions.Startup;

/// <summary>Memory that a process holds but does not use.</summary>
internal static partial class IdleMemory
{
    // Below this, a host is small enough.
    private const long MaxWorkingSet = 192 * 1024 * 1024;

    /// <summary>
    /// Returns it to the system when the process has grown beyond 192 MB: takes some 40 ms of the seconds that a slice takes.
    /// </summary>
    /// <param name="workingSet">The process's memory, in bytes.</param>
    /// <returns>Whether it was above the limit.</returns>
    public static bool ReleaseIfLarge(long workingSet)
    {
        if (workingSet <= MaxWorkingSet)
            return false;

        Release();
        return true;
    }

    /// <summary>Returns it to the system.</summary>
    public static void Release()
    {
        // With plenty of memory, the heap grows from slice to slice, to twice its live size, and pools keep what was returned to them.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // zlib takes 350 KB of aligned memory from the C library for each page of a PDF, and frees it; small allocations in between
        // fragment the heap, so that it keeps growing. After 16,000,000 rows 57 to 69 MB were held, of which 6 to 14 MB were in use.
        if (OperatingSystem.IsLinux())
            TrimHeap();
    }

    private static void TrimHeap()
    {
        try
        {
            _ = Trim(0);
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            // C libraries other than glibc have no such call, and their heaps differ.
        }
    }

    /// <summary>Returns the free pages of all heaps to the system (malloc_trim(3)).</summary>
    /// <param name="kept">The bytes to keep at the end of the main heap.</param>
    /// <returns>1 if there were any.</returns>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);
}
