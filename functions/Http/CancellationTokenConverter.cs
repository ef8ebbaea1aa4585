using Microsoft.Azure.Functions.Worker.Converters;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Binds a function's cancellation token before any other converter runs: a query parameter or body field with the same name as the
/// function's parameter would otherwise be used, and could not be converted.
/// </summary>
internal sealed class CancellationTokenConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(
        context.TargetType == typeof(CancellationToken)
            ? ConversionResult.Success(context.FunctionContext.CancellationToken)
            : ConversionResult.Unhandled());
}
