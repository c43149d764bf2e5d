namespace GraphWeaver;

/// <summary>How woven methods run; see <see cref="GraphMode.Current"/>.</summary>
public enum ExecutionMode
{
    /// <summary>The compiled graph.</summary>
    Graph,

    /// <summary>The original body, as if nothing had been woven.</summary>
    Eager,

    /// <summary>Both; a difference beyond the documented bounds throws.</summary>
    Verify,
}
