using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>Drops blocks no path reaches and the phi operands that came from them.</summary>
internal static class PruneUnreachable
{
    public static void Run(Function function)
    {
        var flow = new ControlFlow(function.Entry);
        function.Blocks.RemoveAll(block => !flow.IsReachable(block));
        foreach (var phi in function.Blocks.SelectMany(block => block.Phis))
        {
            phi.Operands.RemoveAll(operand => !flow.IsReachable(operand.Predecessor));
        }
    }
}
