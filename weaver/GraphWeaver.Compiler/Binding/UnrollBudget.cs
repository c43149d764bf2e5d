using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// How much unrolling is worth: trips of one loop, steps of one method, and run-time instructions that unrolling one outermost loop may leave.
/// Over it a loop stays a loop. Only a loop that ran out of trips or steps is reported (GW1004); one that would merely repeat run-time
/// code is better as a loop.
/// </summary>
internal sealed class UnrollBudget
{
    public const int MaximumTrips = 10_000;
    private const int MaximumSteps = 1_000_000;
    private const int MaximumGrowth = 512;
    private int steps;
    private int depth;
    private int instructionsBefore;

    /// <summary>Headers of loops that ran out of trips or steps.</summary>
    public HashSet<BasicBlock> Exhausted { get; } = [];

    public void Step() => steps++;

    public bool BeginLoop(int instructionCount)
    {
        if (steps > MaximumSteps)
        {
            return false;
        }

        if (depth++ == 0)
        {
            instructionsBefore = instructionCount;
        }

        return true;
    }

    public void EndLoop() => depth--;

    /// <summary>A loop that nothing leaves has no end to unroll to.</summary>
    public void Exhaust(BasicBlock? header)
    {
        if (header is not null)
        {
            Exhausted.Add(header);
        }
    }

    public bool AllowsTrip(int trip, int instructionCount, BasicBlock header)
    {
        if (trip >= MaximumTrips || steps > MaximumSteps)
        {
            Exhausted.Add(header);
            return false;
        }

        return instructionCount - instructionsBefore <= MaximumGrowth;
    }
}
