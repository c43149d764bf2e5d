using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels;

/// <summary>Room for the lengths of a matrix. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[InlineArray(2)]
public struct MatrixLengths
{
    private nint first;
}
