using System.ComponentModel;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <summary>
/// What a woven method asks first. Kernels are made for the tensor library of the build; under another major version, whose eager operators
/// may answer differently, the original body runs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WovenEntry
{
    private static readonly int LoadedTensorLibrary = typeof(Tensor).Assembly.GetName().Version?.Major ?? 0;

    /// <summary>Whether the woven body runs, and not the original one: <see cref="GraphMode.Current"/> is read on each call.</summary>
    /// <param name="tensorLibrary">The major version of System.Numerics.Tensors the method was woven against; 0 when it uses none.</param>
    public static bool RunsWoven(int tensorLibrary) =>
        GraphMode.Current == ExecutionMode.Graph && (tensorLibrary == LoadedTensorLibrary || tensorLibrary == 0);
}
