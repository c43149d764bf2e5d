namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// A tensor nobody needs any more, whose memory an output takes where its shape fits; null when the program has none yet.
/// </summary>
/// <param name="Output">The position of the output.</param>
/// <param name="Input">The index of the input that may be the same tensor; null when none is.</param>
public sealed record KernelSpare(int Output, int? Input)
{
    public override string ToString() => $"output {Output} may take " + (Input is { } input ? $"%in{input}" : "a spare");
}
