namespace GraphWeaver.Compiler.Operators;

/// <summary>Where an operator's result goes.</summary>
public enum OperatorForm
{
    /// <summary>Into a new tensor, or a scalar, that the call returns.</summary>
    Value,

    /// <summary>Into the last argument, an <c>in TensorSpan&lt;T&gt;</c>, to which the call returns a reference.</summary>
    Destination,

    /// <summary>Into the first argument, which is read as well: <c>x += y</c>.</summary>
    InPlace,
}
