using System.ComponentModel;
using System.Numerics.Tensors;
using GraphWeaver.Verification;

namespace GraphWeaver.Kernels;

/// <summary>
/// What a woven method asks first: <see cref="GraphMode.Current"/> is read on each call. Kernels are made for the tensor library of the build;
/// under another major version, whose eager operators may answer differently, the original body runs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WovenEntry
{
    /// <summary>The major version of System.Numerics.Tensors in this process.</summary>
    internal static readonly int LoadedTensorLibrary = typeof(Tensor).Assembly.GetName().Version?.Major ?? 0;

    /// <summary>Whether the woven body runs of a method that can be verified; where it does not, <see cref="Verifies"/> says whether both do.</summary>
    /// <param name="tensorLibrary">The major version of System.Numerics.Tensors the method was woven against; 0 when it uses none.</param>
    public static bool RunsWoven(int tensorLibrary) =>
        (GraphMode.Current == ExecutionMode.Graph || VerifiedCall.TakesEntry()) && IsLoaded(tensorLibrary);

    /// <summary>Whether both bodies run and are compared, and not the original one alone.</summary>
    /// <param name="tensorLibrary">The major version of System.Numerics.Tensors the method was woven against; 0 when it uses none.</param>
    public static bool Verifies(int tensorLibrary) =>
        GraphMode.Current == ExecutionMode.Verify && !VerifiedCall.IsInside && IsLoaded(tensorLibrary);

    /// <summary>
    /// Whether the woven body runs of a method that cannot be verified, and not the original one: in <see cref="ExecutionMode.Verify"/> too, but
    /// within a verified call.
    /// </summary>
    /// <param name="tensorLibrary">The major version of System.Numerics.Tensors the method was woven against; 0 when it uses none.</param>
    public static bool RunsWovenUnverified(int tensorLibrary) =>
        (GraphMode.Current == ExecutionMode.Graph || (GraphMode.Current == ExecutionMode.Verify && !VerifiedCall.IsInside)) && IsLoaded(tensorLibrary);

    private static bool IsLoaded(int tensorLibrary) => tensorLibrary == LoadedTensorLibrary || tensorLibrary == 0;
}
