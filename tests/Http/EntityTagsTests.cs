using ExportFunctions.Functions.Http;

namespace ExportFunctions.Tests.Http;

public sealed class EntityTagsTests
{
    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("\"b\", \"a\"", true)]
    [InlineData("*", true)]
    [InlineData("\"b\"", false)]
    [InlineData("W/\"a\"", false)]
    [InlineData("a", false)]
    [InlineData("", false)]
    public void Allows_ComparesStrongly(string ifMatch, bool isAllowed) => Assert.Equal(isAllowed, EntityTags.Allows(ifMatch, "\"a\""));

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("W/\"a\"", true)]
    [InlineData("\"b\",W/\"a\"", true)]
    [InlineData("*", true)]
    [InlineData("\"b\"", false)]
    [InlineData("", false)]
    public void Matches_ComparesWeakly(string ifNoneMatch, bool matches) => Assert.Equal(matches, EntityTags.Matches(ifNoneMatch, "\"a\""));
}
