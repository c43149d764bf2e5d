namespace GraphWeaver.Compiler.Operators;

/// <summary>What a view is told beside its tensor.</summary>
public enum ViewOperands
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A <c>ReadOnlySpan&lt;NRange&gt;</c>, one per dimension.</summary>
    Ranges,

    /// <summary>A <c>ReadOnlySpan&lt;nint&gt;</c>.</summary>
    Numbers,

    /// <summary>A <c>ReadOnlySpan&lt;int&gt;</c>.</summary>
    Dimensions,

    /// <summary>An <c>int</c>.</summary>
    Dimension,
}
