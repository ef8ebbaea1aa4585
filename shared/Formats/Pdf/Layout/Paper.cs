namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>A sheet and the frame its content keeps to, in points (1/72 in).</summary>
/// <param name="Width">The sheet's width.</param>
/// <param name="Height">The sheet's height.</param>
internal readonly record struct Paper(float Width, float Height)
{
    public const float Margin = 36;

    private const float FooterHeight = 22;

    /// <summary>The width between the margins.</summary>
    public float FrameWidth => Width - (2 * Margin);

    /// <summary>Where rows must end, above the footer.</summary>
    public float Bottom => Height - Margin - FooterHeight;

    /// <summary>The baseline of the footer.</summary>
    public float FooterBaseline => Height - Margin;

    /// <summary>The ways the sheet may lie, the preferred one first.</summary>
    public static Paper[] Choices(PageSize size, PageOrientation orientation)
    {
        var portrait = size == PageSize.Letter ? new Paper(612, 792) : new Paper(595.28f, 841.89f);
        var landscape = new Paper(portrait.Height, portrait.Width);
        return orientation switch
        {
            PageOrientation.Portrait => [portrait],
            PageOrientation.Landscape => [landscape],
            _ => [portrait, landscape],
        };
    }
}
