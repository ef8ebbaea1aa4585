using CsCheck;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Problems;

namespace ExportFunctions.Tests.Exports.Requests;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Defaults = new(3, TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData("""{}""", 3, 10)]
    [InlineData("""{"retry":null}""", 3, 10)]
    [InlineData("""{"retry":{}}""", 3, 10)]
    [InlineData("""{"retry":{"count":0}}""", 0, 10)]
    [InlineData("""{"retry":{"count":10,"delay":"01:00:00"}}""", 10, 3600)]
    [InlineData("""{"retry":{"delay":"00:00:01"}}""", 3, 1)]
    public void Read_GivesThePolicy_WhenItIsRight(string json, int count, int seconds)
    {
        var errors = new FieldErrors();

        var policy = new RetryPolicyReader(Defaults).Read(GivenFields.Open(json, errors, "retry")!);

        Assert.True(errors.IsEmpty);
        Assert.Equal(new RetryPolicy(count, TimeSpan.FromSeconds(seconds)), policy);
    }

    [Theory]
    [InlineData("""{"retry":3}""", "retry")]
    [InlineData("""{"retry":{"count":11}}""", "retry.count")]
    [InlineData("""{"retry":{"count":-1}}""", "retry.count")]
    [InlineData("""{"retry":{"count":"3"}}""", "retry.count")]
    [InlineData("""{"retry":{"delay":10}}""", "retry.delay")]
    [InlineData("""{"retry":{"delay":"00:00:00"}}""", "retry.delay")]
    [InlineData("""{"retry":{"delay":"01:00:01"}}""", "retry.delay")]
    [InlineData("""{"retry":{"delay":"ten seconds"}}""", "retry.delay")]
    [InlineData("""{"retry":{"times":3}}""", "retry.times")]
    [InlineData("""{"retry":{"count":1,"count":2}}""", "retry.count")]
    public void Read_NamesTheField_WhenItIsWrong(string json, string field)
    {
        var errors = new FieldErrors();

        new RetryPolicyReader(Defaults).Read(GivenFields.Open(json, errors, "retry")!);

        Assert.Equal(field, Assert.Single(errors.ByField).Key);
    }

    [Fact]
    public void PauseBefore_DoublesWithinBounds_WhateverTheSeed()
    {
        var longest = TimeSpan.FromMinutes(15);
        Gen.Select(Gen.Int[1, 3600], Gen.Int[0, 10], Gen.Int).Sample((seconds, retry, seed) =>
        {
            var full = Math.Min(seconds * Math.Pow(2, retry), longest.TotalSeconds);

            var pause = new RetryPolicy(10, TimeSpan.FromSeconds(seconds)).PauseBefore(retry, longest, new Random(seed));

            Assert.InRange(pause.TotalSeconds, (full / 2) - 0.001, full + 0.001);
        });
    }
}
