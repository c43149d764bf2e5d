namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// A straight-line run of constant calls, written by the engine as one static method
/// <c>static void M(object[] inputs, object[] outputs, int[] progress)</c> that stores into <c>progress[0]</c> the index of
/// the step it is about to do.
/// </summary>
/// <param name="ProbeAssembly">The bytes of the assembly that holds the method; its simple name is unique in the build.</param>
/// <param name="TypeName">Full name of the declaring type, as reflection spells it.</param>
/// <param name="MethodName">Name of the method.</param>
/// <param name="Inputs">Handles of the values put into <c>inputs</c>, in order.</param>
/// <param name="Outputs">How many values it stores into <c>outputs</c>; each gets the next free handle.</param>
/// <param name="Display">What a message calls it.</param>
public sealed record Slice(
    byte[] ProbeAssembly,
    string TypeName,
    string MethodName,
    IReadOnlyList<int> Inputs,
    int Outputs,
    string Display)
{
    /// <summary>
    /// The author asked for it whatever it reads (<c>Graph.AtBuild</c>): it runs in one worker, in the project's folder, and is compared with
    /// nothing; the other worker takes its values over.
    /// </summary>
    public bool IsVouchedFor { get; init; }
}
