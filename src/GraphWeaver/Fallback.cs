namespace GraphWeaver;

/// <summary>What the build says about a call that can neither be executed in the build nor compiled into a kernel and so stays ordinary .NET.</summary>
public enum Fallback
{
    /// <summary>One warning per place.</summary>
    Warn,

    /// <summary>No message; the report still lists the place.</summary>
    Allow,

    /// <summary>A call that stays at run time is an error.</summary>
    Error,

    /// <summary>Nothing of the user's is executed in the build, and every unsupported call is an error.</summary>
    Off,
}
