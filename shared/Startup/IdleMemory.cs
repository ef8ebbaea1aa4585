using System.Runtime.InteropServices;

namespace ExportFunctions.Startup;

/// <summary>Memory that a process holds and does not use.</summary>
internal static partial class IdleMemory
{
    // Below that a host is small enough.
    private const long MaxWorkingSet = 192 * 1024 * 1024;

    /// <summary>
    /// Gives it back to the system where the process has grown beyond 192 MB: some 40 ms of the seconds that a slice took.
    /// </summary>
    /// <param name="workingSet">The process's memory, in bytes.</param>
    /// <returns>Whether it had.</returns>
    public static bool ReleaseIfLarge(long workingSet)
    {
        if (workingSet <= MaxWorkingSet)
            return false;

        Release();
        return true;
    }

    /// <summary>Gives it back to the system.</summary>
    public static void Release()
    {
        // Where there is memory enough the heap grows from slice to slice, to twice what is alive in it, and pools keep what they were
        // given.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // zlib takes 350 KB from the C library for each page of a PDF, aligned, and gives them back; small pieces that stay in between
        // make it take from new memory again and again. After 16,000,000 rows 57 to 69 MB were held, of which 6 to 14 were in use.
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
            // Other C libraries than glibc have no such call, and other heaps.
        }
    }

    /// <summary>Gives the free pages of all heaps back (malloc_trim(3)).</summary>
    /// <param name="kept">The bytes to keep at the end of the main heap.</param>
    /// <returns>1 if there were any.</returns>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);
}
