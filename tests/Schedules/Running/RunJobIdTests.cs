using ExportFunctions.Schedules.Running;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Schedules.Running;

public sealed class RunJobIdTests
{
    private static readonly DateTimeOffset Due = new(2026, 10, 25, 1, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Id_IsTheSame_ForTheSameScheduleAndInstant()
    {
        var schedule = Guid.CreateVersion7(Due);

        Assert.Equal(RunJobId.Of(schedule, Due), RunJobId.Of(schedule, Due.ToOffset(TimeSpan.FromHours(3))));
        Assert.NotEqual(RunJobId.Of(schedule, Due), RunJobId.Of(schedule, Due.AddTicks(1)));
        Assert.NotEqual(RunJobId.Of(schedule, Due), RunJobId.Of(Guid.CreateVersion7(Due), Due));
    }

    [Fact]
    public void Id_IsAVersion8Guid_WithTheInstantAsItsTime()
    {
        var id = RunJobId.Of(Guid.CreateVersion7(Due), Due);

        Assert.Equal((8, 0b10), (id.Version, id.Variant >> 2));
        Assert.Equal(Due, NewestFirstKey.TimeOf(id));
        Assert.Equal(id, NewestFirstKey.IdOf(NewestFirstKey.Of(id).Row));
    }
}
