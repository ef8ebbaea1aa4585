using ExportFunctions.Monitoring.Alerts;

namespace ExportFunctions.Tests.Monitoring.Alerts;

public sealed class AlertRuleReaderTests
{
    [Fact]
    public void Read_TakesDefaults_ForWhatIsLeftOut()
    {
        var (rule, errors) = AlertRuleRequests.Read("""{"name":"Slow","metric":"duration","threshold":60}""");

        Assert.Empty(errors);
        Assert.Equal(new AlertRuleRequest("Slow", AlertMetric.Duration, 60, null, null, 20, TimeSpan.FromHours(1), true), rule);
    }

    [Fact]
    public void Read_TakesEveryField()
    {
        var (rule, _) = AlertRuleRequests.Read("""{"name":"x","metric":"failureRate","threshold":1,"dataset":"students","format":"pdf","last":5,"quietPeriod":"7.00:00:00","enabled":false}""");

        Assert.Equal(new AlertRuleRequest("x", AlertMetric.FailureRate, 1, "students", "pdf", 5, TimeSpan.FromDays(7), false), rule);
    }

    [Fact]
    public void Read_KeepsTheNameOfAFormat_WhateverItIsCalledBy()
    {
        var (rule, _) = AlertRuleRequests.Read("""{"name":"x","metric":"duration","threshold":60,"format":"XLSX"}""");

        Assert.Equal("excel", rule!.Format);
    }

    [Theory]
    [InlineData("""[]""", "")]
    [InlineData("""{}""", "metric,name,threshold")]
    [InlineData("""{"name":" ","metric":"duration","threshold":60}""", "name")]
    [InlineData("""{"name":"x","metric":"speed","threshold":60}""", "metric")]
    [InlineData("""{"name":"x","metric":"duration","threshold":0}""", "threshold")]
    [InlineData("""{"name":"x","metric":"duration","threshold":"60"}""", "threshold")]
    [InlineData("""{"name":"x","metric":"failureRate","threshold":1.5}""", "threshold")]
    [InlineData("""{"name":"x","metric":"duration","threshold":60,"dataset":"nobody","format":"doc"}""", "dataset,format")]
    [InlineData("""{"name":"x","metric":"duration","threshold":60,"last":5}""", "last")]
    [InlineData("""{"name":"x","metric":"failureRate","threshold":0.5,"last":101}""", "last")]
    [InlineData("""{"name":"x","metric":"duration","threshold":60,"quietPeriod":"8.00:00:00"}""", "quietPeriod")]
    [InlineData("""{"name":"x","metric":"duration","threshold":60,"quietPeriod":60}""", "quietPeriod")]
    [InlineData("""{"name":"x","metric":"duration","threshold":60,"enabled":"yes"}""", "enabled")]
    [InlineData("""{"name":"x","metric":"duration","threshold":60,"level":1}""", "level")]
    [InlineData("""{"name":"x","name":"y","metric":"duration","threshold":60}""", "name")]
    public void Read_NamesEveryBadField(string json, string fields)
    {
        var (rule, errors) = AlertRuleRequests.Read(json);

        Assert.Null(rule);
        Assert.Equal(fields, string.Join(',', errors.Keys));
    }

    [Fact]
    public void Read_SpeaksOfNoUnit_WhenTheMetricIsUnknown()
    {
        var (_, errors) = AlertRuleRequests.Read("""{"name":"x","metric":"speed","threshold":-1}""");

        Assert.Equal("Must be a number above 0, such as 60.", Assert.Single(errors["threshold"]));
    }
}
