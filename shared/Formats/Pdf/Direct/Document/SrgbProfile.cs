using System.Buffers.Binary;
using System.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Document;

/// <summary>
/// A colour profile for sRGB (IEC 61966-2-1), made from its published numbers as ICC.1:2004 (version 4.2) lays profiles out: what a PDF/A
/// names as the meaning of its colours.
/// </summary>
internal static class SrgbProfile
{
    private const int HeaderBytes = 128;
    private const int D50 = 0x0000F6D6;

    // Primaries and white adapted to D50 by the Bradford transform, which is the last tag.
    private static readonly double[] Red = [0.4360747, 0.2225045, 0.0139322];
    private static readonly double[] Green = [0.3850649, 0.7168786, 0.0971045];
    private static readonly double[] Blue = [0.1430804, 0.0606169, 0.7141733];
    private static readonly double[] White = [0.9642029, 1, 0.8249054];
    private static readonly double[] Adaptation =
        [1.0478112, 0.0228866, -0.0501270, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316];

    // Y = ((x + 0.055) / 1.055) ^ 2.4 from 0.04045 on, x / 12.92 below.
    private static readonly double[] Curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

    /// <summary>The profile's bytes.</summary>
    public static byte[] Bytes { get; } = Make();

    private static byte[] Make()
    {
        var curve = Fixed("para", Curve, kind: 3);
        (string Tag, byte[] Content)[] tags =
        [
            ("desc", Localized("sRGB IEC61966-2.1")),
            ("cprt", Localized("No copyright, use freely")),
            ("wtpt", Fixed("XYZ ", White)),
            ("rXYZ", Fixed("XYZ ", Red)),
            ("gXYZ", Fixed("XYZ ", Green)),
            ("bXYZ", Fixed("XYZ ", Blue)),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
            ("chad", Fixed("sf32", Adaptation)),
        ];

        var start = HeaderBytes + 4 + (tags.Length * 12);
        var profile = new byte[start + tags.Sum(tag => tag.Content.Length)];
        WriteHeader(profile, tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            var record = profile.AsSpan(HeaderBytes + 4 + (i * 12));
            Encoding.ASCII.GetBytes(tags[i].Tag, record);
            BinaryPrimitives.WriteInt32BigEndian(record[4..], start);
            BinaryPrimitives.WriteInt32BigEndian(record[8..], tags[i].Content.Length);
            tags[i].Content.CopyTo(profile, start);
            start += tags[i].Content.Length;
        }

        return profile;
    }

    private static void WriteHeader(Span<byte> profile, int tags)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        BinaryPrimitives.WriteUInt32BigEndian(profile[8..], 0x04200000);
        "mntrRGB XYZ "u8.CopyTo(profile[12..]);

        // The year of the specification; a profile's date must be a date.
        BinaryPrimitives.WriteUInt16BigEndian(profile[24..], 2004);
        profile[27] = profile[29] = 1;
        "acsp"u8.CopyTo(profile[36..]);
        BinaryPrimitives.WriteInt32BigEndian(profile[68..], D50);
        BinaryPrimitives.WriteInt32BigEndian(profile[72..], 0x00010000);
        BinaryPrimitives.WriteInt32BigEndian(profile[76..], 0x0000D32D);
        BinaryPrimitives.WriteInt32BigEndian(profile[HeaderBytes..], tags);
    }

    private static byte[] Fixed(string type, double[] values, int? kind = null)
    {
        var at = kind is null ? 8 : 12;
        var content = new byte[at + (values.Length * 4)];
        Encoding.ASCII.GetBytes(type, content);
        if (kind is { } number)
            BinaryPrimitives.WriteInt16BigEndian(content.AsSpan(8), (short)number);

        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(at), (int)Math.Round(value * 65536));
            at += 4;
        }

        return content;
    }

    // multiLocalizedUnicodeType with one English record, padded to whole words.
    private static byte[] Localized(string text)
    {
        var content = new byte[(28 + (text.Length * 2) + 3) & ~3];
        "mluc"u8.CopyTo(content);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(12), 12);
        "enUS"u8.CopyTo(content.AsSpan(16));
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(20), text.Length * 2);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(24), 28);
        Encoding.BigEndianUnicode.GetBytes(text, content.AsSpan(28));
        return content;
    }
}
