using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>What a process holds and does not use goes back to the system: seen in the kernel's own table of pages.</summary>
public sealed class IdleMemoryTests
{
    private const int Block = 350_000;
    private const int Blocks = 100;

    [Fact]
    public void GiveBack_LetsGoOfFreedNativeMemory_WhenItLiesBetweenMemoryInUse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's.");

        // A freed one that was too large for the C library's heap teaches it to keep smaller ones there.
        Marshal.FreeHGlobal(Marshal.AllocHGlobal(24 * Block));
        var pairs = Enumerable.Range(0, Blocks).Select(_ => (Large: Allocate(Block), Small: Allocate(2_000))).ToArray();
        var used = pairs.Sum(pair => PresentPages(pair.Large));
        foreach (var (large, _) in pairs)
            Marshal.FreeHGlobal(large);

        IdleMemory.GiveBack();

        var left = pairs.Sum(pair => PresentPages(pair.Large));
        foreach (var (_, small) in pairs)
            Marshal.FreeHGlobal(small);
        Assert.InRange(used, Blocks * ((Block / Environment.SystemPageSize) - 1), Blocks * (Block / Environment.SystemPageSize));
        Assert.True(left < used / 4, $"{left} of {used} pages are still held.");
    }

    private static nint Allocate(int bytes)
    {
        var block = Marshal.AllocHGlobal(bytes);
        for (var at = 0; at < bytes; at += 1_024)
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

        return Enumerable.Range(0, read / sizeof(ulong)).Count(entry => BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(entry * sizeof(ulong))) >> 63 != 0);
    }
}
