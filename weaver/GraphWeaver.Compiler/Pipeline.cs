using System.Diagnostics;
using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Verifying;
using GraphWeaver.Compiler.Weaving;

namespace GraphWeaver.Compiler;

/// <summary>The way a method goes, in order, each step with the reason for its place. The module is not touched before the body is replaced.</summary>
internal sealed class Pipeline(WeavingSession session)
{
    /// <summary>Takes a marked method through every pass and, where that changed anything, gives it the woven body.</summary>
    /// <exception cref="NotLiftedException">The body holds a construct that is not lifted.</exception>
    public void Run(MarkedMethod marked, MethodReport report)
    {
        if (Compile(marked, report) is { } function)
        {
            // Last of all: reads the body the compiler made, which is about to move.
            var original = Lifter.Lift(marked.Method);
            SlotPromotion.Run(original);
            CachedArrays.Run(original);
            var (plan, obstacle) = Verifiability.Of(original, function, session.Purity, report.Contractions.Count);
            report.NotVerifiableBecause = obstacle;
            session.Helpers.Keep(marked.Method, WovenBody.Replace(marked.Method, function, plan));
            report.IsWoven = true;
        }
    }

    /// <summary>Takes a body through every pass; the result is what is to replace it, or null where it is to stay as it is.</summary>
    /// <exception cref="NotLiftedException">The body holds a construct that is not lifted.</exception>
    public Function? Compile(MarkedMethod marked, MethodReport report)
    {
        // First: everything below works on SSA.
        var function = Lifter.Lift(marked.Method);
        Verify(function, "lift");

        // Before inlining: a delegate that is kept in a static hides whose code it runs.
        StaticDelegates.Run(function);
        Verify(function, "static delegates");

        // Before binding and recognition: both follow values, and Roslyn hides spans behind addresses of locals.
        SlotPromotion.Run(function);
        Verify(function, "slot promotion");

        // Before binding: constants at a call go on into the helper, whose loops unroll.
        new Inlining(function, session.Helpers, marked.Settings, session.Purity).Run();
        Verify(function, "inlining");

        // After inlining, which shows what a helper does with a span; before binding: what the cache holds is constant.
        CachedArrays.Run(function);
        Verify(function, "cached arrays");

        // After inlining, whose helpers have them too; before binding and recognition: the operator is its operand.
        UnaryPlus.Run(function);
        Verify(function, "unary plus");

        // Before recognition: constants fold, constant loops unroll, and what remains are the operators that really run.
        function = new Binder(session, marked.Settings, report).Run(function);
        Verify(function, "binding");

        if (report.Diagnostics.Any(diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.AtBuildFailed))
        {
            report.LeaveUnwoven();
            return null;
        }

        // After binding: what was folded is no fallback. Before fusion: its fallback paths hold copies of operators.
        new FallbackScan(function, marked.Settings, session, report).Run();

        // Last on the graph: needs everything foldable folded, so that regions are as long as they can be.
        var fusion = new KernelFusion(function, session.Kernels, marked.Settings.FastMath);
        fusion.Run();
        Verify(function, "fusion");

        int products = 0;
        if (session.Kernels.HasDevices)
        {
            // After fusion, which takes the products that a kernel goes on with; before synchronization, for which these are kernels.
            products = DeviceProductCalls.Run(function);
            Verify(function, "device products");

            // After fusion: what is no kernel is to find the host's elements good.
            new DeviceSynchronization(function, session.Kernels).Run();
            Verify(function, "device synchronization");
        }

        report.Kernels = fusion.Count;
        report.Contractions.AddRange(fusion.Contractions.Select(SourceLocation.From));

        // After fusion, which knows the calls as the library's and has read some of them as views.
        var moves = MovementCalls.Run(function);
        if (!report.IsSimplified && report.Kernels + report.Startup + moves + products == 0 && marked.Settings.Print != PrintTiming.Build)
        {
            return null;
        }

        // After fusion: the runtime's access checks are the emitted code's business alone.
        session.Accessors.Run(function);

        // In every build of the weaver: what is wrong here would run wrong, and is an error that leaves the method as it was.
        Verifier.Check(function, "the last pass");
        return function;
    }

    [Conditional("DEBUG")]
    private static void Verify(Function function, string pass) => Verifier.Check(function, pass);
}
