using System.Globalization;
using System.Security.Cryptography;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// The digest of a file: its SHA-256 in lower-case hexadecimal. When several workers write a file in slices, none sees all its bytes in
/// order: its digest is then the SHA-256 of the concatenated slice digests, followed by a hyphen and the number of slices, as object stores
/// do for multipart uploads.
/// </summary>
public sealed class FileDigest : IDisposable
{
    private readonly IncrementalHash _slice = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IReadOnlyList<long>? _sliceBytes;
    private readonly List<string> _slices = [];
    private long _taken;

    /// <summary>Starts with no bytes.</summary>
    /// <param name="sliceBytes">The sizes of the file's slices; null when it was written in one piece.</param>
    public FileDigest(IReadOnlyList<long>? sliceBytes) => _sliceBytes = sliceBytes;

    /// <summary>The digest of a file written in slices.</summary>
    /// <param name="slices">The digests of its slices, in order.</param>
    public static string Join(IEnumerable<string> slices)
    {
        var digests = slices.Select(Convert.FromHexString).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Convert.ToHexStringLower(SHA256.HashData([.. digests.SelectMany(digest => digest)]))}-{digests.Count}");
    }

    /// <summary>Adds the next bytes of the file.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (_sliceBytes is not null && _slices.Count < _sliceBytes.Count - 1 && bytes.Length >= _sliceBytes[_slices.Count] - _taken)
        {
            var rest = (int)(_sliceBytes[_slices.Count] - _taken);
            _slice.AppendData(bytes[..rest]);
            bytes = bytes[rest..];
            EndSlice();
        }

        _slice.AppendData(bytes);
        _taken += bytes.Length;
    }

    /// <summary>The digest of the bytes added. Call once, at the end.</summary>
    public string Finish()
    {
        EndSlice();
        while (_slices.Count < _sliceBytes?.Count)
            EndSlice();
        return _sliceBytes is null ? _slices[0] : Join(_slices);
    }

    /// <inheritdoc/>
    public void Dispose() => _slice.Dispose();

    private void EndSlice()
    {
        _slices.Add(Convert.ToHexStringLower(_slice.GetHashAndReset()));
        _taken = 0;
    }
}
