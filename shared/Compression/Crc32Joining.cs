namespace ExportFunctions.Compression;

/// <summary>
/// Combines the CRC-32 (IEEE 802.3, as in zip and gzip) of adjacent blocks without their bytes: polynomials over GF(2), after zlib's
/// crc32_combine.
/// </summary>
internal static class Crc32Joining
{
    private const uint Polynomial = 0xEDB88320;

    // Entry n is x to the power of 2^n, modulo the polynomial; bit 31 is x^0.
    private static readonly uint[] Powers = MakePowers();

    /// <summary>The CRC of two concatenated blocks.</summary>
    /// <param name="first">The CRC of the first.</param>
    /// <param name="second">The CRC of the second.</param>
    /// <param name="secondLength">The bytes of the second.</param>
    public static uint Join(uint first, uint second, long secondLength)
    {
        // A byte is a shift by x^8, so the length's lowest bit uses entry 3.
        var shift = 1u << 31;
        for (var n = 3; secondLength > 0; n = (n + 1) & 31, secondLength >>= 1)
        {
            if ((secondLength & 1) != 0)
                shift = Multiply(Powers[n], shift);
        }

        return Multiply(shift, first) ^ second;
    }

    private static uint[] MakePowers()
    {
        var powers = new uint[32];
        powers[0] = 1u << 30;
        for (var n = 1; n < powers.Length; n++)
            powers[n] = Multiply(powers[n - 1], powers[n - 1]);

        return powers;
    }

    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (var bit = 1u << 31; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
                product ^= b;

            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }

        return product;
    }
}
