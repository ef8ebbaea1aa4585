using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Xlsx;

internal sealed partial class SheetCells
{
    private void WriteText(SheetColumn column, ReadOnlySpan<byte> text, int index)
    {
        var fitting = Fit(text, index);
        var tags = column.Link is not null && TryLink(column, fitting, index) ? column.LinkText : TagsOf(column, fitting, wraps: false);
        if (fitting.Length > column.WrapCharacters && RowLines.IsWrapped(fitting, column.WrapCharacters))
            tags = TagsOf(column, fitting, wraps: true);

        if (TryWriteValue(column, fitting, tags))
            return;

        // Without wrapping, a spreadsheet shows one of the lines, or all in one.
        WriteInline(column, fitting, index, fitting.Contains((byte)'\n') ? TagsOf(column, fitting, wraps: true) : tags);
    }

    private void WriteUnfit(SheetColumn column, ReadOnlySpan<byte> text, int index)
    {
        var fitting = Fit(text, index);
        if (!TryWriteValue(column, fitting, column.UnfitText))
            WriteInline(column, fitting, index, column.UnfitText);
    }

    private ReadOnlySpan<byte> Fit(ReadOnlySpan<byte> text, int index)
    {
        var fitting = SheetText.Fit(text);
        if (fitting.Length < text.Length)
            losses.Count(Loss.TextTruncated, index);

        return fitting;
    }

    // Some readers treat an empty value as no cell at all, but not an empty inline string.
    private bool TryWriteValue(SheetColumn column, ReadOnlySpan<byte> text, TextTags tags)
    {
        if (text.IsEmpty || SheetText.NeedsPreserving(text))
            return false;

        ref var to = ref buffer.Reserve(text.Length + CellRoom + SheetTextCopy.Step);
        var start = Open(ref to, column, in tags.Value);
        var traits = SheetTextCopy.Copy(text, ref Unsafe.Add(ref to, start));
        if (traits != TextTraits.None
            && ((traits & TextTraits.Special) != TextTraits.None || (!references && SheetText.LooksLikeAttribute(text))))
            return false;

        Close(ref to, column, start, start + text.Length);
        return true;
    }

    // LibreOffice reads _x0007_ in a plain value literally, and as a BEL in an inline string; Excel reads it as a BEL in both.
    private void WriteInline(SheetColumn column, ReadOnlySpan<byte> text, int index, TextTags tags)
    {
        buffer.Advance(Open(ref buffer.Reserve(CellRoom), column, in tags.Inline));
        buffer.BeginValue();
        if (SheetText.Append(buffer, text))
            losses.Count(Loss.CharactersReplaced, index);

        buffer.EndValue(column.Place);
        buffer.Append("</t></is></c>"u8);
    }

    private bool TryLink(SheetColumn column, ReadOnlySpan<byte> text, int index)
    {
        if (FormulaText.Begins(text) || LinkAddress.Of(column.Link!.Value, text) is not { } address)
            return false;

        if (links.TryAdd(column.Letters, _rowNumber, address))
            return true;

        losses.Count(Loss.LinkLeftOut, index);
        return false;
    }

    private static TextTags TagsOf(SheetColumn column, ReadOnlySpan<byte> text, bool wraps) => FormulaText.Begins(text)
        ? (wraps ? column.WrappedFormulaText : column.FormulaText)
        : wraps ? column.WrappedText : column.Text;
}
