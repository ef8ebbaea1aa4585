using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Tests.Datasets.Filters;

public sealed class CaseFoldingTests
{
    [Theory]
    [InlineData("ΟΔΥΣΣΕΥΣ", "οδυσσευς")]
    [InlineData("Σίσυφος", "ςίσυφοΣ")]
    [InlineData("ΕΛΈΝΗ", "ελένη")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("GROẞ", "groß")]
    [InlineData("ÉCOLE", "école")]
    [InlineData("МОСКВА", "москва")]
    [InlineData("\u212A\u212B\u2126", "kåω")]
    [InlineData("\u00B5m", "ΜM")]
    [InlineData("ſ", "S")]
    [InlineData("İstanbul", "i\u0307STANBUL")]
    [InlineData("ԵՐԵՎԱՆ", "երեվան")]
    [InlineData("ᏣᎳᎩ", "ꮳꮃꭹ")]
    [InlineData("𐐀𐐁", "𐐨𐐩")]
    [InlineData("O'BRIEN-100%", "o'brien-100%")]
    public void Fold_GivesTheSame_WhenOnlyLetterCaseDiffers(string one, string other) =>
        Assert.Equal(CaseFolding.Fold(one), CaseFolding.Fold(other));

    [Theory]
    [InlineData("Ελένη", "ΕΛΕΝΗ")]
    [InlineData("École", "ECOLE")]
    [InlineData("ısı", "ISI")]
    [InlineData("İzmir", "Izmir")]
    [InlineData("a", "ａ")]
    [InlineData("ﬁ", "FI")]
    public void Fold_GivesOthers_WhenMoreThanLetterCaseDiffers(string one, string other) =>
        Assert.NotEqual(CaseFolding.Fold(one), CaseFolding.Fold(other));

    [Fact]
    public void Fold_ChangesNothing_WhenTheTextIsFolded()
    {
        for (var value = 1; value <= 0x1FFFF; value++)
        {
            if (value is >= 0xD800 and <= 0xDFFF)
                continue;

            var once = CaseFolding.Fold(char.ConvertFromUtf32(value));

            Assert.Equal(once, CaseFolding.Fold(once));
        }
    }
}
