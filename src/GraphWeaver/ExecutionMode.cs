namespace GraphWeaver;

/// <summary>How woven methods run; see <see cref="GraphMode.Current"/>.</summary>
public enum ExecutionMode
{
    /// <summary>The compiled graph.</summary>
    Graph,

    /// <summary>The original body, as if nothing had been woven.</summary>
    Eager,

    /// <summary>
    /// Both: the original body, then the woven one on what the original was given, and where they differ beyond the documented bounds the call throws
    /// <see cref="GraphVerificationException"/>. The caller gets the woven body's result and effects. Methods whose effects cannot be taken
    /// back, as the build report says, run woven.
    /// </summary>
    Verify,
}
