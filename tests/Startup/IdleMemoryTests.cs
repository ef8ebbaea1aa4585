using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ExportFunctions.Startup;

namespace ExportFunctions.Tests.Startup;

/// <summary>
/// What a process holds and does not use goes back to the system, seen in the kernel's own table of pages, once it is much.
/// </summary>
public sealed class IdleMemoryTests
{
    private const int Block = 350_000;
    private const int Blocks = 50;

    [Fact]
    public void Release_LetsGoOfFreedNativeMemory_WhenItLiesBetweenMemoryInUse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's.");

        // A freed one that was too large for the C library's heap teaches it to keep smaller ones there.
        Marshal.FreeHGlobal(Marshal.AllocHGlobal(24 * Block));

        // Every other one stays, so that the freed ones can't join and go back by themselves.
        var pairs = Enumerable.Range(0, Blocks).Select(_ => (Freed: Allocate(), Kept: Allocate())).ToArray();
        var used = pairs.Sum(pair => PresentPages(pair.Freed));
        foreach (var (freed, _) in pairs)
            Marshal.FreeHGlobal(freed);

        IdleMemory.Release();

        var left = pairs.Sum(pair => PresentPages(pair.Freed));
        foreach (var (_, kept) in pairs)
            Marshal.FreeHGlobal(kept);
        Assert.InRange(used, Blocks * ((Block / Environment.SystemPageSize) - 1), Blocks * (Block / Environment.SystemPageSize));
        Assert.True(left < used / 4, $"{left} of {used} pages are still held.");
    }

    [Theory]
    [InlineData(192, false)]
    [InlineData(193, true)]
    public void ReleaseIfLarge_CollectsEverything_OnlyWhenTheProcessHasGrown(int megabytes, bool isLarge)
    {
        var before = GC.GetGCMemoryInfo(GCKind.FullBlocking).Index;

        var isReleased = IdleMemory.ReleaseIfLarge(megabytes * 1_048_576L);

        Assert.Equal(isLarge, isReleased);
        if (isLarge)
            Assert.True(GC.GetGCMemoryInfo(GCKind.FullBlocking).Index > before);
    }

    private static nint Allocate()
    {
        var block = Marshal.AllocHGlobal(Block);
        for (var at = 0; at < Block; at += 1_024)
            Marshal.WriteByte(block, at, 1);

        return block;
    }

    // Eight bytes a page, of which bit 63 says that it is in memory (proc_pid_pagemap(5)).
    private static int PresentPages(nint block)
    {
        var page = Environment.SystemPageSize;
        var (first, end) = ((block + page - 1) / page, (block + Block) / page);
        var entries = new byte[(end - first) * sizeof(ulong)];
        using var map = File.OpenHandle("/proc/self/pagemap");
        var read = RandomAccess.Read(map, entries, first * sizeof(ulong));

        return Enumerable.Range(0, read / sizeof(ulong)).Count(
            entry => BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(entry * sizeof(ulong))) >> 63 != 0);
    }
}
