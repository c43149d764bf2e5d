using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Passes;

/// <summary>Drops blocks no path reaches and the phi operands that came from them.</summary>
internal static class Unreachable
{
    public static void Remove(Function function)
    {
        var flow = new ControlFlow(function.Entry);
        function.Blocks.RemoveAll(block => !flow.IsReachable(block));
        foreach (var phi in function.Blocks.SelectMany(block => block.Phis))
        {
            phi.Operands.RemoveAll(operand => !flow.IsReachable(operand.Predecessor));
        }
    }
}
