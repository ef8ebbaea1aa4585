using Microsoft.Azure.Functions.Worker.Converters;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Gives a function its cancellation token before any other converter is asked: a query parameter or a field of the body that is called as
/// the function's parameter is would be taken for it, and could not be converted.
/// </summary>
internal sealed class CancellationTokenConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(
        context.TargetType == typeof(CancellationToken)
            ? ConversionResult.Success(context.FunctionContext.CancellationToken)
            : ConversionResult.Unhandled());
}
