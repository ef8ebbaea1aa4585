namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>A call would have gone to an address that the app must not call. Nothing was sent.</summary>
/// <param name="message">Why, in words that are safe to show.</param>
public sealed class AddressRefusedException(string message) : Exception(message)
{
    /// <summary>Finds it in the exception of a call, which wraps it.</summary>
    /// <param name="exception">The exception of the call.</param>
    public static AddressRefusedException? In(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is AddressRefusedException refused)
                return refused;
        }

        return null;
    }
}
