using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>The one-key switch of the founding documents: in eager mode every woven case runs the body its author wrote.</summary>
[Collection(nameof(GraphMode))]
public sealed class EagerModeTests
{
    [Fact]
    public void In_eager_mode_every_case_does_what_the_unwoven_one_does()
    {
        GraphMode.Current = ExecutionMode.Eager;
        try
        {
            foreach (var named in Case.All)
            {
                using var plain = new CaseAssembly(CaseFiles.Plain);
                using var woven = new CaseAssembly(CaseFiles.Woven);
                Assert.Equal((named.Name, Calls(plain, named)), (named.Name, Calls(woven, named)));
            }
        }
        finally
        {
            GraphMode.Current = ExecutionMode.Graph;
        }
    }

    internal static string Calls(CaseAssembly assembly, Case named) => string.Join("\n", assembly.Arguments(named).Select(arguments => assembly.Call(named, arguments, out _)));
}
