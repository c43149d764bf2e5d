using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Passes;

/// <summary>How a region is rewritten.</summary>
/// <param name="Region">The region.</param>
/// <param name="Original">Its operations, and the conversions and reads that stand among them, in program order.</param>
/// <param name="Reads">Those of <paramref name="Original"/> that both ways need: reads of objects, and what is computed from them.</param>
/// <param name="Conversions">Those of <paramref name="Original"/> that only the eager path needs.</param>
/// <param name="Far">Conversions that stood elsewhere, where another region has taken them away, in program order.</param>
internal sealed record RegionPlan(
    Region Region, IReadOnlyList<Instruction> Original, IReadOnlyList<Instruction> Reads, IReadOnlyList<Instruction> Conversions, IReadOnlyList<Instruction> Far);
