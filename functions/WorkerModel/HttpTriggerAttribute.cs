namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the request parameter of an HTTP function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : Attribute
{
    /// <summary>Makes a trigger.</summary>
    /// <param name="authLevel">The key a caller needs.</param>
    /// <param name="methods">The HTTP methods.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route, without a leading slash.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods.</summary>
    public string[]? Methods { get; }

    /// <summary>The key a caller needs.</summary>
    public AuthorizationLevel AuthLevel { get; }
}

/// <summary>The key a caller needs.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous,

    /// <summary>A user's token.</summary>
    User,

    /// <summary>A function or host key.</summary>
    Function,

    /// <summary>The system key.</summary>
    System,

    /// <summary>The master key.</summary>
    Admin,
}
