namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>
/// The page tree, written as pages arrive: nodes of 64 kids, each numbered when its first kid arrives and written when it is full. Memory
/// holds one open node per level.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class PageTree(PdfFile file)
{
    private const int Fanout = 64;

    private readonly List<Node> _levels = [];

    /// <summary>Adds the next page.</summary>
    /// <param name="page">The page's number.</param>
    /// <returns>The number of the node to name as its parent.</returns>
    public int Add(int page) => Add(level: 0, page, pages: 1);

    /// <summary>Writes the open nodes.</summary>
    /// <param name="inherited">The root's further entries, which all pages inherit.</param>
    /// <param name="parent">The node above the root; null when there is none.</param>
    /// <returns>The root's number.</returns>
    public int Complete(string inherited, int? parent)
    {
        for (var level = 0; ; level++)
        {
            var node = _levels[level];
            if (level == _levels.Count - 1)
            {
                Write(node, parent, inherited);
                return node.Id;
            }

            if (node.Kids.Count > 0)
                Close(level);
        }
    }

    private int Add(int level, int kid, long pages)
    {
        if (level == _levels.Count)
            _levels.Add(new Node());

        var node = _levels[level];

        // A full node is kept until another kid follows, so that the root never has a single kid.
        if (node.Kids.Count == Fanout)
            Close(level);

        if (node.Kids.Count == 0)
            node.Id = file.Reserve();

        node.Kids.Add(kid);
        node.Pages += pages;
        return node.Id;
    }

    private void Close(int level)
    {
        var node = _levels[level];
        Write(node, Add(level + 1, node.Id, node.Pages), inherited: "");
        node.Kids.Clear();
        node.Pages = 0;
    }

    private void Write(Node node, int? parent, string inherited)
    {
        var text = file.Begin(node.Id).Add("<</Type/Pages/Count "u8).Add(node.Pages).Add("/Kids["u8);
        foreach (var kid in node.Kids)
            text.Reference(kid).Add(" "u8);

        text.Add("]"u8).Add(inherited);
        if (parent is { } id)
            text.Add("/Parent "u8).Reference(id);

        text.Add(">>"u8);
        file.End();
    }

    private sealed class Node
    {
        public int Id { get; set; }

        public long Pages { get; set; }

        public List<int> Kids { get; } = new(Fanout);
    }
}
